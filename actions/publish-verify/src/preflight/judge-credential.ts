import type { Code } from "#src/domain/catalogue";
import { question } from "#src/domain/question";
import type { Check } from "#src/domain/verdict";
import type { PreflightFacts } from "./facts.ts";
import { publishingKinds, unaidedKinds } from "./kinds.ts";

/** How the credential of a channel stands: what nobody can tell is never taken for good, and never for bad. */
export type Readiness = "ready" | "bad" | "unknown";

/** Judges the credential that a channel is published with. What nobody can tell goes on with a warning, unless it is to block. */
export function judgeCredential(facts: PreflightFacts): { readiness: Readiness; check: Check } {
  const { channel } = facts;
  const title = `The credential for ${channel.id} is good`;
  const ask = question(`${channel.id}:credential`, title, channel.required);
  const found = credentialOf(facts);
  if ("ready" in found) return { readiness: "ready", check: ask.pass(found.ready) };
  if ("bad" in found) return { readiness: "bad", check: ask.fail(found.bad, found.because) };
  const blocks = channel.required && channel.publishing?.["on-unknown"] === "block";
  const doubt = question(`${channel.id}:credential`, title, blocks);
  return { readiness: "unknown", check: doubt.unsure("publish.credential-unknown", found.unknown) };
}

type Found = { ready: string } | { bad: Code; because: string } | { unknown: string };

function credentialOf(facts: PreflightFacts): Found {
  const { channel, credential } = facts;
  const unaided = unaidedKinds[channel.kind];
  if (unaided) return { ready: unaided.because };
  if (!channel.publishing) {
    return { unknown: `the configuration does not tell how ${channel.id} is published to` };
  }
  if (channel.publishing.by === "trusted-publisher") return trustOf(facts);
  const bad = channel.variables.flatMap((variable) => malformed(facts, variable) ?? [])[0];
  return bad ?? registryOn(credential, holderOf(facts));
}

/** What a sentence calls the credential: its variables, or what keeps it where none does. */
function holderOf({ channel: { kind, variables } }: PreflightFacts): string {
  return variables.join(", ") || (publishingKinds[kind]?.holder ?? "the credential");
}

function malformed({ channel, job }: PreflightFacts, variable: string): { bad: Code; because: string } | undefined {
  const token = job.variable(variable) ?? "";
  const prefix = channel.publishing?.["token-prefix"];
  if (token === "")
    return { bad: "publish.credential-missing", because: `expected a token in ${variable}, found none` };
  if (token.trim() !== token || /\s/.test(token)) {
    return {
      bad: "publish.credential-malformed",
      because: `expected a token without blanks in ${variable}, found some`,
    };
  }
  if (prefix !== undefined && !token.startsWith(prefix)) {
    return {
      bad: "publish.credential-malformed",
      because: `expected the token in ${variable} to begin with ${prefix}`,
    };
  }
  return undefined;
}

function registryOn(credential: PreflightFacts["credential"], holder: string): Found {
  switch (credential?.seen) {
    case undefined:
      return { unknown: "nobody was asked" };
    case "absent":
      return {
        bad: "publish.credential-missing",
        because: `expected the client to use ${holder}, found that its configuration names no credential`,
      };
    case "rejected":
      return { bad: "publish.credential-rejected", because: `the registry refuses ${holder}: ${credential.because}` };
    case "otp":
      return {
        bad: "publish.otp-required",
        because: `the registry wants a password more than ${holder}: ${credential.because}`,
      };
    case "unknown":
      return { unknown: credential.because };
    case "accepted":
      if (credential.rights === "none") {
        const because = `expected ${credential.as} (${holder}) to have the right to publish, found that it may only read`;
        return { bad: "publish.credential-rejected", because };
      }
      return { ready: `${holder} is ${credential.as}${credential.rights === "write" ? ", who may publish" : ""}` };
  }
}

/** No token is kept: the identity that the job may ask for is all that there is, and the registry sees it at the upload. */
function trustOf({ job }: PreflightFacts): Found {
  return job.mayIdentify
    ? { ready: "the job may ask for an identity (`id-token: write`)" }
    : { bad: "publish.oidc-misconfigured", because: "expected `id-token: write` in this job, found none" };
}
