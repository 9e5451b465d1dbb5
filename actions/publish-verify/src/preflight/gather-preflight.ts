import * as z from "zod";
import type { ChannelPolicy } from "#src/contract/config/channels";
import { readArchive } from "#src/domain/archive/read-archive";
import { type BuiltFile, filesFolder } from "#src/domain/build-manifest";
import { parseJson } from "#src/domain/parse-json";
import type { NamedRelease } from "#src/domain/release";
import type { JobIdentity } from "#src/ports/job-identity";
import type { PublishingClient } from "#src/ports/publishing-client";
import type { StageContext } from "#src/stage-context";
import { type ChannelPorts, lookAt } from "../live/channels.ts";
import type { PreflightFacts } from "./facts.ts";
import { publishingKinds } from "./kinds.ts";

/** Who is asked before anything is published: the channels, and the clients with the job's own credentials. */
export interface PreflightPorts extends ChannelPorts {
  clients: Partial<Record<ChannelPolicy["kind"], PublishingClient>>;
  job: JobIdentity;
}

const packageForm = z.object({ repository: z.union([z.string(), z.object({ url: z.string() })]).optional() });

/** Gathers what is known of one channel: its version as a rehearsal would see it, the credential, and what the package says. */
export async function gatherPreflight(
  { channel, release, built }: { channel: ChannelPolicy; release: NamedRelease; built: BuiltFile[] },
  { ledger }: StageContext,
  { clients, job, ...ports }: PreflightPorts,
): Promise<PreflightFacts> {
  const publishing = "publishing" in channel ? channel.publishing : undefined;
  const client = publishing && clients[channel.kind];
  const name = "package" in channel ? channel.package : "";
  const variable = publishing?.variable ?? publishingKinds[channel.kind]?.variable ?? "";
  return {
    channel: { id: channel.id, required: channel.required, kind: channel.kind, publishing },
    job,
    credential: publishing?.by === "token" ? await client?.credential({ name, variable }) : undefined,
    client: await client?.version(),
    repositoryField: repositoryOf(
      ledger,
      built.find((file) => file.kind === "npm" && file.package === name),
    ),
    look: await lookAt({ channel, release: { ...release, mode: "rehearsal" }, built }, ports),
  };
}

function repositoryOf({ admitted }: StageContext["ledger"], file: BuiltFile | undefined): string | undefined {
  const bytes = file && admitted.map(({ attachments }) => attachments.get(`${filesFolder}/${file.name}`)).find(Boolean);
  if (!bytes) return undefined;
  const manifest = readArchive(bytes).findLast(({ path, regular }) => regular && path === "package/package.json");
  const read = packageForm.safeParse(manifest && parseJson(manifest.content));
  const repository = read.success ? read.data.repository : undefined;
  return typeof repository === "string" ? repository : repository?.url;
}
