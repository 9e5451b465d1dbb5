import type * as z from "zod";
import type { credentialAnswerSchema } from "#src/domain/credential-answer";
import type { NamedRelease } from "#src/domain/release";
import type { ChannelLook } from "#src/ports/package-channel";
import type { CredentialSighting } from "#src/ports/publishing-client";

/** A look at a channel through a command of the project. */
export interface ChannelQuestion {
  /** Command that prints what is served as JSON. */
  run: string;
  /** Milliseconds after which it is stopped. */
  timeout: number;
  release: NamedRelease;
}

/** A channel of which only the project knows how it is asked. */
export interface CommandChannel {
  /** Runs the command in a fresh clone of the released commit, with an empty home. */
  look(question: ChannelQuestion): Promise<ChannelLook>;
  /** Runs a command that looks at the job's credential, with the variables that it is lent; it must not publish anything. */
  credential(question: ChannelQuestion & { variables: string[] }): Promise<{
    credential: CredentialSighting;
    undo?: z.infer<typeof credentialAnswerSchema>["undo"];
  }>;
}
