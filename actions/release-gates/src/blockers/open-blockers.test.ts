import { describe, expect, it } from "vitest";
import type { Check } from "#src/domain/verdict";
import { requirePlan } from "#src/stage-context";
import { aFailedGate, type BlockedRelease, blockedRelease } from "#src/testing/blocked-release";
import { aCheck, aContext } from "#src/testing/builders";
import { FakeIssues } from "#src/testing/fake-issues";
import { fileBlockers } from "./file-blockers.ts";
import { judgeOpenBlockers } from "./open-blockers.ts";

const filing = { file: true };
const judge = (tracker: FakeIssues, checks: Check[] = [aCheck({ id: "unit" })], blockers: object = filing) =>
  judgeOpenBlockers({ planned: requirePlan(aContext({ blockers })), checks }, tracker);
const judged = async (tracker: FakeIssues, checks?: Check[]) => (await judge(tracker, checks))[0]?.code ?? "pass";

async function blocked(options: BlockedRelease = {}): Promise<FakeIssues> {
  const tracker = new FakeIssues();
  await fileBlockers(blockedRelease(tracker, options));
  return tracker;
}

describe("GAT-43: a release with 0 open blockers", () => {
  it("passes where there is no epic, and where it is closed", async () => {
    expect(await judged(new FakeIssues())).toBe("pass");
    const tracker = await blocked();
    for (const issue of tracker.held) issue.open = false;
    expect(await judged(tracker)).toBe("pass");
  });

  it("passes with the blocker of a gate that passes in this very collection", async () => {
    const [check] = await judge(await blocked());
    expect(check).toMatchObject({ result: "pass", because: expect.stringContaining("1 more are over") });
  });

  it("passes with the blocker of a stage behind the gates, or of a job, which are proven again by themselves", async () => {
    const passing = [aCheck({ id: "unit" })];
    const late = aFailedGate("live", { code: "publish.no-channel" });
    expect(
      await judged(await blocked({ collected: passing, others: [{ stage: "publish-verify", checks: [late] }] })),
    ).toBe("pass");
  });
});

describe("GAT-43: a release with open blockers", () => {
  it("is blocked by one whose gate fails, is gone, or only is not applicable", async () => {
    const tracker = await blocked();
    expect(await judged(tracker, [aFailedGate("unit")])).toBe("gates.blockers-open");
    expect(await judged(tracker, [aCheck({ id: "lint" })])).toBe("gates.blockers-open");
    expect(await judged(tracker, [aCheck({ id: "unit", result: "not-applicable" })])).toBe("gates.blockers-open");
  });

  it("is blocked by every open part of the epic that a person wrote, also under a closed epic", async () => {
    const tracker = await blocked();
    for (const issue of tracker.held) issue.open = false;
    tracker.put({ title: "Rewrite the manual", author: "ada", parent: 1 });
    const [check] = await judge(tracker);
    expect(check).toMatchObject({ result: "fail", code: "gates.blockers-open" });
    expect(check?.because).toContain("#3 Rewrite the manual");
  });

  it("is blocked by the parts of an epic that a person opened under the exact title", async () => {
    const tracker = new FakeIssues();
    tracker.put({ title: "Release blockers: v1.1.0", author: "ada", labels: ["release-blocker"] });
    tracker.put({ title: "Ask the lawyers", author: "ada", parent: 1 });
    expect(await judged(tracker)).toBe("gates.blockers-open");
  });

  it("is blocked by a blocker without an epic, and by one whose marker a stranger copied", async () => {
    const tracker = await blocked();
    const [, task] = tracker.held.splice(0);
    const body = task?.body ?? "";
    tracker.put({ title: "[release-blocker][v1.1.0] By hand", author: "ada", labels: ["release-blocker"], body });
    expect(await judged(tracker)).toBe("gates.blockers-open");
  });

  it("is not blocked by those of another release", async () => {
    const tracker = await blocked();
    for (const issue of tracker.held) issue.title = issue.title.replace("v1.1.0", "v1.1.0-rc.1");
    const [, task] = tracker.held.splice(0);
    tracker.put({ ...task, parent: undefined, author: "ada", body: "" });
    expect(await judged(tracker)).toBe("pass");
  });
});

describe("GAT-43: a count that cannot be told", () => {
  it.each([{ cuts: true }, { refuses: "reads" } as const])("blocks: %j", async (faults) => {
    const [check] = await judge(new FakeIssues(faults));
    expect(check).toMatchObject({ result: "inconclusive", code: "gates.blockers-unknown", required: true });
  });
});

describe("a project that files no blockers", () => {
  it("is not asked for any, unless it wants to be", async () => {
    const tracker = new FakeIssues();
    expect(await judge(tracker, [], {})).toEqual([]);
    expect(await judge(tracker, [], { file: true, "require-none": false })).toEqual([]);
    expect(tracker.calls).toEqual([]);
    expect(await judge(tracker, [], { "require-none": true })).toHaveLength(1);
  });
});
