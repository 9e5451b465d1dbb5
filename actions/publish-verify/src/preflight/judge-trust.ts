import { compare, valid } from "semver";
import type { Code } from "#src/domain/catalogue";
import { anyGlob } from "#src/domain/glob";
import { type Question, question } from "#src/domain/question";
import type { Check } from "#src/domain/verdict";
import type { PreflightFacts } from "./facts.ts";
import { publishingKinds } from "./kinds.ts";

/**
 * Judges whether the registry would trust this workflow: what it would hear of the job equals what it was told, the client
 * can do it, the name is there already, and the package names this repository.
 */
export function judgeTrust(facts: PreflightFacts): Check[] {
  const { channel } = facts;
  const trust = publishingKinds[channel.kind]?.trust;
  if (channel.publishing?.by !== "trusted-publisher" || !trust) return [];
  const ask = question(
    `${channel.id}:trust`,
    `The registry would trust this workflow for ${channel.id}`,
    channel.required,
  );
  const complaints = [
    ...workflowComplaints(facts),
    ...claimComplaints(facts),
    ...(trust.comparesRepository ? repositoryComplaints(facts) : []),
    ...firstComplaints(facts, trust.first),
  ];
  const first = facts.look.firstOfItsName && trust.first ? `; ${trust.first}` : "";
  const oldest = trust.oldest[clientOf(channel) ?? ""];
  const told = `${facts.job.workflow}, of ${facts.job.repository}${first}`;
  return [
    complaints.length > 0 ? ask.fail("publish.oidc-misconfigured", complaints.join("; ")) : trusted(ask, facts, told),
    ...(oldest === undefined ? [] : [judgeClient(facts, { oldest, code: trust.tooOld })]),
  ];
}

function trusted(ask: Question, { claims }: PreflightFacts, told: string): Check {
  if (claims && "unknown" in claims) return ask.unsure("publish.remote-unknown", claims.unknown);
  return ask.pass(told);
}

/** GitHub's environments go by one name in capitals and in small letters. */
function claimComplaints({ channel, claims }: PreflightFacts): string[] {
  if (!claims || "unknown" in claims) return [];
  const { environment: wanted, refs } = channel.publishing ?? {};
  const { environment: found = "", ref = "" } = claims;
  const elsewhere = wanted !== undefined && found.toLowerCase() !== wanted.toLowerCase();
  return [
    ...(elsewhere ? [`expected the job in the environment ${wanted}, found it in ${found || "none"}`] : []),
    ...(refs && !anyGlob(refs)(ref) ? [`expected a run of ${refs.join(" or ")}, found one of ${ref || "no ref"}`] : []),
  ];
}

function workflowComplaints({ channel, job }: PreflightFacts): string[] {
  const wanted = channel.publishing?.workflow;
  if (wanted === undefined)
    return ["expected `publishing.workflow` to name the file that the registry trusts, found none"];
  const path = job.workflow.replace(/@.*$/, "");
  const trusted = `${job.repository}/.github/workflows/${wanted}`;
  if (path === trusted) return [];
  return [
    `expected the run of ${trusted}, which the registry trusts, found ${path || "a runner that does not tell its workflow"}`,
  ];
}

/** The registry compares letter by letter what the package says with where the run is. */
function repositoryComplaints({ job, repositoryField }: PreflightFacts): string[] {
  if (repositoryField === undefined) return ["expected a `repository` in the package, found none"];
  return namesRepository(repositoryField, job)
    ? []
    : [`expected the package to name the repository ${job.repository}, found ${repositoryField}`];
}

/** A short form stands for GitHub; an address names server and repository, and nothing between them. */
function namesRepository(field: string, { server, repository }: PreflightFacts["job"]): boolean {
  const named = field.replace(/\/+$/, "").replace(/\.git$/, "");
  if (named === repository || named === `github:${repository}`) return true;
  const [, host, path] = /^(?:git\+)?(?:https?|ssh|git):\/\/(?:[^@/]*@)?([^/]+)\/(.+)$/.exec(named) ??
    /^(?:[^@/:]+@)([^/:]+):(.+)$/.exec(named) ?? [undefined, "", ""];
  return host?.toLowerCase() === URL.parse(server)?.host && path === repository;
}

function firstComplaints({ look }: PreflightFacts, first: string | false): string[] {
  return look.firstOfItsName && first === false
    ? ["expected a name that is there already, found a new one: its first version has to be published with a token"]
    : [];
}

/** Program that uploads to a channel: npm to its own registry, and elsewhere the one that the configuration names. */
export function clientOf({ kind, publishing }: PreflightFacts["channel"]): string | undefined {
  return kind === "npm" ? kind : publishing?.client;
}

function judgeClient({ channel, client }: PreflightFacts, { oldest, code }: { oldest: string; code: Code }): Check {
  const ask = question(
    `${channel.id}:client`,
    `The client can publish to ${channel.id} without a token`,
    channel.required,
  );
  const wanted = `expected ${clientOf(channel)} ${oldest} or newer`;
  if (client === undefined || valid(client) === null)
    return ask.unsure(code, `${wanted}, found one that tells no version`);
  return compare(client, oldest) >= 0
    ? ask.pass(`${client}, and ${oldest} is enough`)
    : ask.fail(code, `${wanted}, found ${client}`);
}
