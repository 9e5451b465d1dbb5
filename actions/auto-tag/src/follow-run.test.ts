import { describe, expect, it } from "vitest";
import { decidingCode } from "#src/domain/verdict";
import { aSha } from "#src/testing/builders";
import { fakeClock } from "#src/testing/fake-clock";
import { FakeTags } from "#src/testing/fake-tags";
import { FakeWorkflowRuns, type RunFaults } from "#src/testing/fake-workflow-runs";
import { gated, sit } from "./testing/auto-tag-stage.ts";

const next = { mode: "dispatch", workflow: "release.yml", follow: true, "follow-timeout": "10m" };

async function sitting({ faults = {} }: { faults?: RunFaults } = {}) {
  const clock = fakeClock();
  const runs = new FakeWorkflowRuns(clock, aSha(), faults);
  const report = await sit(new FakeTags(), gated({ config: { tag: { next } } }), { runs, clock });
  return { report, runs, code: decidingCode(report.checks) };
}

describe("a run that is followed", () => {
  it("TAG-13: passes with its success", async () => {
    const { code, runs } = await sitting({ faults: { concludesAfter: 300_000 } });
    expect(code).toBeUndefined();
    expect(runs.calls.filter((call) => call === "read").length).toBeLessThanOrEqual(22);
  });

  it("TAG-13: fails with the jobs that failed, and the ends of their logs where they cannot speak Markdown", async () => {
    const log = `${"noise\n".repeat(40)}\`\`\`\n# not a heading\nnpm error code E403\n`;
    const failed = [{ name: "publish @npm", url: "https://x.example/1", conclusion: "failure", step: "upload", log }];
    const { report, code } = await sitting({ faults: { concludesAfter: 1, conclusion: "failure", failed } });
    expect(code).toBe("tag.downstream-failed");
    expect(report.checks.at(-1)?.because).toContain("publish @npm (upload)");
    expect(report.checks.at(-1)?.evidence).toContain("https://x.example/1");
    expect(report.summary).toContain("npm error code E403");
    expect(report.summary).toContain("````");
    expect(report.summary?.length).toBeLessThan(1_000);
    expect(report.outputs).toMatchObject({ "run-id": "100", next: "started" });
  });

  it("TAG-13: blocks where it does not conclude in time", async () => {
    expect((await sitting()).code).toBe("tag.downstream-timeout");
  });
});
