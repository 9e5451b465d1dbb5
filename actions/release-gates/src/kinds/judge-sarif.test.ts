import { describe, expect, it } from "vitest";
import { judgeLogs } from "./judge-sarif.ts";
import { readSarif } from "./sarif-log.ts";

const rules = [{ id: "R1", defaultConfiguration: { level: "error" } }, { id: "R2" }];
const run = (results: unknown, more: object = {}) => ({ tool: { driver: { name: "scan", rules } }, results, ...more });
const strict = (id: string) => ({ id, defaultConfiguration: { level: "error" } });
const packed = (results: unknown) => ({
  tool: { driver: { name: "scan", rules }, extensions: [{ name: "pack", rules: [strict("R2"), strict("X1")] }] },
  results,
});
const log = (...runs: object[]) => readSarif(JSON.stringify({ version: "2.1.0", runs }));
const result = (overrides: object = {}) => ({ ruleId: "R2", level: "warning", message: { text: "m" }, ...overrides });
const marked = (value: string) => ({ partialFingerprints: { "hash/v1": value } });
const policy = { "finding-exits": [1] };
const known = log(run([result(marked("a"))])).results;

describe("GAT-20: results of scanners", () => {
  it.each([
    ["pass when a run found nothing", "warning", [log(run([]))], "pass", undefined],
    ["fail at exactly the level", "warning", [log(run([result()]))], "fail", "gates.sarif-findings"],
    ["pass below the level", "error", [log(run([result()]))], "pass", undefined],
    [
      "take the rule's level where they have none",
      "error",
      [log(run([{ ruleId: "R1" }]))],
      "fail",
      "gates.sarif-findings",
    ],
    ["find the rule by its index", "error", [log(run([{ ruleIndex: 0 }]))], "fail", "gates.sarif-findings"],
    [
      "take the level of the extension's rule that they name",
      "error",
      [log(packed([{ rule: { index: 1, toolComponent: { index: 0 } } }]))],
      "fail",
      "gates.sarif-findings",
    ],
    [
      "take no level from a foreign rule that stands at their index",
      "error",
      [log(packed([{ ruleId: "X1", ruleIndex: 1 }]))],
      "fail",
      "gates.sarif-findings",
    ],
    [
      "are warnings where nobody says a level",
      "warning",
      [log(run([{ ruleId: "R2" }]))],
      "fail",
      "gates.sarif-findings",
    ],
    ["pass where they are no failures", "note", [log(run([{ ruleId: "R1", kind: "pass" }]))], "pass", undefined],
    [
      "pass when they are suppressed",
      "warning",
      [log(run([result({ suppressions: [{ kind: "inSource" }] })]))],
      "pass",
      undefined,
    ],
    [
      "fail when their suppression is under review",
      "warning",
      [log(run([result({ suppressions: [{ status: "underReview" }] })]))],
      "fail",
      "gates.sarif-findings",
    ],
    ["pass when the baseline knows them", "warning", [log(run([result(marked("a"))]))], "pass", undefined],
    ["fail with another fingerprint", "warning", [log(run([result(marked("b"))]))], "fail", "gates.sarif-findings"],
    [
      "fail with the fingerprint of another rule",
      "warning",
      [log(run([result({ ruleId: "R1", ...marked("a") })]))],
      "fail",
      "gates.sarif-findings",
    ],
    ["fail without a fingerprint", "warning", [log(run([result()]))], "fail", "gates.sarif-findings"],
    ["are inconclusive without a run", "warning", [log()], "inconclusive", "gates.sarif-no-runs"],
    [
      "are inconclusive when one log has no run",
      "warning",
      [log(run([])), log()],
      "inconclusive",
      "gates.sarif-no-runs",
    ],
    [
      "are inconclusive when a run never scanned",
      "warning",
      [log(run(null))],
      "inconclusive",
      "gates.sarif-incomplete",
    ],
    [
      "are inconclusive when a run did not succeed",
      "warning",
      [log(run([], { invocations: [{ executionSuccessful: false }] }))],
      "inconclusive",
      "gates.sarif-incomplete",
    ],
  ] as const)("%s", (_rule, level, logs, expected, code) => {
    const finding = judgeLogs({ ...policy, level }, [...logs], { baseline: known, exit: 0 });
    expect([finding.result, finding.code]).toEqual([expected, code]);
  });

  it("are inconclusive when the scanner crashed", () => {
    const found = [0, 1, 2].map(
      (exit) => judgeLogs({ ...policy, level: "error" }, [log(run([result()]))], { baseline: [], exit }).code,
    );
    expect(found).toEqual([undefined, undefined, "gates.sarif-incomplete"]);
  });

  it("are inconclusive when no result explains the exit code, and where another one than the usual says so", () => {
    const judge = (exit: number, results: object[], codes = [1]) =>
      judgeLogs({ level: "error", "finding-exits": codes }, [log(run(results))], { baseline: [], exit }).code;
    expect(judge(1, [])).toBe("gates.sarif-incomplete");
    expect(judge(1, [{ ruleId: "R1", kind: "pass" }])).toBe("gates.sarif-incomplete");
    expect(judge(3, [result()], [3])).toBeUndefined();
    expect(judge(1, [result()], [3])).toBe("gates.sarif-incomplete");
  });

  it.each([
    ["another version", JSON.stringify({ version: "2.0.0", runs: [] })],
    ["no runs", JSON.stringify({ version: "2.1.0" })],
    ["no JSON", "scan failed"],
    ["a level that nobody knows", JSON.stringify({ version: "2.1.0", runs: [run([{ level: "fatal" }])] })],
  ])("are refused with %s", (_what, text) => {
    expect(() => readSarif(text)).toThrow(RangeError);
  });
});
