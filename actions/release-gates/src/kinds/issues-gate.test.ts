import { describe, expect, it } from "vitest";
import type { IssueChange, TrackedIssue } from "#src/ports/issues";
import { aContext } from "#src/testing/builders";
import { FakeIssues } from "#src/testing/fake-issues";
import { gateTrial } from "#src/testing/gate-trial";
import { releaseGates } from "../release-gates.ts";

/** The plan of the trial began at noon. */
const before = new Date("2026-01-01T11:59:59Z");
const noon = new Date("2026-01-01T12:00:00Z");
const after = new Date("2026-01-01T12:30:00Z");

async function sit(tracker: FakeIssues, policy: object = {}) {
  const { given, context, ports } = gateTrial({ id: "tickets", kind: "issues", ...policy }, { issues: tracker });
  const report = await releaseGates(given, context, ports);
  return { ...report, check: report.checks[0] };
}

const codeOf = async (tracker: FakeIssues, policy?: object) => {
  const { check } = await sit(tracker, policy);
  return check?.result === "pass" ? "pass" : check?.code;
};

function aTracker(...issues: Partial<TrackedIssue>[]): FakeIssues {
  const tracker = new FakeIssues();
  tracker.labelNames.push("critical", "major", "in progress", "code review", "sev/1", "next");
  tracker.known.push({ number: 1, title: "v1.1.0", open: true });
  for (const issue of issues) tracker.put({ author: "ada", updated: before, ...issue });
  return tracker;
}

function change(tracker: FakeIssues, ...changes: [IssueChange["change"], string, Date][]): FakeIssues {
  for (const [name, about, at] of changes) tracker.history.push({ issue: 1, change: name, about, at });
  return tracker;
}

describe("a gate of kind issues", () => {
  it("GAT-43: passes where no issue of a severity that blocks is open", async () => {
    const open = { labels: ["minor"] };
    expect(await codeOf(aTracker(open, { labels: ["critical"], open: false, closed: before }))).toBe("pass");
  });

  it.each(["critical", "major", "Critical"])("GAT-43: fails with an open issue labelled %s", async (label) => {
    const { check, attachments, summary } = await sit(aTracker({ title: "It sinks", labels: [label] }));
    expect(check).toMatchObject({ result: "fail", code: "gates.severity-open" });
    expect(check?.because).toContain("#1 It sinks (open and");
    expect(attachments?.[0]?.content).toContain('"number":1');
    expect(summary).toContain("It sinks");
  });

  it("GAT-43: knows the severities that the project has, and no others", async () => {
    const policy = { "severity-labels": ["sev/1"] };
    expect(await codeOf(aTracker({ labels: ["critical"] }), policy)).toBe("pass");
    expect(await codeOf(aTracker({ labels: ["sev/1"] }), policy)).toBe("gates.severity-open");
  });

  it("never counts pull requests", async () => {
    expect(await codeOf(aTracker({ labels: ["critical"], pullRequest: true }))).toBe("pass");
  });

  it.each([
    ["of the milestone by tag", { milestone: "{tag}" }],
    ["of the milestone by version", { milestone: "v{version}" }],
    ["with the label", { label: "next" }],
    ["with both", { milestone: "v1.1.0", label: "next" }],
  ])("GAT-43: looks at issues %s only", async (_what, scope) => {
    const inside = { labels: ["critical", "next"], milestone: "v1.1.0" };
    expect(await codeOf(aTracker({ labels: ["critical"], milestone: "v2.0.0" }), { scope })).toBe("pass");
    expect(await codeOf(aTracker(inside), { scope })).toBe("gates.severity-open");
  });

  it("fails with any open issue in scope where none may be", async () => {
    const policy = { scope: { milestone: "v1.1.0" }, "none-open": true };
    expect(await codeOf(aTracker({ milestone: "v1.1.0" }), policy)).toBe("gates.scope-open");
    expect(await codeOf(aTracker({ milestone: "v1.1.0", open: false, closed: before }), policy)).toBe("pass");
  });
});

describe("GAT-56: a ticket", () => {
  it.each(["in progress", "Code Review"])("that is labelled %s blocks", async (label) => {
    expect(await codeOf(aTracker({ labels: [label] }))).toBe("gates.ticket-not-ready");
  });

  it("that is out of scope does not", async () => {
    expect(await codeOf(aTracker({ labels: ["in progress"] }), { scope: { milestone: "v1.1.0" } })).toBe("pass");
  });

  it("that was moved before the run began is what it is now", async () => {
    const tracker = change(
      aTracker({ updated: noon }),
      ["labeled", "in progress", before],
      ["unlabeled", "in progress", before],
    );
    expect(await codeOf(tracker)).toBe("pass");
  });

  it.each([
    ["had its label taken off", {}, [["unlabeled", "in progress", after]]],
    ["had its label taken off in the very second", {}, [["unlabeled", "in progress", noon]]],
    [
      "had it taken off twice",
      {},
      [
        ["unlabeled", "in progress", noon],
        ["labeled", "in progress", after],
        ["unlabeled", "in progress", after],
      ],
    ],
    ["was closed with its label on", { labels: ["in progress"], open: false, closed: after }, []],
    ["was closed in the very second", { labels: ["in progress"], open: false, closed: noon }, []],
    [
      "was closed and relabelled",
      { labels: ["done"], open: false, closed: after },
      [
        ["unlabeled", "in progress", after],
        ["labeled", "done", after],
      ],
    ],
  ] satisfies [string, Partial<TrackedIssue>, [IssueChange["change"], string, Date][]][])(
    "that %s after the run began blocks: moving it just to pass does not help",
    async (_what, issue, changes) => {
      const tracker = change(aTracker({ updated: after, ...issue }), ...changes);
      expect(await codeOf(tracker)).toBe("gates.ticket-not-ready");
    },
  );

  it.each([
    ["out of the milestone", { milestone: undefined }, ["demilestoned", "v1.1.0", after], { milestone: "v1.1.0" }],
    ["out of the label", {}, ["unlabeled", "next", after], { label: "next" }],
  ] satisfies [string, Partial<TrackedIssue>, [IssueChange["change"], string, Date], object][])(
    "that was taken %s after the run began blocks as well",
    async (_what, issue, moved, scope) => {
      const tracker = change(aTracker({ labels: ["in progress"], updated: after, ...issue }), moved);
      expect(await codeOf(tracker, { scope })).toBe("gates.ticket-not-ready");
    },
  );

  it("that came into the scope or was opened only after the run began is judged as it is now", async () => {
    const moved = change(
      aTracker({ updated: after, milestone: "v1.1.0" }),
      ["unlabeled", "in progress", after],
      ["milestoned", "v1.1.0", after],
    );
    expect(await codeOf(moved, { scope: { milestone: "v1.1.0" } })).toBe("pass");
    const fresh = change(
      aTracker({ updated: after }),
      ["labeled", "in progress", after],
      ["unlabeled", "in progress", after],
    );
    expect(await codeOf(fresh)).toBe("pass");
  });
});

describe("a gate of kind issues that cannot tell", () => {
  it("is inconclusive where its milestone does not exist, which is not the same as no issue", async () => {
    const scope = { milestone: "v9" };
    expect(await codeOf(aTracker(), { scope })).toBe("gates.milestone-unknown");
    expect((await sit(aTracker(), { scope })).check?.result).toBe("inconclusive");
  });

  it.each([
    ["its scope", { scope: { label: "nxet" } }, "nxet"],
    ["its severities", { "severity-labels": ["critical", "mjor"] }, "mjor"],
    ["tickets that are not ready", { "not-ready-labels": ["in progress", "in reveiw"] }, "in reveiw"],
  ])(
    "is inconclusive where a label of %s exists nowhere, which is not the same as no issue",
    async (_of, policy, name) => {
      const { check } = await sit(aTracker(), policy);
      expect(check).toMatchObject({ result: "inconclusive", code: "gates.label-unknown" });
      expect(check?.because).toContain(name);
    },
  );

  it("needs no label of tickets that every gate looks for unasked", async () => {
    const tracker = aTracker();
    tracker.labelNames.splice(0, tracker.labelNames.length, "critical", "major");
    expect(await codeOf(tracker)).toBe("pass");
  });

  it("takes labels that differ in their case only for one, as GitHub does", async () => {
    expect(await codeOf(aTracker(), { scope: { label: "Next" }, "severity-labels": ["CRITICAL"] })).toBe("pass");
  });

  it("asks for no label where none is configured", async () => {
    const tracker = aTracker();
    const policy = { scope: { milestone: "v1.1.0" }, "severity-labels": [], "none-open": true, "not-ready-labels": [] };
    expect(await codeOf(tracker, policy)).toBe("pass");
    expect(tracker.calls).toEqual(["milestones", "list"]);
  });

  it.each([
    ["may not read issues", { refuses: "reads" } as const, {}],
    ["is given a part of them", { cuts: true }, {}],
    ["is given a part of the milestones", { cuts: true }, { scope: { milestone: "v9" } }],
  ])("GAT-43: is inconclusive where it %s", async (_why, faults, policy) => {
    const tracker = aTracker();
    tracker.faults = faults;
    const { check } = await sit(tracker, policy);
    expect(check).toMatchObject({ result: "inconclusive", code: "gates.issues-unknown" });
  });

  it("GAT-56: reads fifty changed issues, and is inconclusive with one more", async () => {
    const many = (count: number) => aTracker(...Array.from({ length: count }, () => ({ updated: after })));
    expect(await codeOf(many(50))).toBe("pass");
    expect(await codeOf(many(51))).toBe("gates.issues-unknown");
  });

  it("asks for no change where no ticket has to be ready", async () => {
    const tracker = aTracker({ updated: after });
    expect(await codeOf(tracker, { "not-ready-labels": [] })).toBe("pass");
    expect(tracker.calls).toEqual(["labels", "list"]);
  });
});

describe("the configuration of a gate of kind issues", () => {
  const parse = (gate: object) => () => aContext({ gates: [{ id: "tickets", kind: "issues", ...gate }] });

  it.each([
    ["looks for nothing", { "severity-labels": [], "not-ready-labels": [] }],
    ["wants no open issue in no scope", { "none-open": true }],
    ["has a label with a comma", { "severity-labels": ["a,b"] }],
  ])("is refused where it %s", (_what, gate) => {
    expect(parse(gate)).toThrow(/expected a/);
  });

  it("is accepted with nothing but its kind", () => {
    expect(parse({})).not.toThrow();
  });
});
