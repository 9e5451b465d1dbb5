import * as z from "zod";
import type { ChannelPolicy } from "#src/contract/config/channels";
import { milliseconds } from "#src/contract/config/fields";
import { readArchive } from "#src/domain/archive/read-archive";
import { type BuiltFile, filesFolder } from "#src/domain/build-manifest";
import { Failure } from "#src/domain/failure";
import { parseJson } from "#src/domain/parse-json";
import type { NamedRelease } from "#src/domain/release";
import type { IdentityClaims, JobIdentity } from "#src/ports/job-identity";
import type { PublishingClient } from "#src/ports/publishing-client";
import type { Releases } from "#src/ports/releases";
import type { TagRules } from "#src/ports/tag-rules";
import type { StageContext } from "#src/stage-context";
import { type ChannelPorts, lookAt } from "../live/channels.ts";
import type { Finding } from "../live/finding.ts";
import { filesFor } from "../live/package-kinds.ts";
import type { PreflightFacts, PublishedChannel } from "./facts.ts";
import { judgeHostedRelease } from "./judge-hosted-release.ts";
import { clientOf } from "./judge-trust.ts";
import { publishingKinds } from "./kinds.ts";

/** Who is asked before anything is published: the channels, and the clients with the job's own credentials. */
export interface PreflightPorts extends ChannelPorts {
  clients: Partial<Record<ChannelPolicy["kind"], PublishingClient>>;
  releases: Pick<Releases, "ofTag">;
  rules: TagRules;
  job: JobIdentity;
}

/** A channel with what was built for it. */
interface Planned {
  channel: ChannelPolicy;
  release: NamedRelease;
  built: BuiltFile[];
}

const packageForm = z.object({ repository: z.union([z.string(), z.object({ url: z.string() })]).optional() });

/** Gathers what is known of one channel: its version as a rehearsal would see it, the credential, and what the package says. */
export async function gatherPreflight(
  planned: Planned,
  { ledger }: StageContext,
  ports: PreflightPorts,
): Promise<PreflightFacts> {
  const { channel, built } = planned;
  const published = publishedChannel(channel);
  const name = "package" in channel ? channel.package : "";
  return {
    channel: published,
    job: ports.job,
    claims: await claimsFor(published, ports.job),
    ...(await credentialOf(planned, published, ports).catch(unasked)),
    client: await clientVersion(published, ports).catch(() => undefined),
    repositoryField: repositoryOf(
      ledger,
      built.find((file) => file.kind === "npm" && file.package === name),
    ),
    look: await lookBefore(planned, ports),
  };
}

/** An identity is asked for only where the configuration says what it is compared with. */
async function claimsFor({ publishing }: PublishedChannel, job: JobIdentity): Promise<IdentityClaims | undefined> {
  const compared = publishing?.environment !== undefined || publishing?.refs !== undefined;
  return compared && job.mayIdentify ? job.claims() : undefined;
}

const byToken = { by: "token", undo: [], "on-unknown": "report" } as const;

/** A GitHub release is published with the job's own token, and a command that looks at a credential says that there is one. */
function publishedChannel(channel: ChannelPolicy): PublishedChannel {
  const { id, required, kind } = channel;
  const implied = kind === "github-release" || (kind === "command" && channel.preflight !== undefined);
  const publishing = "publishing" in channel ? channel.publishing : implied ? { ...byToken, undo: [] } : undefined;
  const variable = publishing?.by === "token" ? (publishing.variable ?? usualVariable(channel)) : undefined;
  const variables = kind === "command" ? (channel.variables ?? []) : variable === undefined ? [] : [variable];
  return { id, required, kind, publishing, variables };
}

/** Cargo reads the token of a registry that has a name from a variable with that name. */
function usualVariable(channel: ChannelPolicy): string | undefined {
  const registry = channel.kind === "cargo" ? channel.registry : undefined;
  if (registry !== undefined) return `CARGO_REGISTRIES_${registry.toUpperCase().replaceAll("-", "_")}_TOKEN`;
  return publishingKinds[channel.kind]?.variable;
}

async function credentialOf(
  { channel, release }: Planned,
  { publishing, variables }: PublishedChannel,
  { clients, command }: PreflightPorts,
): Promise<Pick<PreflightFacts, "credential" | "undo">> {
  if (publishing?.by !== "token") return { credential: undefined, undo: undefined };
  if (channel.kind === "command") {
    const question = { run: channel.preflight ?? "", timeout: milliseconds(channel.timeout), release, variables };
    const { credential, undo } = await command.credential(question);
    return { credential, undo };
  }
  const name = "package" in channel ? channel.package : "image" in channel ? channel.image : "";
  const registry = "registry" in channel ? channel.registry : undefined;
  const asked = { name, variable: variables[0] ?? "", registry };
  return { credential: await clients[channel.kind]?.credential(asked), undo: undefined };
}

/** Nothing is known by a question that could not be put; the look, which needs the same client, says what its channel lacks. */
function unasked(thrown: unknown): Awaited<ReturnType<typeof credentialOf>> {
  const because = thrown instanceof Failure ? `${thrown.message}. ${thrown.hint}` : String(thrown);
  return { credential: { seen: "unknown", because }, undo: undefined };
}

async function clientVersion(published: PublishedChannel, { clients }: PreflightPorts): Promise<string | undefined> {
  const program = published.publishing && clientOf(published);
  return program === undefined
    ? undefined
    : Object.entries(clients)
        .find(([kind]) => kind === published.kind)?.[1]
        ?.version(program);
}

async function lookBefore({ channel, release, built }: Planned, ports: PreflightPorts): Promise<Finding> {
  const rehearsed: NamedRelease = { ...release, mode: "rehearsal" };
  if (channel.kind !== "github-release") return lookAt({ channel, release: rehearsed, built }, ports);
  const files = filesFor(channel, built);
  if (files.length === 0) return lookAt({ channel, release: rehearsed, built }, ports);
  return judgeHostedRelease({ channel, release, files }, await releasesOf(release.tag, ports.releases));
}

async function releasesOf(tag: string, releases: Pick<Releases, "ofTag">) {
  try {
    return await releases.ofTag(tag);
  } catch (thrown) {
    if (thrown instanceof Failure) return { unknown: thrown.message };
    throw thrown;
  }
}

function repositoryOf({ admitted }: StageContext["ledger"], file: BuiltFile | undefined): string | undefined {
  const bytes = file && admitted.map(({ attachments }) => attachments.get(`${filesFolder}/${file.name}`)).find(Boolean);
  if (!bytes) return undefined;
  const manifest = readArchive(bytes).findLast(({ path, regular }) => regular && path === "package/package.json");
  const read = packageForm.safeParse(manifest && parseJson(manifest.content));
  const repository = read.success ? read.data.repository : undefined;
  return typeof repository === "string" ? repository : repository?.url;
}
