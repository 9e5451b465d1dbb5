import { describe, expect, it } from "vitest";
import type { TestResults } from "#src/domain/junit-report";
import { criteriaSchema, judgeCriteria, judgeEach } from "./judge-criteria.ts";

const results: TestResults = {
  tests: new Map([
    ["c::good", "passed"],
    ["c::bad", "failed"],
    ["c::idle", "skipped"],
  ]),
  unexplained: [],
  incomplete: [],
  suites: [],
};
const judge = (list: object[], excluded: string[] = [], exit = 0) =>
  judgeCriteria(judgeEach(criteriaSchema.parse(list), results, excluded), exit);
const met = { id: "A1", tests: ["c::good"] };

describe("GAT-50 GAT-51 GAT-52: acceptance criteria", () => {
  it.each([
    ["pass when all are met", [met], [], "pass", undefined],
    [
      "fail by one with a failed test",
      [met, { id: "A2", tests: ["c::good", "c::bad"] }],
      [],
      "fail",
      "gates.criterion-unmet",
    ],
    ["fail by one that names no test", [met, { id: "A2" }], [], "fail", "gates.criterion-unmapped"],
    [
      "are unverified by a test that did not run",
      [met, { id: "A2", tests: ["c::none"] }],
      [],
      "inconclusive",
      "gates.criterion-unverified",
    ],
    [
      "are unverified by a skipped test",
      [met, { id: "A2", tests: ["c::good", "c::idle"] }],
      [],
      "inconclusive",
      "gates.criterion-unverified",
    ],
    [
      "fail by a critical one whose test was skipped",
      [met, { id: "A2", tests: ["c::idle"], critical: true }],
      [],
      "fail",
      "gates.critical-test-skipped",
    ],
    ["pass when the unverified one is excluded", [met, { id: "A2", tests: ["c::idle"] }], ["A2"], "pass", undefined],
    [
      "fail when the excluded one is unmet",
      [met, { id: "A2", tests: ["c::bad"] }],
      ["A2"],
      "fail",
      "gates.criterion-unmet",
    ],
    [
      "are unverified when all are excluded",
      [{ id: "A2", tests: ["c::idle"] }],
      ["A2"],
      "inconclusive",
      "gates.criterion-unverified",
    ],
    ["know tests by their name alone", [{ id: "A1", tests: ["good"] }], [], "pass", undefined],
  ])("%s", (_rule, list, excluded, result, code) => {
    const finding = judge(list, excluded);
    expect([finding.result, finding.code]).toEqual([result, code]);
  });

  it("fail when the command did, although all are met", () => {
    expect(judge([met], [], 1).code).toBe("gates.failed");
  });

  it.each([
    ["none", []],
    ["an id twice", [met, met]],
    ["an unknown key", [{ ...met, state: "met" }]],
  ])("are refused with %s", (_what, list) => {
    expect(criteriaSchema.safeParse(list).success).toBe(false);
  });
});
