import type { CheckoutFile } from "#src/ports/checkout-files";
import type { CommitSignature } from "#src/ports/commit-signatures";
import type { Execution } from "#src/ports/shell";
import type { FailedJob } from "#src/ports/workflow-runs";
import { aContext, aRelease, aSha } from "#src/testing/builders";
import { fakeApprovals, fakeMergeReviews } from "#src/testing/fake-approvals";
import { fakeCheckRuns } from "#src/testing/fake-check-runs";
import { fakeCheckoutFiles } from "#src/testing/fake-checkout-files";
import { fakeClock } from "#src/testing/fake-clock";
import { FakeIssues } from "#src/testing/fake-issues";
import { FakeLedgerStore } from "#src/testing/fake-ledger-store";
import { fakeShell } from "#src/testing/fake-shell";
import { FakeWorkflowRuns } from "#src/testing/fake-workflow-runs";
import { fakeWorktrees } from "#src/testing/fake-worktrees";

/** The world around one gate: files of the checkout, answers to command lines, filled variables, and the time. */
export interface GateWorld {
  files?: CheckoutFile[];
  /** An answer may change the files, as a command would. */
  lines?: Record<string, Execution | ((files: CheckoutFile[]) => Execution)>;
  variables?: string[];
  now?: Date;
  release?: Parameters<typeof aRelease>[0];
  /** Other gates of the configuration. */
  others?: object[];
  issues?: FakeIssues;
  runs?: FakeWorkflowRuns;
  /** What GitHub says of the signature of any commit. */
  signature?: CommitSignature;
}

const headOf = (sha: string): Execution => ({
  ending: "exited",
  exit: 0,
  output: `${sha}\n`,
  outputDigest: `sha256:${"0".repeat(64)}`,
  silence: 0,
  duration: 1,
});

/** Sets a stage of gates up around one gate, on a checkout that stands on the candidate. */
export function gateTrial(gate: { id: string; [key: string]: unknown }, world: GateWorld = {}) {
  const files = fakeCheckoutFiles(...(world.files ?? []));
  const answers = Object.entries(world.lines ?? {}).map(([line, answer]) => [
    line,
    typeof answer === "function" ? () => answer(files.files) : answer,
  ]);
  const shell = fakeShell(
    { "git -c safe.directory='*' rev-parse --verify 'HEAD^{commit}'": headOf(aSha()), ...Object.fromEntries(answers) },
    { git: "/bin/git", bash: "/bin/bash" },
  );
  const given = {
    ...({ "release-mode": "live", mode: "judge" } as const),
    ...{ records: "", results: "", gate: gate.id, "github-token": "", "answered-at": "", "approval-environment": "" },
  };
  const tracker = world.issues ?? new FakeIssues();
  const store = new FakeLedgerStore();
  const ports = {
    shell,
    checkout: { directory: "/checkout", environment: {}, secrets: [] },
    variables: { filled: (name: string) => (world.variables ?? []).includes(name) },
    checkRuns: fakeCheckRuns([]),
    approvals: fakeApprovals(),
    merges: fakeMergeReviews(),
    runs: world.runs ?? new FakeWorkflowRuns(fakeClock(world.now), aSha()),
    signatures: { of: async () => world.signature ?? { verified: false, reason: "unsigned" } },
    files,
    worktrees: fakeWorktrees(),
    clock: fakeClock(world.now),
    store,
    issues: tracker,
    filing: fakeFiling(tracker, store),
  };
  return { given, context: aContext({ gates: [gate, ...(world.others ?? [])] }, [], aRelease(world.release)), ports };
}

/** What a filing run asks: a tracker, a store, and a run without failed jobs. */
export function fakeFiling(tracker = new FakeIssues(), store = new FakeLedgerStore()) {
  const run = { id: "7", attempt: 1, url: "https://github.example/octo/tide/actions/runs/7" };
  return { tracker, store, run, runs: { failedJobs: async (): Promise<FailedJob[]> => [] } };
}
