import { describe, expect, it } from "vitest";
import { gateTrial } from "#src/testing/gate-trial";
import { withRisk } from "#src/testing/risk-builders";
import { releaseGates } from "../release-gates.ts";

const report = new TextEncoder().encode('<testsuite name="s"><testcase classname="c" name="a"/></testsuite>');

async function run(mustRun: boolean, test: string | undefined) {
  const gate = { id: "unit", kind: "junit", files: ["unit.xml"], "must-run": mustRun };
  const { given, context, ports } = gateTrial(gate, {
    files: [{ path: "unit.xml", regular: true, bytes: report, size: report.length, modified: 0 }],
  });
  const because = "area store: store/a changed";
  const planned = test === undefined ? context : withRisk(context, { "must-run": [{ test, because }] });
  const { checks } = await releaseGates(given, planned, ports);
  return checks.find(({ id }) => id === "unit");
}

describe("GAT-59: a gate of kind junit", () => {
  it("with must-run holds the reports to what the plan requires", async () => {
    expect(await run(true, "c::a")).toMatchObject({ result: "pass" });
    expect(await run(true, "c::b")).toMatchObject({ result: "inconclusive", code: "gates.must-run-missing" });
  });

  it("with must-run is inconclusive where the plan does not say what the changes require", async () => {
    expect(await run(true, undefined)).toMatchObject({ result: "inconclusive", code: "gates.must-run-missing" });
    expect(await run(false, undefined)).toMatchObject({ result: "pass" });
  });

  it("without it does not", async () => {
    expect(await run(false, "c::b")).toMatchObject({ result: "pass" });
  });
});
