import { describe, expect, it } from "vitest";
import type { TestEnding, TestResults } from "#src/domain/junit-report";
import { baselineSchema, judgeKnownFailures } from "./judge-known-failures.ts";

const results = (tests: Record<string, TestEnding>): TestResults => ({
  tests: new Map(Object.entries(tests)),
  unexplained: [],
  incomplete: [],
  suites: [],
});
const baseline = [{ test: "c::old", ticket: "TIDE-7", expires: "2026-01-10" }];
const known = {
  baseline,
  onFixed: "report" as const,
  now: new Date("2026-01-10T23:00:00Z"),
  exit: 1,
  findingExits: [1],
};

describe("GAT-52 S36: failures against a baseline", () => {
  it.each([
    ["pass when the baseline knows each", { "c::a": "passed", "c::old": "failed" }, {}, "pass", undefined],
    [
      "fail by one that it does not know",
      { "c::a": "failed", "c::old": "failed" },
      {},
      "fail",
      "gates.failure-not-in-baseline",
    ],
    [
      "fail when the day is over",
      { "c::a": "passed", "c::old": "failed" },
      { now: new Date("2026-01-11T00:00:00Z") },
      "fail",
      "gates.baseline-expired",
    ],
    ["pass with one that is fixed", { "c::a": "passed", "c::old": "passed" }, { exit: 0 }, "pass", undefined],
    [
      "fail with one that is fixed, where that blocks",
      { "c::a": "passed", "c::old": "passed" },
      { exit: 0, onFixed: "block" },
      "fail",
      "gates.baseline-fixed",
    ],
    [
      "fail with one that is gone, where that blocks",
      { "c::a": "passed" },
      { exit: 0, onFixed: "block" },
      "fail",
      "gates.baseline-fixed",
    ],
    [
      "pass with one that was skipped, where that blocks",
      { "c::a": "passed", "c::old": "skipped" },
      { exit: 0, onFixed: "block" },
      "pass",
      undefined,
    ],
    ["fail when the command failed and no test did", { "c::a": "passed" }, {}, "fail", "gates.failed"],
    [
      "fail when the command crashed beside a known one",
      { "c::a": "passed", "c::old": "failed" },
      { exit: 139 },
      "fail",
      "gates.failed",
    ],
    [
      "pass by an exit code that is configured",
      { "c::a": "passed", "c::old": "failed" },
      { exit: 101, findingExits: [101] },
      "pass",
      undefined,
    ],
    [
      "are inconclusive without an executed test",
      { "c::a": "skipped" },
      { exit: 0 },
      "inconclusive",
      "gates.zero-tests",
    ],
    ["are inconclusive without any test", {}, { exit: 0 }, "inconclusive", "gates.zero-tests"],
  ] as const)("%s", (_rule, tests, changes, result, code) => {
    const finding = judgeKnownFailures(results(tests), { ...known, ...changes });
    expect([finding.result, finding.code]).toEqual([result, code]);
  });

  it("are listed with their tickets, and with what has to leave the baseline", () => {
    const two = [...baseline, { test: "c::gone", ticket: "TIDE-8", expires: "2026-02-01" }];
    expect(judgeKnownFailures(results({ "c::old": "failed" }), { ...known, baseline: two }).because).toBe(
      "accepted failures: c::old (TIDE-7); to be removed from the baseline: c::gone",
    );
  });

  it("are inconclusive when a report is not whole", () => {
    const torn = { ...results({ "c::old": "failed" }), incomplete: ["testsuite s announces 9 tests and lists 1"] };
    expect(judgeKnownFailures(torn, known).code).toBe("gates.report-incomplete");
  });

  it("fail by an error that no test shows, beside known ones", () => {
    const hidden = { ...results({ "c::old": "failed" }), unexplained: ["testsuite s has an error of its own"] };
    expect(judgeKnownFailures(hidden, known)).toMatchObject({ result: "fail", code: "gates.tests-failed" });
  });

  it.each([
    ["without a ticket", [{ test: "a", ticket: " ", expires: "2026-01-01" }]],
    ["without a day", [{ test: "a", ticket: "T" }]],
    ["twice", [...baseline, ...baseline]],
  ])("do not stand in the baseline %s", (_how, list) => {
    expect(baselineSchema.safeParse(list).success).toBe(false);
  });
});
