import { describe, expect, it } from "vitest";
import { joinReports, readReport, testsNamed } from "#src/domain/junit-report";
import { judgeTests } from "./judge-junit.ts";

const policy = { "min-executed": 1, "max-skipped": undefined, "required-tests": [] };
const report = (cases: string, attributes = "") =>
  readReport(
    new TextEncoder().encode(`<testsuites><testsuite name="s" ${attributes}>${cases}</testsuite></testsuites>`),
  );
const passed = (name: string) => `<testcase classname="c" name="${name}"/>`;
const failed = (name: string) => `<testcase classname="c" name="${name}"><failure>no</failure></testcase>`;
const skipped = (name: string) => `<testcase classname="c" name="${name}"><skipped/></testcase>`;

describe("GAT-03 T2: reported tests", () => {
  it.each([
    ["pass when all were executed and passed", {}, report(passed("a")), 0, "pass", undefined],
    ["fail when one failed", {}, report(passed("a") + failed("b")), 1, "fail", "gates.tests-failed"],
    [
      "fail when one ended in an error",
      {},
      report(`<testcase name="a"><error/></testcase>`),
      1,
      "fail",
      "gates.tests-failed",
    ],
    [
      "fail when one says so by its status alone",
      {},
      report(`${passed("a")}<testcase name="b" status="Failed"/><testcase name="c" result="error"/>`),
      1,
      "fail",
      "gates.tests-failed",
    ],
    [
      "fail when a suite counts a failure that no test shows",
      {},
      report(passed("a"), `errors="1"`),
      0,
      "fail",
      "gates.tests-failed",
    ],
    [
      "fail when a suite has an error of its own",
      {},
      report(`${passed("a")}<error/>`),
      0,
      "fail",
      "gates.tests-failed",
    ],
    ["fail when the command failed and no test did", {}, report(passed("a")), 2, "fail", "gates.failed"],
    ["are inconclusive with no test at all", {}, report(""), 0, "inconclusive", "gates.zero-tests"],
    ["are inconclusive with skipped tests only", {}, report(skipped("a")), 0, "inconclusive", "gates.zero-tests"],
    [
      "count what gtest calls notrun as skipped",
      {},
      report(`<testcase name="a" status="notrun"/>`),
      0,
      "inconclusive",
      "gates.zero-tests",
    ],
    [
      "are inconclusive when a suite announces more than it lists",
      {},
      report(passed("a"), `tests="2"`),
      0,
      "inconclusive",
      "gates.report-incomplete",
    ],
    [
      "pass with exactly the least number",
      { "min-executed": 2 },
      report(passed("a") + passed("b")),
      0,
      "pass",
      undefined,
    ],
    [
      "are inconclusive with one fewer",
      { "min-executed": 2 },
      report(passed("a") + skipped("b")),
      0,
      "inconclusive",
      "gates.too-few-tests",
    ],
    [
      "pass with exactly the most skipped",
      { "max-skipped": 1 },
      report(passed("a") + skipped("b")),
      0,
      "pass",
      undefined,
    ],
    [
      "fail with one more skipped",
      { "max-skipped": 0 },
      report(passed("a") + skipped("b")),
      0,
      "fail",
      "gates.too-many-skipped",
    ],
    ["pass when the required test passed", { "required-tests": ["c::a"] }, report(passed("a")), 0, "pass", undefined],
    [
      "are inconclusive when the required test is absent",
      { "required-tests": ["z"] },
      report(passed("a")),
      0,
      "inconclusive",
      "gates.required-test-absent",
    ],
    [
      "are inconclusive when the required test was skipped",
      { "required-tests": ["b"] },
      report(passed("a") + skipped("b")),
      0,
      "inconclusive",
      "gates.required-test-skipped",
    ],
  ])("%s", (_rule, changes, results, exit, result, code) => {
    const finding = judgeTests({ ...policy, ...changes }, results, exit);
    expect([finding.result, finding.code]).toEqual([result, code]);
  });

  it("name at most ten of many failures", () => {
    const results = report(Array.from({ length: 12 }, (_none, index) => failed(`t${index}`)).join(""));
    expect(judgeTests(policy, results, 1).because).toMatch(/^expected no failed test, found c::t0, .* and 2 more$/);
  });
});

it("GAT-52: a suite that counts more failures than its tests show is not explained by one of them", () => {
  expect(report(passed("a") + failed("b"), `failures="2"`).unexplained).toHaveLength(1);
  expect(report(`<testcase name="a"><failure/><error/></testcase>`, `failures="1" errors="1"`).unexplained).toEqual([]);
});

describe("several reports", () => {
  it("are one: a failure counts before a pass, a pass before a skip", () => {
    const joined = joinReports([report(passed("a") + skipped("b")), report(failed("a") + passed("b"))]);
    expect(Object.fromEntries(joined.tests)).toEqual({ "c::a": "failed", "c::b": "passed" });
  });

  it("know a test by its full id or by its name alone", () => {
    const results = report(`${passed("a")}<testcase classname="d" name="a"><skipped/></testcase>`);
    expect(testsNamed(results, "c::a")).toEqual(["passed"]);
    expect(testsNamed(results, "a")).toEqual(["passed", "skipped"]);
  });

  it("count suites within suites", () => {
    const text = `<testsuite name="o" tests="2"><testsuite name="i" tests="2">${passed("a")}${passed("b")}</testsuite></testsuite>`;
    expect(readReport(new TextEncoder().encode(text))).toMatchObject({ incomplete: [], unexplained: [] });
  });

  it.each([
    ["another document", "<html/>"],
    ["a test without a name", `<testsuite><testcase classname="c"/></testsuite>`],
    ["a count that is no number", `<testsuite tests="many"/>`],
    ["an expansion of entities", `<!DOCTYPE x [<!ENTITY a "aaaa">]><testsuite/>`],
  ])("are refused with %s", (_what, text) => {
    expect(() => readReport(new TextEncoder().encode(text))).toThrow(RangeError);
  });

  it("are refused in other bytes than UTF-8", () => {
    expect(() => readReport(new Uint8Array([0xff, 0xfe, 0x3c, 0x00]))).toThrow(/UTF-8/);
  });
});

describe("GAT-59: a test that the changes require", () => {
  it.each([
    ["holds when it was executed", report(passed("a")), "pass", undefined],
    ["is open when it is absent", report(passed("b")), "inconclusive", "gates.must-run-missing"],
    ["is open when it was skipped", report(passed("b") + skipped("a")), "inconclusive", "gates.must-run-missing"],
    ["fails when it failed", report(failed("a")), "fail", "gates.tests-failed"],
  ])("%s", (_rule, results, result, code) => {
    const found = judgeTests({ ...policy, mustRun: ["c::a"] }, results, 0);
    expect([found.result, found.code]).toEqual([result, code]);
  });
});
