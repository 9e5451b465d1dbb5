import { describe, expect, it } from "vitest";
import { conclude, decidingCode } from "#src/domain/verdict";
import type { CheckoutFile } from "#src/ports/checkout-files";
import { aFile } from "#src/testing/fake-checkout-files";
import { anExecution } from "#src/testing/fake-shell";
import { type GateWorld, gateTrial } from "#src/testing/gate-trial";
import { releaseGates } from "../release-gates.ts";

const good = `<testsuite><testcase name="a"/></testsuite>`;
const bad = `<testsuite><testcase name="a"><failure/></testcase></testsuite>`;
const junit = { id: "tests", kind: "junit", files: ["out/*.xml"] };
const withRun = { ...junit, run: "npm test" };
const writes = (file: CheckoutFile, exit = 0) => ({
  "npm test": (files: CheckoutFile[]) => {
    files.splice(0, files.length, ...files.filter(({ path }) => path !== file.path), file);
    return anExecution({ exit });
  },
});

describe("a gate that reads files", () => {
  it("GAT-03: judges what lies there, and names each file with its digest", async () => {
    const report = await sit(junit, { files: [aFile("out/a.xml", good)] });
    expect(conclude(report.checks).result).toBe("pass");
    expect(report.checks[0]?.evidence).toEqual([expect.stringMatching(/^out\/a\.xml sha256:/)]);
    expect(report.attachments).toMatchObject([{ name: "tests.json" }]);
  });

  it("GAT-01: judges what its command wrote, beside the log", async () => {
    const report = await sit(withRun, { lines: writes(aFile("out/a.xml", bad), 1) });
    expect(decidingCode(report.checks)).toBe("gates.tests-failed");
    expect(report.attachments?.map(({ name }) => name)).toEqual(["log.txt", "tests.json"]);
    expect(report.summary).toContain("| `a` | failed |");
  });

  it.each([
    ["F23: nothing lies there", junit, {}, "gates.report-missing"],
    [
      "a report cannot be read",
      junit,
      { files: [aFile("out/a.xml", good), aFile("out/b.xml", "{")] },
      "gates.report-unreadable",
    ],
    [
      "a report is a link",
      junit,
      { files: [aFile("out/a.xml", "", { regular: false, bytes: undefined })] },
      "gates.report-unreadable",
    ],
    [
      "a report is too large",
      junit,
      { files: [aFile("out/a.xml", good, { size: 2 ** 31 })] },
      "gates.report-unreadable",
    ],
    [
      "the command left the old report",
      withRun,
      { files: [aFile("out/a.xml", good)], lines: { "npm test": anExecution() } },
      "gates.report-stale",
    ],
    ["the command wrote none", withRun, { lines: { "npm test": anExecution() } }, "gates.report-missing"],
    [
      "the command ran out of time",
      withRun,
      { lines: { "npm test": anExecution({ ending: "timed-out", exit: undefined }) } },
      "gates.timeout",
    ],
    ["the command never started", withRun, {}, "gates.not-run"],
    ["a tool is missing", { ...withRun, tools: ["mvn"] }, {}, "gates.tool-missing"],
  ])("ALL-03: is inconclusive when %s", async (_why, gate, world, code) => {
    const report = await sit(gate, world);
    expect([conclude(report.checks).result, decidingCode(report.checks)]).toEqual(["inconclusive", code]);
  });

  it("takes a report that was written anew with the same content for fresh", async () => {
    const world = { files: [aFile("out/a.xml", good)], lines: writes(aFile("out/a.xml", good, { modified: 9 })) };
    expect(conclude((await sit(withRun, world)).checks).result).toBe("pass");
  });

  it("GAT-06 F47: says when its command's log speaks of the environment", async () => {
    const lines = { "npm test": anExecution({ exit: 1, output: "npm error ENOTFOUND" }) };
    expect((await sit(withRun, { lines })).checks[0]?.evidence).toContain("class environment");
  });

  it("keeps its evidence short where there are many files", async () => {
    const files = Array.from({ length: 51 }, (_none, index) => aFile(`out/${index}.xml`, good));
    expect((await sit(junit, { files })).checks[0]?.evidence).toEqual([expect.stringMatching(/^51 files sha256:/)]);
  });

  it("GAT-32: fails while a variable is empty", async () => {
    const report = await sit({ ...junit, environment: ["KEY"] }, { files: [aFile("out/a.xml", good)] });
    expect(decidingCode(report.checks)).toBe("gates.required-env-empty");
  });
});

describe("ALL-19: a gate that reads files, with a self-test", () => {
  const tested = { ...junit, "self-test": { good: "fixtures/good.xml", bad: "fixtures/bad.xml" } };
  const candidate = aFile("out/a.xml", good);

  it.each([
    [
      "passes when it tells good from bad",
      [aFile("fixtures/good.xml", good), aFile("fixtures/bad.xml", bad)],
      undefined,
    ],
    [
      "F18: fails when the bad passes",
      [aFile("fixtures/good.xml", good), aFile("fixtures/bad.xml", good)],
      "gates.self-test-failed",
    ],
    [
      "F19: fails when the good does not",
      [aFile("fixtures/good.xml", bad), aFile("fixtures/bad.xml", bad)],
      "gates.self-test-failed",
    ],
    ["is inconclusive without the bad", [aFile("fixtures/good.xml", good)], "gates.self-test-not-run"],
  ])("%s", async (_rule, fixtures, code) => {
    const report = await sit(tested, { files: [candidate, ...fixtures] });
    expect(decidingCode(report.checks)).toBe(code);
  });
});

function sit(gate: { id: string; [key: string]: unknown }, world: GateWorld) {
  const { given, context, ports } = gateTrial(gate, world);
  return releaseGates(given, context, ports);
}
