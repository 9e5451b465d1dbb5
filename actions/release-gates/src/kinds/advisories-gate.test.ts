import { describe, expect, it } from "vitest";
import { conclude, decidingCode } from "#src/domain/verdict";
import { aFile } from "#src/testing/fake-checkout-files";
import { anExecution } from "#src/testing/fake-shell";
import { type GateWorld, gateTrial } from "#src/testing/gate-trial";
import { releaseGates } from "../release-gates.ts";

const total = (advisories: object) =>
  JSON.stringify({ auditReportVersion: 2, vulnerabilities: advisories, metadata: { dependencies: { total: 7 } } });
const cause = { source: 1, name: "glob", title: "a | b @octo", url: "", severity: "high" };
const vulnerable = total({ glob: { via: [cause] } });
const gate = { id: "deps", kind: "advisories", format: "npm-audit", files: ["audit*.json"] };

function sit(changes: object, world: GateWorld) {
  const { given, context, ports } = gateTrial({ ...gate, ...changes }, world);
  return releaseGates(given, context, ports);
}

describe("GAT-21: a leg of kind advisories", () => {
  it("passes when the tool found nothing", async () => {
    expect(conclude((await sit({}, { files: [aFile("audit.json", total({}))] })).checks).result).toBe("pass");
  });

  it("fails by any of several outputs, and shows advisories that cannot break out of the table", async () => {
    const report = await sit({}, { files: [aFile("audit-a.json", total({})), aFile("audit-b.json", vulnerable)] });
    expect(decidingCode(report.checks)).toBe("gates.deps-vulnerable");
    expect(report.summary).toContain("| `1` | `glob` | high | against | a \\| b @\u200Bocto |");
  });

  it("is inconclusive when one output is not the tool's", async () => {
    const report = await sit({}, { files: [aFile("audit-a.json", total({})), aFile("audit-b.json", "npm error")] });
    expect(conclude(report.checks).result).toBe("inconclusive");
    expect(decidingCode(report.checks)).toBe("gates.deps-unassessable");
  });

  it("reads what the tool writes although it exits with 1", async () => {
    const lines: GateWorld["lines"] = {
      audit: (files) => {
        files.push(aFile("audit.json", vulnerable));
        return anExecution({ exit: 1 });
      },
    };
    const excepted = { exceptions: [{ id: "1", reason: "never called with that", expires: "2026-01-01" }] };
    expect(decidingCode((await sit({ run: "audit" }, { lines })).checks)).toBe("gates.deps-vulnerable");
    expect(conclude((await sit({ run: "audit", ...excepted }, { lines })).checks).result).toBe("pass");
    const later = { lines, now: new Date("2026-01-02T00:00:00Z") };
    expect(decidingCode((await sit({ run: "audit", ...excepted }, later)).checks)).toBe("gates.deps-exception-expired");
  });

  it.each([
    ["a reason of nine characters", { id: "1", reason: "123456789", expires: "2026-01-01" }],
    ["no day", { id: "1", reason: "a good reason" }],
    ["a day that is none", { id: "1", reason: "a good reason", expires: "2026-02-30" }],
  ])("F28: refuses an exception with %s", (_what, exception) => {
    expect(() => gateTrial({ ...gate, exceptions: [exception] })).toThrow();
  });
});
