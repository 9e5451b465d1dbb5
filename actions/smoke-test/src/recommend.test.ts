import { describe, expect, it } from "vitest";
import { aCheck } from "#src/testing/builders";
import { anExecution } from "#src/testing/fake-shell";
import { recommend } from "./recommend.ts";
import { setUp } from "./testing/smoke-stage.ts";

describe("SMK-31: what a smoke test recommends", () => {
  it("is to roll back for a required scenario that failed, with the scenario's name first", async () => {
    const scenarios = [
      { id: "works", run: "buoy --version", expect: { version: true } },
      { id: "writes", title: "A note is kept", run: "buoy note", expect: { files: ["note"] } },
    ];
    const answers = { "buoy --version": anExecution({ output: "buoy 1.1.0" }), "buoy note": anExecution() };
    const { outputs } = await setUp({ scenarios, answers }).run();
    expect(outputs?.recommendation).toBe("rollback");
    expect(outputs?.reason).toMatch(/^writes \(A note is kept\): expected the file note, found none/);
  });

  it("is nothing for a scenario that is not required", async () => {
    const scenarios = [
      { id: "works", run: "buoy --version", expect: { version: true } },
      { id: "extra", run: "buoy extra", expect: { files: ["note"] }, required: false },
    ];
    const answers = { "buoy --version": anExecution({ output: "buoy 1.1.0" }), "buoy extra": anExecution() };
    expect((await setUp({ scenarios, answers }).run()).outputs).toMatchObject({ recommendation: "none", reason: "" });
  });

  it("cannot be told where nothing failed for certain, or where the failure is of no scenario", () => {
    const unsure = aCheck({ id: "scenario-a", result: "inconclusive", code: "smoke.hung", because: "no network" });
    expect(recommend([unsure])).toEqual({ recommendation: "unknown", reason: `a (${unsure.title}): no network` });
    const other = aCheck({ id: "publish-verify", result: "fail", code: "smoke.stage-not-passed" });
    expect(recommend([other]).recommendation).toBe("unknown");
    expect(recommend([]).recommendation).toBe("unknown");
  });

  it("names the system, and the scenario of it, where several were tried", () => {
    const because = "A note is kept: expected the file note, found none";
    const failed = aCheck({
      id: "system-macos-14",
      title: "macos-14",
      result: "fail",
      code: "smoke.case-failed",
      because,
    });
    expect(recommend([aCheck(), failed])).toMatchObject({
      recommendation: "rollback",
      reason: `macos-14: ${because}`,
    });
  });

  it("is one line of 300 characters at most", () => {
    const failed = aCheck({ id: "scenario-a", result: "fail", code: "smoke.case-failed", because: "x\n".repeat(400) });
    const { reason } = recommend([failed]);
    expect([reason.length, reason.includes("\n")]).toEqual([300, false]);
  });
});
