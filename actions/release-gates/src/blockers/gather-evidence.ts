import type { GatePolicy } from "#src/contract/config/gates";
import { admit, type Expectation, isRefusal } from "#src/domain/admission";
import { toFailure } from "#src/domain/failure";
import { parseHandover } from "#src/domain/handover";
import { closingExcerpt, excerpt } from "#src/domain/log-excerpt";
import type { JobResult } from "#src/domain/release-verdict";
import type { LedgerStore } from "#src/ports/ledger-store";
import type { FailedJob, WorkflowRuns } from "#src/ports/workflow-runs";
import type { Cause } from "./causes.ts";

/** The failed command and an excerpt of the log, where they could be found. */
export interface Detail {
  command: string;
  log: string | undefined;
}

/** The failed jobs of a run. */
export interface FailedJobs {
  /** Whether GitHub told them; where not, why. */
  known: boolean;
  because: string;
  failed: Pick<FailedJob, "name" | "step" | "log">[];
  /** How jobs ended by the caller's own word. */
  told: string[];
}

/** What stands around the causes: the run, its failed jobs, and details of each. */
export interface Surroundings {
  repository: string;
  commit: string;
  run: { id: string; attempt: number; url: string };
  /** Undefined where nothing failed, so that nobody asked. */
  jobs: FailedJobs | undefined;
  details: Map<Cause, Detail>;
}

/** Whom evidence is asked of, and what no text may show. */
interface EvidenceSources {
  store: LedgerStore;
  gates: GatePolicy[];
  expected: Expectation;
  secrets: string[];
}

/** Reads the failed jobs of the run. That they cannot be read is stated, and takes nothing away from the blocker. */
export async function readFailedJobs(
  runId: string,
  results: JobResult[],
  runs: Pick<WorkflowRuns, "failedJobs">,
): Promise<FailedJobs> {
  const told = results.filter(({ result }) => result !== "success").map(({ job, result }) => `${job}: ${result}`);
  try {
    const failed = await runs.failedJobs(Number(runId));
    return {
      known: true,
      because: "",
      told,
      failed: failed.filter(({ conclusion }) => conclusion !== "no conclusion"),
    };
  } catch (thrown) {
    return { known: false, because: toFailure(thrown).message, told, failed: [] };
  }
}

/** Finds the failed command and the log of each cause: in the gate's own evidence first, else in the log of its job. */
export async function gatherDetails(
  causes: Cause[],
  failed: FailedJobs["failed"],
  sources: EvidenceSources,
): Promise<Surroundings["details"]> {
  const found = causes.map(async (cause): Promise<[Cause, Detail]> => {
    const policy = cause.origin === "release-gates" ? sources.gates.find(({ id }) => id === cause.gate) : undefined;
    const job = jobOf(cause, failed);
    const own = await legLog(cause, sources);
    const command = policy && "run" in policy && policy.run !== undefined ? policy.run : (job?.step ?? "");
    const log =
      own === undefined ? job?.log && closingExcerpt(job.log, sources.secrets) : excerpt(own, sources.secrets);
    return [cause, { command: excerpt(command, sources.secrets), log }];
  });
  return new Map(await Promise.all(found));
}

/** The log that a gate's leg has left, if its artifact is what the collector saw. */
async function legLog(cause: Cause, { store, expected }: EvidenceSources): Promise<string | undefined> {
  const handover = parseHandover(cause.evidence[0] ?? "");
  if (cause.origin !== "release-gates" || !handover) return undefined;
  try {
    const arrival = admit({ ...handover, files: await store.fetch(handover.artifact) }, expected);
    const bytes = isRefusal(arrival) ? undefined : arrival.attachments.get("log.txt");
    return bytes && new TextDecoder().decode(bytes);
  } catch {
    return undefined;
  }
}

/** The job that a cause names; a stage that no job is named after has found what the first one that failed left behind. */
function jobOf({ gate, origin }: Cause, failed: FailedJobs["failed"]) {
  const words = (text: string) => ` ${text.toLowerCase().replace(/[^a-z0-9-]+/g, " ")} `;
  const wanted = words(origin === "job" ? gate.replace(/^job /, "") : gate);
  const named = failed.find(({ name }) => words(name).includes(wanted));
  return named ?? (origin === "job" || origin === "release-gates" ? undefined : failed[0]);
}
