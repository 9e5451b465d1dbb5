import type { SmokePolicy } from "#src/contract/config/smoke";
import { type AdmittedRecord, admit, isRefusal, type Refusal } from "#src/domain/admission";
import { artifactName, isLegArtifact } from "#src/domain/artifact-name";
import type { StageReport } from "#src/domain/report";
import { type Check, conclude, decidingCode } from "#src/domain/verdict";
import type { LedgerStore } from "#src/ports/ledger-store";
import type { Planned, StageContext } from "#src/stage-context";
import { recommend } from "./recommend.ts";

/** What collecting needs: the artifacts of this run, and which attempt of it this is. */
export interface CollectPorts {
  store: LedgerStore;
  attempt: number;
}

/** What arrived in the name of a system's job. */
interface Arrival {
  system: string;
  attempt: number;
  artifact: string;
  found: AdmittedRecord | Refusal;
}

const form = /^seaworthy-smoke-test-(.+)-(\d+)$/;

/** Judges that a job is for one of the systems that the plan names, or for none where it names none. */
export function judgeSystem(system: string, { systems }: SmokePolicy): Check[] {
  if (system === "" ? systems.length === 0 : systems.includes(system)) return [];
  const named = systems.join(", ") || "none";
  const because = `expected a job for one of \`smoke.systems\` (${named}), found ${system === "" ? "one for no system" : system}`;
  const title = "The job is for a system of the plan";
  return [
    {
      id: "system",
      title,
      required: true,
      evidence: [],
      result: "inconclusive",
      code: "smoke.system-unknown",
      because,
    },
  ];
}

/** Joins what the jobs of all systems have found: each of the plan's systems has one record that passed, and no other has any. */
export async function collectSystems(
  planned: Planned,
  { expected }: StageContext,
  { store, attempt }: CollectPorts,
): Promise<StageReport> {
  const { systems } = planned.config.smoke;
  const claims = newest((await store.list()).flatMap(readClaim).filter((claim) => claim.attempt <= attempt));
  const arrivals = await Promise.all(
    claims.map(async (claim): Promise<Arrival> => {
      const files = await store.fetch(claim.artifact);
      return { ...claim, found: admit({ artifact: claim.artifact, digest: undefined, files }, expected) };
    }),
  );
  const strangers = arrivals.filter(({ system }) => !systems.includes(system));
  const checks = [
    ...(systems.length === 0 ? [nothingToCollect()] : []),
    ...systems.map((system) => judgeArrival(system, { arrivals, planned })),
    ...strangers.map(({ system, artifact }) => strangerCheck(system, artifact)),
  ];
  const legs = arrivals.flatMap(({ system, found }) => (isRefusal(found) || !systems.includes(system) ? [] : [found]));
  const passed = checks.filter(({ result }) => result === "pass").length;
  return {
    checks,
    consumed: legs,
    outputs: {
      ...recommend(checks),
      legs: legs.map(({ artifact, digest }) => `${artifact}@${digest}`).join("\n"),
      passed: String(passed),
      failed: String(checks.length - passed),
    },
    next:
      conclude(checks).result === "pass" ? "Watch the release." : "Look at the jobs of the systems that did not hold.",
  };
}

function judgeArrival(system: string, { arrivals, planned }: { arrivals: Arrival[]; planned: Planned }): Check {
  const check = { id: `system-${system}`, title: `${system}: every required scenario holds`, required: true };
  const arrival = arrivals.find((one) => one.system === system);
  if (!arrival) {
    const because = "expected the evidence of its job, found none";
    return { ...check, evidence: [], result: "inconclusive", code: "smoke.system-missing", because };
  }
  const { artifact, found } = arrival;
  if (isRefusal(found)) {
    return { ...check, evidence: [artifact], result: "inconclusive", code: found.code, because: found.because };
  }
  const evidence = [`${artifact}@${found.digest}`];
  const foreign = disagreement(found, { system, planned });
  if (foreign) return { ...check, evidence, result: "fail", code: "all.evidence-mismatch", because: foreign };
  const { result, decidedBy } = conclude(found.record.checks);
  if (result === "pass") return { ...check, evidence, result, because: `${decidedBy.length} checks hold` };
  const deciding = found.record.checks.find(({ id }) => decidedBy.includes(id));
  const because = deciding ? `${deciding.title}: ${deciding.because}` : "expected a required check, found none";
  return { ...check, evidence, result, code: decidingCode(found.record.checks) ?? "smoke.system-failed", because };
}

/** Says in what a record speaks of something else than the plan and its system; undefined where it agrees. */
function disagreement(
  { artifact, record }: AdmittedRecord,
  { system, planned: { plan, release, policy } }: { system: string; planned: Planned },
): string | undefined {
  const pairs: [what: string, found: string | null, wanted: string | null][] = [
    ["artifact", artifact, artifactName("smoke-test", record.leg, record.attempt)],
    ["stage", record.stage, "smoke-test"],
    ["leg", record.leg, system],
    ["tag", record.release.tag, release.tag],
    ["commit", record.release.sha, release.sha],
    ["policy", record.policy, policy],
  ];
  const differing = pairs.find(([, found, wanted]) => found !== wanted);
  if (differing) return `expected ${differing[0]} ${differing[2]}, found ${differing[1]}`;
  if (record.consumed.some(({ digest }) => digest === plan.digest)) return undefined;
  return "expected a record that relied on this plan, found one of another";
}

function readClaim(artifact: string): Omit<Arrival, "found">[] {
  if (!isLegArtifact(artifact, "smoke-test")) return [];
  const [, system = "", attempt = ""] = form.exec(artifact) ?? [];
  return [{ system, attempt: Number(attempt), artifact }];
}

/** Picks the newest attempt of each system. */
function newest(claims: Omit<Arrival, "found">[]): Omit<Arrival, "found">[] {
  return claims.filter(({ system, attempt }) => claims.every((one) => one.system !== system || one.attempt <= attempt));
}

function nothingToCollect(): Check {
  const because = "expected `smoke.systems` to name the systems, found none";
  const title = "There are systems to collect";
  return {
    id: "systems",
    title,
    required: true,
    evidence: [],
    result: "inconclusive",
    code: "smoke.system-unknown",
    because,
  };
}

function strangerCheck(system: string, artifact: string): Check {
  const because = `expected evidence of the plan's systems only, found some of ${system}`;
  const check = { id: `stranger-${system}`, title: "Every job is for a system of the plan", required: true };
  return { ...check, evidence: [artifact], result: "fail", code: "smoke.system-unknown", because };
}
