import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { recordInto } from "./bridge.ts";
import { aGitHub, type Fixture, NOON } from "./github/testing.ts";
import { withoutOwnRuns } from "./without-own-runs.ts";

let at: Fixture;

beforeEach(async () => {
  at = await aGitHub();
});
afterEach(() => at.close());

describe("ALL-05: what a rehearsal compares before and after", () => {
  it("stays the same while the rehearsal writes down its own run, its jobs and a reviewer's answer", async () => {
    const before = withoutOwnRuns(await at.github.snapshot());
    playOneJob();
    at.github.recordApproval({ runId: 7, environments: ["prod"], state: "approved", user: "ada", comment: "" });
    expect((await at.github.snapshot()).approvals).toHaveLength(1);
    expect(withoutOwnRuns(await at.github.snapshot())).toEqual(before);
  });

  it("changes with a check run that a stage writes, beside those of the jobs", async () => {
    playOneJob();
    const before = withoutOwnRuns(await at.github.snapshot());
    await at.ask("POST", "/repos/acme/rocket/check-runs", { body: { name: "stray", head_sha: at.head } });
    const after = withoutOwnRuns(await at.github.snapshot());
    expect(after.checkRuns.map(({ name }) => name)).toEqual([...before.checkRuns.map(({ name }) => name), "stray"]);
  });
});

/** Writes a run of one job into the embedded GitHub as a rehearsal does. */
function playOneJob(): void {
  const run = { runId: 7, path: ".github/workflows/release.yml", headSha: at.head, headBranch: "main", attempt: 1 };
  const tell = recordInto(at.github, { ...run, event: "push", actor: "rehearsal" }, () => NOON);
  const job = { key: "tag", id: "tag", name: "Tag", attempt: 1, number: 1, workflowFile: run.path };
  tell({ type: "job-started", at: 0, job });
  tell({ type: "job-finished", at: 1, job, conclusion: "success" });
}
