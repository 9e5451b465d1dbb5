import type { PublishingPolicy } from "#src/contract/config/publishing";
import type { IdentityClaims, JobIdentity } from "#src/ports/job-identity";
import type { CredentialSighting } from "#src/ports/publishing-client";
import type { Finding } from "../live/finding.ts";
import type { Undo } from "./kinds.ts";

/** A channel, as far as its credential is asked for. */
export interface PublishedChannel {
  id: string;
  required: boolean;
  kind: string;
  /** How the configuration says that it is published to; undefined where it does not say. */
  publishing: PublishingPolicy | undefined;
  /** Variables of the job that the credential stands in; each has to be set. */
  variables: string[];
}

/** All that is known of a channel before anything is published to it. */
export interface PreflightFacts {
  channel: PublishedChannel;
  job: JobIdentity;
  /** What the registry would hear of the job; undefined where nothing is declared that it is compared with. */
  claims: IdentityClaims | undefined;
  /** What the registry said of the credential; undefined where nobody was asked. */
  credential: CredentialSighting | undefined;
  /** What a command of the project said of who can undo what. */
  undo: Undo | undefined;
  /** Version of the client; undefined where it does not tell, or nobody was asked. */
  client: string | undefined;
  /** What the built package says of its repository; undefined where it says nothing, or there is none. */
  repositoryField: string | undefined;
  /** What the channel holds of this version, as a rehearsal would judge it. */
  look: Finding;
}
