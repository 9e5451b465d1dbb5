import { describe, expect, it } from "vitest";
import { aSha } from "#src/testing/builders";
import { anExecution } from "#src/testing/fake-shell";
import { judgeCommand, judgeExecution, judgeReadiness } from "./decide-command.ts";

const sha = aSha();
const head = (output: string) => anExecution({ output });

describe("a command gate that is about to start", () => {
  it("may start on the candidate with all tools at hand", () => {
    expect(judgeReadiness({ sha, missing: [], empty: [], head: head(`${sha}\n`) })).toBeUndefined();
  });

  it("GAT-01 ALL-03 F21: is inconclusive when a tool is missing, and names it", () => {
    expect(judgeReadiness({ sha, missing: ["rg", "jq"], empty: [], head: undefined })).toEqual({
      result: "inconclusive",
      code: "gates.tool-missing",
      because: "expected rg, jq on PATH, found no such program",
      evidence: ["class config"],
    });
  });

  it("GAT-10 F12: fails on another commit, with both ids", () => {
    expect(judgeReadiness({ sha, missing: [], empty: [], head: head(aSha("b")) })).toMatchObject({
      result: "fail",
      code: "gates.sha-mismatch",
      because: `expected a checkout of ${sha}, found ${aSha("b")}`,
    });
  });

  it.each([
    ["git refused", anExecution({ exit: 128, output: "fatal: not a git repository" })],
    ["git was never asked", undefined],
    ["git was stopped", anExecution({ ending: "timed-out", exit: undefined, output: sha })],
  ])("ALL-03: is inconclusive when %s", (_why, answer) => {
    expect(judgeReadiness({ sha, missing: [], empty: [], head: answer })).toMatchObject({
      result: "inconclusive",
      code: "gates.checkout-unreadable",
    });
  });
});

describe("GAT-32 F51: a gate that needs variables", () => {
  it("fails when one is empty, with its alternatives, and never starts", () => {
    const empty = [["APP_NAME"], ["LICENCE_KEY", "LICENCE_KEY_OLD"]];
    expect(judgeReadiness({ sha, missing: [], empty, head: undefined })).toMatchObject({
      result: "fail",
      code: "gates.required-env-empty",
      because: "expected APP_NAME, LICENCE_KEY or LICENCE_KEY_OLD in the job's environment, found it empty",
    });
  });
});

describe("GAT-03 F21: a command that tells how many tests it executed", () => {
  it.each([
    ["passes with one, where no number is asked for", undefined, "1 passed in 0.1s", "pass", undefined],
    [
      "is inconclusive with none, whatever is asked for",
      undefined,
      "no tests ran in 0.1s",
      "inconclusive",
      "gates.zero-tests",
    ],
    ["passes with exactly the least number", 3, "3 passed in 0.1s", "pass", undefined],
    ["is inconclusive with one fewer", 3, "2 passed, 5 skipped in 0.1s", "inconclusive", "gates.too-few-tests"],
    [
      "is inconclusive when it tells nothing and a number is asked for",
      1,
      "all fine",
      "inconclusive",
      "gates.tests-uncounted",
    ],
    ["passes when it tells nothing and nothing is asked for", undefined, "all fine", "pass", undefined],
  ])("%s", (_rule, least, output, result, code) => {
    const finding = judgeCommand(least, anExecution({ output }));
    expect([finding.result, finding.code]).toEqual([result, code]);
  });

  it("fails by its exit code, however many it executed", () => {
    expect(judgeCommand(1, anExecution({ exit: 1, output: "9 passed in 1s" })).code).toBe("gates.failed");
  });

  it("names the numbers and the runner", () => {
    expect(judgeCommand(undefined, anExecution({ output: "9 passed, 1 skipped in 1s" })).because).toBe(
      "exited with 0 after 0.0 s, with 9 executed and 1 skipped tests (pytest)",
    );
  });
});

describe("GAT-01 ALL-03: a command gate that has ended", () => {
  it.each([
    ["passes with exit code 0", anExecution(), "pass", undefined],
    ["fails with exit code 1", anExecution({ exit: 1 }), "fail", "gates.failed"],
    ["fails with exit code 127", anExecution({ exit: 127 }), "fail", "gates.failed"],
    ["fails by a signal", anExecution({ ending: "signalled", exit: undefined }), "fail", "gates.failed"],
    [
      "is inconclusive out of time",
      anExecution({ ending: "timed-out", exit: undefined }),
      "inconclusive",
      "gates.timeout",
    ],
    ["is inconclusive when idle", anExecution({ ending: "idle", exit: undefined }), "inconclusive", "gates.timeout"],
    [
      "is inconclusive when it never started",
      anExecution({ ending: "not-started", exit: undefined }),
      "inconclusive",
      "gates.not-run",
    ],
    [
      "is inconclusive when it never started, whatever its exit code",
      anExecution({ ending: "not-started", exit: 0 }),
      "inconclusive",
      "gates.not-run",
    ],
  ])("%s", (_rule, execution, result, code) => {
    const finding = judgeExecution(execution);
    expect([finding.result, finding.code]).toEqual([result, code]);
    expect(finding.evidence).toContain(`log ${execution.outputDigest}`);
  });

  it.each([
    [
      "timed-out",
      "timeout",
      "expected an end within the gate's `timeout` of 2.0 s, found none; it was stopped after 12.1 s",
    ],
    [
      "idle",
      "idle-timeout",
      "expected output within the gate's `idle-timeout` of 2.0 s, found none; it was stopped after 12.1 s",
    ],
  ] as const)("states the limit that stopped it: %s", (ending, _key, because) => {
    const execution = anExecution({ ending, exit: undefined, duration: 12_100, limit: 2_000 });
    expect(judgeExecution(execution).because).toBe(because);
  });

  it("states its exit code, its duration and the digest of its log", () => {
    const execution = anExecution({ exit: 3, duration: 61_240, output: "boom" });
    expect(judgeExecution(execution)).toEqual({
      result: "fail",
      code: "gates.failed",
      because: "expected exit code 0, found 3 after 61.2 s",
      evidence: ["class product", "exit 3", `log ${execution.outputDigest}`],
    });
  });

  it("GAT-06 F47: says when its log speaks of the environment, and blocks all the same", () => {
    const finding = judgeExecution(anExecution({ exit: 1, output: "npm error ETIMEDOUT" }));
    expect(finding).toMatchObject({ result: "fail", code: "gates.failed" });
    expect(finding.because).toMatch(/the log speaks of the environment, not of the product$/);
    expect(finding.evidence).toContain("class environment");
  });
});
