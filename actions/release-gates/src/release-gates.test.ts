import { describe, expect, it } from "vitest";
import { Failure } from "#src/domain/failure";
import { conclude, decidingCode } from "#src/domain/verdict";
import type { Execution } from "#src/ports/shell";
import { aContext, aSha } from "#src/testing/builders";
import { fakeApprovals, fakeMergeReviews } from "#src/testing/fake-approvals";
import { aCheckRun, fakeCheckRuns } from "#src/testing/fake-check-runs";
import { aFile, fakeCheckoutFiles } from "#src/testing/fake-checkout-files";
import { fakeClock } from "#src/testing/fake-clock";
import { FakeIssues } from "#src/testing/fake-issues";
import { FakeLedgerStore } from "#src/testing/fake-ledger-store";
import { anExecution, fakeShell } from "#src/testing/fake-shell";
import { FakeWorkflowRuns } from "#src/testing/fake-workflow-runs";
import { fakeWorktrees } from "#src/testing/fake-worktrees";
import { fakeFiling } from "#src/testing/gate-trial";
import type { GatePorts } from "./gate-ports.ts";
import { releaseGates } from "./release-gates.ts";

const readHead = `git -c safe.directory='*' rev-parse --verify 'HEAD^{commit}'`;
const programs = { git: "/bin/git", bash: "/bin/bash" };
const context = aContext({
  gates: [
    { id: "unit", title: "The tests pass", kind: "command", run: "npm test", directory: "core", timeout: "90s" },
    {
      id: "keyed",
      kind: "command",
      run: "npm test",
      environment: ["APP_NAME", ["KEY_A", "KEY_B"]],
      "idle-timeout": "20s",
      "min-executed": 2,
    },
    { id: "proven", kind: "command", run: "npm test", "self-test": { good: "check good", bad: "check bad" } },
    { id: "scan", kind: "command", run: "rg TODO", tools: ["rg"], required: false },
    { id: "ci", kind: "checks", checks: ["test"] },
    { id: "legs", kind: "checks", matrix: [{ check: "test", legs: ["3.12", "3.13"] }] },
    { id: "slow-ci", kind: "checks", checks: ["test"], wait: "1m" },
  ],
});

function sit(gate: string, ports: Partial<GatePorts> = {}, token = "") {
  const inputs = {
    records: "",
    results: "",
    gate,
    "github-token": token,
    "answered-at": "",
    "approval-environment": "",
  };
  const given = { ...inputs, "release-mode": "live", mode: "judge" } as const;
  return releaseGates(given, context, {
    shell: shellWith(anExecution({ output: "ok\n" })),
    checkout: { directory: "/checkout", environment: { PATH: "/bin" }, secrets: ["hunter22"] },
    variables: { filled: (name) => ["APP_NAME", "KEY_B"].includes(name) },
    checkRuns: fakeCheckRuns([aCheckRun()]),
    approvals: fakeApprovals(),
    merges: fakeMergeReviews(),
    runs: new FakeWorkflowRuns(fakeClock(), aSha()),
    signatures: { of: async () => ({ verified: false, reason: "unsigned" }) },
    files: fakeCheckoutFiles(),
    worktrees: fakeWorktrees(),
    clock: fakeClock(),
    store: new FakeLedgerStore(),
    issues: new FakeIssues(),
    filing: fakeFiling(),
    ...ports,
  });
}

function shellWith(execution: Execution, head = anExecution({ output: `${aSha()}\n` })) {
  return fakeShell({ [readHead]: head, "npm test": execution }, programs);
}

describe("a leg of kind command", () => {
  it("GAT-01: runs the frozen command in its directory and reports one check with the gate's id", async () => {
    const shell = shellWith(anExecution({ output: "ok\n" }));
    const report = await sit("unit", { shell });
    expect(report.leg).toBe("unit");
    expect(report.checks).toMatchObject([{ id: "unit", title: "The tests pass", required: true, result: "pass" }]);
    expect(shell.commands.at(-1)).toEqual({
      line: "npm test",
      directory: "/checkout/core",
      environment: { PATH: "/bin" },
      timeout: 90_000,
    });
  });

  it("attaches its log with the token redacted, and shows both ends of it", async () => {
    const output = `start s3cret-token <b>\n${"x\n".repeat(40)}the end`;
    const report = await sit("unit", { shell: shellWith(anExecution({ exit: 1, output })) }, "s3cret-token");
    expect(report.attachments).toEqual([{ name: "log.txt", content: output.replace("s3cret-token", "***") }]);
    expect(report.summary).toContain("```\nstart *** <b>\nx\n");
    expect(report.summary).toContain("x\nthe end\n```");
    expect(JSON.stringify(report)).not.toContain("s3cret");
  });

  it("ALL-18: shows nowhere what was withheld from the command", async () => {
    const exited = shellWith(anExecution({ exit: 1, output: "postgres said: hunter22 is wrong\n" }));
    const report = await sit("unit", { shell: exited });
    expect(report.attachments).toEqual([{ name: "log.txt", content: "postgres said: *** is wrong\n" }]);
    const unstarted = anExecution({ ending: "not-started", exit: undefined, output: "no bash in /hunter22" });
    const reports = [report, await sit("unit", { shell: shellWith(unstarted) })];
    expect(JSON.stringify(reports)).not.toContain("hunter22");
  });

  it("fails with the remedy of its code", async () => {
    const report = await sit("unit", { shell: shellWith(anExecution({ exit: 1, output: "1 test failed" })) });
    expect(decidingCode(report.checks)).toBe("gates.failed");
    expect(report.next).toMatch(/repair the cause/);
  });

  it("GAT-10: runs nothing on another commit", async () => {
    const shell = shellWith(anExecution(), anExecution({ output: aSha("b") }));
    const report = await sit("unit", { shell });
    expect(decidingCode(report.checks)).toBe("gates.sha-mismatch");
    expect(shell.commands.map(({ line }) => line)).toEqual([readHead]);
  });

  it("ALL-03: runs nothing without git", async () => {
    const shell = fakeShell({});
    expect(decidingCode((await sit("unit", { shell })).checks)).toBe("gates.tool-missing");
    expect(shell.commands).toEqual([]);
  });

  it("ALL-12: that is advisory reports what it found and does not decide", async () => {
    const report = await sit("scan");
    expect(report.checks[0]).toMatchObject({ id: "scan", required: false, code: "gates.tool-missing" });
    expect(conclude(report.checks)).toEqual({ result: "pass", decidedBy: ["scan:reported"] });
  });
});

describe("a leg of kind command with preconditions", () => {
  it("GAT-32: runs when one of the alternatives is filled, with its idle timeout", async () => {
    const shell = shellWith(anExecution({ output: "2 passed in 0.1s\n" }));
    expect(conclude((await sit("keyed", { shell })).checks).result).toBe("pass");
    expect(shell.commands.at(-1)).toMatchObject({ timeout: 1_800_000, idleTimeout: 20_000 });
  });

  it("GAT-32: runs nothing, not even git, while a variable is empty", async () => {
    const shell = shellWith(anExecution());
    const report = await sit("keyed", { shell, variables: { filled: (name) => name === "APP_NAME" } });
    expect(decidingCode(report.checks)).toBe("gates.required-env-empty");
    expect(shell.commands).toEqual([]);
  });

  it.each([
    ["timed-out", "`timeout` of 1800.0 s"],
    ["idle", "`idle-timeout` of 20.0 s"],
  ] as const)("names its own limit where its command is stopped: %s", async (ending, limit) => {
    const shell = shellWith(anExecution({ ending, exit: undefined }));
    const report = await sit("keyed", { shell, variables: { filled: () => true } });
    expect(report.checks[0]?.because).toContain(limit);
  });

  it("GAT-03: is inconclusive when fewer tests ran than asked for", async () => {
    const report = await sit("keyed", { shell: shellWith(anExecution({ output: "1 passed in 0.1s\n" })) });
    expect(decidingCode(report.checks)).toBe("gates.too-few-tests");
  });
});

describe("ALL-19: a leg of kind command with a self-test", () => {
  const shellFor = (good: Execution, bad: Execution) =>
    fakeShell(
      { [readHead]: anExecution({ output: aSha() }), "check good": good, "check bad": bad, "npm test": anExecution() },
      programs,
    );

  it("runs its command after it has told good from bad", async () => {
    const shell = shellFor(anExecution(), anExecution({ exit: 1 }));
    expect(conclude((await sit("proven", { shell })).checks).result).toBe("pass");
    expect(shell.commands.map(({ line }) => line).slice(1)).toEqual(["check good", "check bad", "npm test"]);
  });

  it.each([
    ["F18: passes its known-bad", anExecution(), anExecution(), "gates.self-test-failed"],
    ["F19: fails its known-good", anExecution({ exit: 1 }), anExecution({ exit: 1 }), "gates.self-test-failed"],
    ["has no program for its known-bad", anExecution(), anExecution({ exit: 127 }), "gates.self-test-not-run"],
    [
      "runs out of time with its known-bad",
      anExecution(),
      anExecution({ ending: "timed-out", exit: undefined }),
      "gates.self-test-not-run",
    ],
  ])("blocks without running its command when it %s", async (_why, good, bad, code) => {
    const shell = shellFor(good, bad);
    expect(decidingCode((await sit("proven", { shell })).checks)).toBe(code);
    expect(shell.commands.map(({ line }) => line)).not.toContain("npm test");
  });
});

describe("a leg of kind checks", () => {
  it("GAT-10: passes by the checks on the candidate, in one look", async () => {
    const checkRuns = fakeCheckRuns([aCheckRun()]);
    const report = await sit("ci", { checkRuns }, "t");
    expect(conclude(report.checks)).toEqual({ result: "pass", decidedBy: ["ci"] });
    expect(checkRuns.asked).toBe(1);
    expect(report.summary).toContain(
      "| test | concluded success |  | [open](https://github.example/octo/tide/runs/1) |",
    );
    expect(report.attachments?.[0]).toMatchObject({ name: "check-runs.json" });
  });

  it("GAT-13 F13: tells a commit that suppressed its runs, and how to start them", async () => {
    const written = `git -c safe.directory='*' show -s --format='%an%n%ae%n%cn%n%ce%n%B' ${aSha()}`;
    const head = anExecution({ output: `${aSha()}\n` });
    const message = anExecution({ output: "Ada\na@b.c\nAda\na@b.c\ndocs: tides [skip ci]\n" });
    const shell = fakeShell({ [readHead]: head, [written]: message }, programs);
    const ci = aFile(".github/workflows/ci.yml", "on: [push, workflow_dispatch]\njobs: { test: {} }\n");
    const report = await sit("ci", { shell, files: fakeCheckoutFiles(ci), checkRuns: fakeCheckRuns([]) }, "t");
    expect(decidingCode(report.checks)).toBe("gates.ci-suppressed");
    expect(report.checks[0]?.because).toContain("gh workflow run ci.yml --repo octo/tide --ref <branch>");
  });

  it("GAT-16: wants every leg of a declared matrix", async () => {
    const runs = [aCheckRun({ name: "test (3.12)" })];
    const report = await sit("legs", { checkRuns: fakeCheckRuns(runs) }, "t");
    expect(decidingCode(report.checks)).toBe("gates.ci-matrix-incomplete");
    expect(report.checks[0]?.because).toMatch(/^test \(3\.13\) never ran/);
  });

  it("is inconclusive without a token, and asks nothing", async () => {
    const checkRuns = fakeCheckRuns([aCheckRun()]);
    expect(decidingCode((await sit("ci", { checkRuns })).checks)).toBe("gates.ci-token-missing");
    expect(checkRuns.asked).toBe(0);
  });

  it("GAT-12: without a wait, a running check blocks at once", async () => {
    const [clock, checkRuns] = [fakeClock(), fakeCheckRuns([aCheckRun({ phase: "queued" })])];
    expect(decidingCode((await sit("ci", { clock, checkRuns }, "t")).checks)).toBe("gates.ci-pending");
    expect([clock.sleeps, checkRuns.asked]).toEqual([[], 1]);
  });

  it("GAT-12: looks every 15 seconds until the check has ended", async () => {
    const [clock, checkRuns] = [fakeClock(), fakeCheckRuns([], [aCheckRun({ phase: "queued" })], [aCheckRun()])];
    expect(conclude((await sit("slow-ci", { clock, checkRuns }, "t")).checks).result).toBe("pass");
    expect([clock.sleeps, checkRuns.asked]).toEqual([[15_000, 15_000], 3]);
  });

  it("GAT-12: gives up after the wait, and what is decided at its very end still counts", async () => {
    const pending = [aCheckRun({ phase: "in_progress" })];
    const [clock, checkRuns] = [fakeClock(), fakeCheckRuns(pending)];
    expect(decidingCode((await sit("slow-ci", { clock, checkRuns }, "t")).checks)).toBe("gates.ci-pending");
    expect([clock.sleeps.length, checkRuns.asked]).toEqual([4, 5]);

    const late = fakeCheckRuns(pending, pending, pending, pending, [aCheckRun()]);
    expect(conclude((await sit("slow-ci", { checkRuns: late }, "t")).checks).result).toBe("pass");
  });

  it("stops waiting as soon as the outcome is certain", async () => {
    const [clock, checkRuns] = [fakeClock(), fakeCheckRuns([aCheckRun({ conclusion: "failure" })])];
    expect(decidingCode((await sit("slow-ci", { clock, checkRuns }, "t")).checks)).toBe("gates.ci-failed");
    expect(clock.sleeps).toEqual([]);
  });

  it("passes a failure to ask on, as it is no verdict", async () => {
    const failure = new Failure({ kind: "upstream", code: "all.rate-limited", message: "m", hint: "h" });
    const checkRuns = { forCommit: () => Promise.reject(failure) };
    await expect(sit("ci", { checkRuns }, "t")).rejects.toBe(failure);
  });

  it("does not let the name of a check break out of the summary", async () => {
    const checkRuns = fakeCheckRuns([aCheckRun({ conclusion: "x|<b>@octo", url: "javascript:alert(1)" })]);
    const { summary } = await sit("ci", { checkRuns }, "t");
    expect(summary).toContain("concluded x\\|&lt;b&gt;@\u200Bocto");
    expect(summary).not.toContain("](javascript");
  });
});

describe("release-gates", () => {
  it("collects where no gate is named", async () => {
    const report = await sit("");
    expect(report.leg).toBeUndefined();
    expect(report.checks.map(({ id, code }) => [id, code])).toEqual([
      ["unit", "gates.leg-missing"],
      ["keyed", "gates.leg-missing"],
      ["proven", "gates.leg-missing"],
      ["scan", "gates.leg-missing"],
      ["ci", "gates.leg-missing"],
      ["legs", "gates.leg-missing"],
      ["slow-ci", "gates.leg-missing"],
      ["chain-configured", "gates.chain-incomplete"],
    ]);
  });

  it("ALL-04: writes what blocks into the collector's summary, also where nothing is filed", async () => {
    const { summary } = await sit("");
    expect(summary).toContain("### \\[release-blocker\\]\\[v1.1.0\\] The tests pass");
    expect(summary).toContain("Failed command: `npm test`");
    expect(summary).toContain("#### Consult Me");
  });

  it("refuses a gate that the frozen configuration does not have", async () => {
    await expect(sit("other")).rejects.toMatchObject({ code: "gates.gate-unknown" });
  });
});
