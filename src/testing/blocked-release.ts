import type { AdmittedRecord } from "#src/domain/admission";
import type { EvidenceRecord } from "#src/domain/evidence";
import type { Ledger } from "#src/domain/ledger";
import { type Check, conclude } from "#src/domain/verdict";
import type { FailedJob } from "#src/ports/workflow-runs";
import type { StageContext } from "#src/stage-context";
import { aCheck, aContext, anArrival, aRecord, aRelease } from "#src/testing/builders";
import { FakeIssues } from "#src/testing/fake-issues";
import { FakeLedgerStore } from "#src/testing/fake-ledger-store";

/** What differs from a live run whose gate `unit` failed, with its log. */
export interface BlockedRelease {
  config?: object;
  /** Checks of the collector; `none` where it left no record. */
  collected?: Check[] | "none";
  /** Checks of the plan, where they are others than one that passes. */
  planned?: Check[];
  attempt?: number;
  mode?: "live" | "rehearsal";
  log?: string;
  others?: Partial<EvidenceRecord>[];
  refused?: Ledger["refused"];
  /** Attachments of the plan besides its configuration. */
  attachments?: Record<string, string>;
  jobs?: FailedJob[] | Error;
}

/** A gate's check that failed. */
export function aFailedGate(id = "unit", overrides: Partial<Check> = {}): Check {
  return aCheck({ id, title: "The tests pass", result: "fail", code: "gates.failed", because: "exit 1", ...overrides });
}

/** The records of a release and what a filing run asks, around a tracker that lives on from run to run. */
export function blockedRelease(tracker = new FakeIssues(), options: BlockedRelease = {}) {
  const { attempt = 1, mode = "live", jobs = [], others = [] } = options;
  const release = aRelease({ mode });
  const leg = anArrival(aRecord({ stage: "release-gates", leg: "unit", release }), { "log.txt": options.log ?? "" });
  const checks = options.collected ?? [aFailedGate("unit", { evidence: [`${leg.artifact}@${leg.digest}`] })];
  const gates = [{ id: "unit", kind: "command", run: "npm test" }];
  const context = aContext({ gates, blockers: { file: true }, ...options.config }, [], release);
  const records = [...(checks === "none" ? [] : [{ stage: "release-gates" as const, attempt, checks }]), ...others].map(
    (fields) =>
      anArrival(aConcluded({ release, policy: context.ledger.admitted[0]?.record.policy ?? null, ...fields })),
  );
  const plans = context.ledger.admitted.map((plan) => replanned(plan, options));
  const ledger = { admitted: [...plans, ...records], refused: options.refused ?? [] };
  const store = new FakeLedgerStore([leg]);
  const run = { id: "7", attempt, url: "https://github.example/octo/tide/actions/runs/7" };
  const failedJobs = async () => {
    if (jobs instanceof Error) throw jobs;
    return jobs;
  };
  return {
    given: { results: "", "github-token": "s3cret" },
    context: { ...context, ledger } satisfies StageContext,
    ports: { tracker, store, run, runs: { failedJobs } },
  };
}

function aConcluded(fields: Partial<EvidenceRecord>): EvidenceRecord {
  const { result, decidedBy } = conclude(fields.checks ?? [aCheck()]);
  const outcome = result === "pass" ? "release" : "blocked";
  return aRecord({ verdict: { result, "decided-by": decidedBy }, outcome, ...fields });
}

function replanned({ record, attachments: before }: AdmittedRecord, { attachments, planned }: BlockedRelease) {
  const { verdict, outcome, checks } = aConcluded({ checks: planned ?? record.checks });
  const fields = { ...record, verdict, outcome, checks, attachments: [] };
  return anArrival(fields, { ...textsOf(before), ...attachments });
}

function textsOf(files: ReadonlyMap<string, Uint8Array>): Record<string, string> {
  return Object.fromEntries([...files].map(([name, bytes]) => [name, new TextDecoder().decode(bytes)]));
}
