import type { Config } from "#src/contract/config/schema";
import type { AdmittedRecord } from "#src/domain/admission";
import type { Approvals } from "#src/ports/approvals";
import type { CheckRuns } from "#src/ports/check-runs";
import type { CheckoutFiles } from "#src/ports/checkout-files";
import type { Clock } from "#src/ports/clock";
import type { CommitSignatures } from "#src/ports/commit-signatures";
import type { Issues } from "#src/ports/issues";
import type { LedgerStore } from "#src/ports/ledger-store";
import type { MergeReviews } from "#src/ports/merge-reviews";
import type { WorkflowRuns } from "#src/ports/workflow-runs";
import type { Worktrees } from "#src/ports/worktrees";
import type { FilingPorts } from "./blockers/file-blockers.ts";
import type { Candidate, PreflightPorts } from "./preflight.ts";

/** What the stage asks and uses. */
export interface GatePorts extends PreflightPorts {
  checkRuns: CheckRuns;
  approvals: Approvals;
  merges: MergeReviews;
  runs: Pick<WorkflowRuns, "read" | "succeededJobs">;
  signatures: CommitSignatures;
  issues: Issues;
  filing: FilingPorts;
  files: CheckoutFiles;
  worktrees: Worktrees;
  clock: Clock;
  store: LedgerStore;
}

/** Where a gate sits: what it judges, and what it may ask. */
export interface GateSeat {
  candidate: Candidate;
  plan: AdmittedRecord;
  config: Config;
  version: string;
  tag: string;
  ports: GatePorts;
}
