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

  it.each([
    ["as a whole", "\u001b[31mERROR\u001b[0m: gone\n"],
    ["before the word only", "12:00 \u001b[1;31mERROR: gone\n"],
    ["inside of the word", "ER\u001b[31mROR: gone\n"],
  ])("finds a word that is coloured %s", (_how, text) => {
    expect(judge(text)).toMatchObject({ result: "fail", code: "gates.log-findings" });
  });

  it("allows a coloured line by its text", () => {
    expect(judge("\u001b[33mWARNING\u001b[0m clock \u001b[1mskew\u001b[0m\n").result).toBe("pass");
  });

  it.each([
    ["UTF-16 with its mark", Buffer.from("\ufeffERROR: x\n", "utf16le")],
    ["UTF-16 without it", Buffer.from("ERROR: x\n", "utf16le")],
    ["no text", Uint8Array.of(0xff, 0x00, 0x80)],
  ])("is inconclusive for a log that is %s", (_what, bytes) => {
    const { finding } = judgeLogs(policy, [{ path: "app.log", bytes }], 0);
    expect(finding).toMatchObject({ result: "inconclusive", code: "gates.report-unreadable" });
    expect(finding.because).toContain("app.log");
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
