import { describe, expect, it } from "vitest";
import { judgeLogs } from "./log-gate.ts";

const policy = { words: ["WARNING", "ERROR"], allowed: [{ text: "clock skew", reason: "the runner's clock drifts" }] };
const judge = (text: string, exit = 0) =>
  judgeLogs(policy, [{ path: "app.log", bytes: new TextEncoder().encode(text) }], exit).finding;

describe("GAT-60: the log of a test interval", () => {
  it.each([
    ["passes without a finding", "started\nERRORS=0\nno warnings\n", "pass", undefined],
    ["passes with an allowed line", "WARNING clock skew of 2 s\n", "pass", undefined],
    ["passes empty", "", "pass", undefined],
    ["fails by a warning", "ok\nWARNING: slow\n", "fail", "gates.log-findings"],
    ["fails by an error in the middle of a line", "12:00 [ERROR] lost\n", "fail", "gates.log-findings"],
    ["fails by one beside an allowed line", "WARNING clock skew\nERROR disk\n", "fail", "gates.log-findings"],
  ])("%s", (_rule, text, result, code) => {
    expect(judge(text)).toMatchObject({ result, ...(code ? { code } : {}) });
  });

  it("names the first line with its place", () => {
    expect(judge("ok\nERROR disk\nERROR net\n").because).toBe(
      "expected no line with WARNING or ERROR, found 2, first at app.log:2: ERROR disk",
    );
  });

  it("fails with the command that wrote it", () => {
    expect(judge("ok\n", 1)).toMatchObject({ result: "fail", code: "gates.failed" });
  });
});
