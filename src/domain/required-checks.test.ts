import { describe, expect, it } from "vitest";
import { aSha } from "#src/testing/builders";
import { aCheckRun } from "#src/testing/fake-check-runs";
import { isWorthWaiting, joinFindings, judgeChecks } from "./required-checks.ts";

const sha = aSha();
const judge = (...runs: ReturnType<typeof aCheckRun>[]) => judgeChecks(["test"], runs, sha);

describe("GAT-11: a required check", () => {
  it.each([
    ["passes when it succeeded", [aCheckRun()], "pass", undefined],
    ["F11 F13: is inconclusive when it never ran", [], "inconclusive", "gates.ci-no-run"],
    ["never ran when only others did", [aCheckRun({ name: "tests" })], "inconclusive", "gates.ci-no-run"],
    ["is inconclusive while queued", [aCheckRun({ phase: "queued" })], "inconclusive", "gates.ci-pending"],
    ["is inconclusive while running", [aCheckRun({ phase: "in_progress" })], "inconclusive", "gates.ci-pending"],
    ["is inconclusive while it waits", [aCheckRun({ phase: "waiting" })], "inconclusive", "gates.ci-pending"],
    ["F14: is inconclusive when skipped", [aCheckRun({ conclusion: "skipped" })], "inconclusive", "gates.ci-skipped"],
    ["is inconclusive when neutral", [aCheckRun({ conclusion: "neutral" })], "inconclusive", "gates.ci-skipped"],
    ["is inconclusive when stale", [aCheckRun({ conclusion: "stale" })], "inconclusive", "gates.ci-skipped"],
    ["is inconclusive when cancelled", [aCheckRun({ conclusion: "cancelled" })], "inconclusive", "gates.ci-cancelled"],
    ["is inconclusive when timed out", [aCheckRun({ conclusion: "timed_out" })], "inconclusive", "gates.ci-cancelled"],
    [
      "is inconclusive when a person must act",
      [aCheckRun({ conclusion: "action_required" })],
      "inconclusive",
      "gates.ci-cancelled",
    ],
    ["fails when it failed", [aCheckRun({ conclusion: "failure" })], "fail", "gates.ci-failed"],
    ["fails when it could not start", [aCheckRun({ conclusion: "startup_failure" })], "fail", "gates.ci-failed"],
    [
      "is inconclusive with an unknown conclusion",
      [aCheckRun({ conclusion: "great" })],
      "inconclusive",
      "gates.ci-unknown",
    ],
    ["is inconclusive with no conclusion", [aCheckRun({ conclusion: null })], "inconclusive", "gates.ci-unknown"],
    [
      "is inconclusive in an unknown phase",
      [aCheckRun({ phase: "paused", conclusion: "success" })],
      "inconclusive",
      "gates.ci-unknown",
    ],
    ["GAT-10 F12: is refused from another commit", [aCheckRun({ sha: aSha("b") })], "fail", "gates.ci-sha-mismatch"],
    [
      "is refused from another commit beside its own",
      [aCheckRun({ id: 9 }), aCheckRun({ sha: aSha("b") })],
      "fail",
      "gates.ci-sha-mismatch",
    ],
    [
      "GAT-17: passes when every suite that has one of its name succeeded",
      [aCheckRun({ id: 1 }), aCheckRun({ id: 2 })],
      "pass",
      undefined,
    ],
    [
      "GAT-17: fails when an older suite's run of its name failed beside a newer success",
      [aCheckRun({ id: 2 }), aCheckRun({ id: 1, conclusion: "failure" })],
      "fail",
      "gates.ci-failed",
    ],
    [
      "GAT-17: fails when a newer suite's run of its name failed beside a success",
      [aCheckRun({ id: 1 }), aCheckRun({ id: 2, conclusion: "failure" })],
      "fail",
      "gates.ci-failed",
    ],
    [
      "GAT-17: waits for the suite that has not ended, whatever its age",
      [aCheckRun({ id: 2 }), aCheckRun({ id: 1, phase: "queued" })],
      "inconclusive",
      "gates.ci-pending",
    ],
  ])("%s", (_rule, runs, result, code) => {
    expect(judge(...runs)).toMatchObject([{ name: "test", result }]);
    expect(judge(...runs)[0]?.code).toBe(code);
  });
});

describe("several required checks", () => {
  const runs = [
    aCheckRun({ id: 1, name: "lint", conclusion: "skipped" }),
    aCheckRun({ id: 2, name: "test", conclusion: "failure" }),
    aCheckRun({ id: 3, name: "docs", url: "" }),
  ];

  it("pass together, with the address of each", () => {
    const all = joinFindings(
      judgeChecks(["docs", "test"], [aCheckRun({ name: "docs" }), aCheckRun({ id: 2 })], sha),
      sha,
    );
    expect(all).toEqual({
      result: "pass",
      because: `docs, test succeeded on ${sha}`,
      evidence: [aCheckRun().url, aCheckRun().url],
    });
  });

  it("fail by the failure before the doubt, and name every blocking check", () => {
    expect(joinFindings(judgeChecks(["docs", "lint", "race", "test"], runs, sha), sha)).toMatchObject({
      result: "fail",
      code: "gates.ci-failed",
      because: "test concluded failure; lint concluded skipped; race never ran on this commit",
    });
  });

  it("are inconclusive by the first doubt where none failed", () => {
    expect(joinFindings(judgeChecks(["docs", "lint", "race"], runs, sha), sha)).toMatchObject({
      result: "inconclusive",
      code: "gates.ci-skipped",
      evidence: [aCheckRun().url],
    });
  });
});

describe("GAT-12: waiting", () => {
  it.each([
    ["is worth it for a running check", [aCheckRun({ phase: "in_progress" })], true],
    ["is worth it for a check that has not begun, as jobs behind others have no run yet", [], true],
    ["is not worth it once all have succeeded", [aCheckRun()], false],
    ["is not worth it for a skipped check", [aCheckRun({ conclusion: "skipped" })], false],
    ["is not worth it for a failed check", [aCheckRun({ conclusion: "failure" })], false],
  ])("%s", (_rule, runs, expected) => {
    expect(isWorthWaiting(judge(...runs))).toBe(expected);
  });

  it("is not worth it when another check has failed already", () => {
    const runs = [aCheckRun({ name: "lint", phase: "queued" }), aCheckRun({ id: 2, conclusion: "failure" })];
    expect(isWorthWaiting(judgeChecks(["lint", "test"], runs, sha))).toBe(false);
  });
});
