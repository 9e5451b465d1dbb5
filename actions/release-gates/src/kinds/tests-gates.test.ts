import { describe, expect, it } from "vitest";
import { conclude, decidingCode } from "#src/domain/verdict";
import { aFile } from "#src/testing/fake-checkout-files";
import { type GateWorld, gateTrial } from "#src/testing/gate-trial";
import { releaseGates } from "../release-gates.ts";

const report = aFile(
  "r.xml",
  `<testsuite><testcase classname="c" name="good"/><testcase classname="c" name="bad"><failure/></testcase></testsuite>`,
);
const fine = aFile("r.xml", `<testsuite><testcase classname="c" name="good"/></testsuite>`);
const failures = { id: "known", kind: "known-failures", files: ["r.xml"], baseline: "known.yml" };
const criteria = { id: "accepted", kind: "criteria", files: ["r.xml"], criteria: "criteria.yml" };
const sarif = { id: "scan", kind: "sarif", files: ["s.sarif"], baseline: "base.sarif" };
const log = (...results: object[]) =>
  JSON.stringify({ version: "2.1.0", runs: [{ tool: { driver: { name: "s" } }, results }] });
const hit = { ruleId: "R", message: { text: "a | b" }, partialFingerprints: { f: "1" } };

function sit(gate: { id: string; [key: string]: unknown }, ...files: NonNullable<GateWorld["files"]>) {
  const { given, context, ports } = gateTrial(gate, { files });
  return releaseGates(given, context, ports);
}

describe("GAT-52: a leg of kind known-failures", () => {
  it.each([
    ["passes by its baseline", `[{ test: "c::bad", ticket: T-1, expires: 2026-01-01 }]`, undefined],
    ["fails by an empty one", "[]", "gates.failure-not-in-baseline"],
    ["is inconclusive by a broken one", "- test: [", "gates.baseline-unreadable"],
    ["is inconclusive by another document", "tests: 1", "gates.baseline-unreadable"],
  ])("%s", async (_rule, text, code) => {
    expect(decidingCode((await sit(failures, report, aFile("known.yml", text))).checks)).toBe(code);
  });

  it("fails by a test of the baseline that no longer fails, unless the gate is told to report it alone", async () => {
    const baseline = aFile("known.yml", "[{ test: 'c::good', ticket: T-1, expires: 2026-01-01 }]");
    expect(decidingCode((await sit(failures, fine, baseline)).checks)).toBe("gates.baseline-fixed");
    const told = { ...failures, "on-fixed": "report" };
    expect(decidingCode((await sit(told, fine, baseline)).checks)).toBeUndefined();
  });

  it("is inconclusive without its baseline", async () => {
    expect(decidingCode((await sit(failures, fine)).checks)).toBe("gates.baseline-unreadable");
  });
});

describe("GAT-50: a leg of kind criteria", () => {
  it("shows each criterion with its state", async () => {
    const list = aFile(
      "criteria.yml",
      "- { id: A1, text: 'It | sails', tests: [good] }\n- { id: A2, tests: ['c::bad'] }\n",
    );
    const { checks, summary } = await sit(criteria, report, list);
    expect(decidingCode(checks)).toBe("gates.criterion-unmet");
    expect(summary).toContain("| `A1` | It \\| sails | met | `good` |");
    expect(summary).toContain("| `A2` |  | unmet | `c::bad` |");
  });

  it("passes when all are met", async () => {
    expect(
      conclude((await sit(criteria, fine, aFile("criteria.yml", "- { id: A1, tests: [good] }"))).checks).result,
    ).toBe("pass");
  });

  it("is inconclusive without its criteria", async () => {
    expect(decidingCode((await sit(criteria, fine)).checks)).toBe("gates.criteria-unreadable");
  });
});

describe("a leg of kind sarif", () => {
  it("fails by a new result, and shows it", async () => {
    const { checks, summary } = await sit(sarif, aFile("s.sarif", log(hit)), aFile("base.sarif", log()));
    expect(decidingCode(checks)).toBe("gates.sarif-findings");
    expect(summary).toContain("| `R` | warning | `` | a \\| b |");
  });

  it("passes by a known one", async () => {
    const { checks } = await sit(sarif, aFile("s.sarif", log(hit)), aFile("base.sarif", log(hit)));
    expect(conclude(checks).result).toBe("pass");
  });

  it.each([
    ["without its baseline", [aFile("s.sarif", log())], "gates.sarif-baseline-unreadable"],
    [
      "with a baseline that is none",
      [aFile("s.sarif", log()), aFile("base.sarif", "{}")],
      "gates.sarif-baseline-unreadable",
    ],
    ["with a log that is none", [aFile("s.sarif", "{}"), aFile("base.sarif", log())], "gates.report-unreadable"],
    ["without a log", [aFile("base.sarif", log())], "gates.report-missing"],
  ])("is inconclusive %s", async (_why, files, code) => {
    const { checks } = await sit(sarif, ...files);
    expect([conclude(checks).result, decidingCode(checks)]).toEqual(["inconclusive", code]);
  });
});
