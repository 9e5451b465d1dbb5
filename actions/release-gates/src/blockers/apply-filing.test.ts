import { describe, expect, it } from "vitest";
import { canonicalJson } from "#src/domain/digest";
import { fingerprintOf } from "#src/domain/issue-marker";
import type { StageReport } from "#src/domain/report";
import { conclude } from "#src/domain/verdict";
import { aFailedGate, type BlockedRelease, blockedRelease } from "#src/testing/blocked-release";
import { aCheck } from "#src/testing/builders";
import { FakeIssues } from "#src/testing/fake-issues";
import { fileBlockers } from "./file-blockers.ts";

const file = (tracker: FakeIssues, options: BlockedRelease = {}) => fileBlockers(blockedRelease(tracker, options));
const passed: BlockedRelease = { attempt: 2, collected: [aCheck({ id: "unit" })] };
const states = ({ effects = [] }: StageReport) => effects.map(({ kind, state }) => `${kind} ${state}`);

describe("what an audit wants filed", () => {
  const fingerprint = fingerprintOf("audit", "one");
  const wanted = {
    file: [{ fingerprint, title: "Link the pull request", body: "why", labels: ["audit"] }],
    close: [{ number: 1, comment: "Released in v1.1.0." }],
  };
  const audited: BlockedRelease = {
    config: { blockers: {} },
    collected: [aCheck({ id: "unit" })],
    attachments: { "issues-to-file.json": canonicalJson(wanted) },
  };

  it("is filed and closed, once, also where blockers are not filed", async () => {
    const tracker = new FakeIssues();
    tracker.put({ title: "Old", author: "ada" });
    await file(tracker, audited);
    const again = await file(tracker, audited);
    expect(tracker.held).toMatchObject([
      { title: "Old", open: false },
      { title: "Link the pull request", open: true, labels: ["release-audit", "audit"] },
    ]);
    expect(tracker.notes).toHaveLength(1);
    expect(states(again)).toEqual(["issue-comment already", "issue-state already"]);
  });

  const fixing = {
    ...audited,
    attachments: {
      "issues-to-file.json": canonicalJson({ file: [{ ...wanted.file[0], fixed: "Fixed by abc." }], close: [] }),
    },
  };

  it("PLN-42: is closed as it is filed, with what shows it, where its fix is in", async () => {
    const tracker = new FakeIssues();
    const report = await file(tracker, fixing);
    expect(states(report)).toEqual(["issue done", "issue-comment done", "issue-state done"]);
    expect(tracker.held).toMatchObject([{ title: "Link the pull request", open: false }]);
    expect(tracker.notes).toMatchObject([{ issue: 1, body: expect.stringMatching(/-->\nFixed by abc\.$/) }]);
    expect(states(await file(tracker, fixing))).toEqual([]);
  });

  it.each([1, 2, 3].flatMap((atWrite) => (["before", "after"] as const).map((moment) => ({ atWrite, moment }))))(
    "PLN-42: dies $moment write $atWrite of filing and closing, and converges when it is run again",
    async (dies) => {
      const [smooth, rough] = [new FakeIssues(), new FakeIssues({ dies })];
      await file(smooth, fixing);
      await file(rough, fixing);
      rough.faults = {};
      expect(conclude((await file(rough, fixing)).checks).result).toBe("pass");
      expect(seen(rough)).toEqual(seen(smooth));
    },
  );
});

/** Everything that people see, without what differs from run to run. */
function seen(tracker: FakeIssues): unknown {
  const issues = tracker.held.map(({ title, open, parent, labels }) => ({ title, open, parent, labels }));
  return { issues, notes: tracker.notes.map(({ issue, body }) => ({ issue, body })) };
}

describe("a filing that dies at any of its writes", () => {
  const scenes: [what: string, before: BlockedRelease[], last: BlockedRelease][] = [
    ["files", [], { collected: [aFailedGate("unit"), aFailedGate("lint")] }],
    ["opens again", [{}, passed], { attempt: 3 }],
    ["comments", [{}], { attempt: 2 }],
    ["closes", [{}], passed],
  ];
  const deaths = scenes.flatMap(([what, before, last]) =>
    [1, 2, 3, 4, 5].flatMap((atWrite) =>
      (["before", "after"] as const).map((moment) => ({ what, before, last, dies: { atWrite, moment } })),
    ),
  );

  it.each(deaths)(
    "GAT-42: $what, dies $dies.moment write $dies.atWrite, converges when it is run again",
    async (scene) => {
      const [smooth, rough] = [new FakeIssues(), new FakeIssues()];
      for (const options of scene.before) {
        await file(smooth, options);
        await file(rough, options);
      }
      await file(smooth, scene.last);
      rough.diesNext(scene.dies);
      await file(rough, scene.last);
      rough.faults = {};
      const report = await file(rough, scene.last);
      expect(conclude(report.checks).result).toBe("pass");
      expect(seen(rough)).toEqual(seen(smooth));
    },
  );
});
