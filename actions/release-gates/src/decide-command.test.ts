import { describe, expect, it } from "vitest";
import { aSha } from "#src/testing/builders";
import { anExecution } from "#src/testing/fake-shell";
import { judgeExecution, judgeReadiness } from "./decide-command.ts";

const sha = aSha();
const head = (output: string) => anExecution({ output });

describe("a command gate that is about to start", () => {
  it("may start on the candidate with all tools at hand", () => {
    expect(judgeReadiness({ sha, missing: [], head: head(`${sha}\n`) })).toBeUndefined();
  });

  it("GAT-01 ALL-03 F21: is inconclusive when a tool is missing, and names it", () => {
    expect(judgeReadiness({ sha, missing: ["rg", "jq"], head: undefined })).toEqual({
      result: "inconclusive",
      code: "gates.tool-missing",
      because: "expected rg, jq on PATH, found no such program",
      evidence: ["class config"],
    });
  });

  it("GAT-10 F12: fails on another commit, with both ids", () => {
    expect(judgeReadiness({ sha, missing: [], head: head(aSha("b")) })).toMatchObject({
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
    expect(judgeReadiness({ sha, missing: [], head: answer })).toMatchObject({
      result: "inconclusive",
      code: "gates.checkout-unreadable",
    });
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
