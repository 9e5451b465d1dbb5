import { describe, expect, it } from "vitest";
import { decide } from "./dispatched.ts";
import type { EndedRun } from "./ended-run.ts";
import type { JobResult, RunResult } from "./runner/contract.ts";

describe("of a run and those that it started", () => {
  it("the last one with a verdict decides, the first where none has one", () => {
    const [tagging, released, notified] = [aRun(1), aRun(2, { report: "verdict-1" }), aRun(3)];
    expect(decide(tagging, [released, notified]).deciding).toBe(released);
    expect(decide(tagging, [notified]).deciding).toBe(tagging);
  });

  it("one that was refused before it began decides, as its complaint would be lost otherwise", () => {
    const refused = aRun(2, { startupFailure: "line 3: no such key" });
    expect(decide(aRun(1, { report: "verdict-1" }), [refused]).deciding).toBe(refused);
  });

  it("all are a success together; one that failed without a verdict is not forgotten", () => {
    const tagging = aRun(1, { report: "verdict-1" });
    expect(decide(tagging, [aRun(2)]).conclusion).toBe("success");
    expect(decide(tagging, [aRun(2), aRun(3, { conclusion: "failure" }), aRun(4)])).toEqual({
      deciding: tagging,
      conclusion: "failure",
    });
    expect(decide(aRun(1, { conclusion: "lost" }), [aRun(2, { conclusion: "failure" })]).conclusion).toBe("lost");
  });
});

function aRun(runId: number, { report, ...changes }: Partial<RunResult> & { report?: string } = {}): EndedRun {
  const outputs: Record<string, string> = report === undefined ? {} : { report };
  const job: JobResult = {
    ...{ key: "conclude / verdict", id: "verdict", name: "Verdict", number: 1, workflowFile: "x.yml", attempt: 1 },
    ...{ conclusion: "success", result: "success", permissions: {}, steps: [], annotations: [], outputs },
  };
  return { runId, result: { conclusion: "success", attempt: 1, jobs: [job], outputs: {}, ...changes } };
}
