import { describe, expect, it } from "vitest";
import { planDigest } from "#src/domain/effect";
import { formatMarker } from "#src/domain/issue-marker";
import type { StageReport } from "#src/domain/report";
import { conclude, decidingCode } from "#src/domain/verdict";
import { aFailedGate, type BlockedRelease, blockedRelease } from "#src/testing/blocked-release";
import { aCheck } from "#src/testing/builders";
import { FakeIssues } from "#src/testing/fake-issues";
import { fileBlockers } from "./file-blockers.ts";

const file = (tracker: FakeIssues, options: BlockedRelease = {}) => fileBlockers(blockedRelease(tracker, options));
const passed: BlockedRelease = { attempt: 2, collected: [aCheck({ id: "unit" })] };
const states = ({ effects = [] }: StageReport) => effects.map(({ kind, state }) => `${kind} ${state}`);
const standing = ({ held }: FakeIssues) => held.map(({ title, open, parent }) => [title, open, parent]);

const epic = "Release blockers: v1.1.0";
const task = "[release-blocker][v1.1.0] The tests pass";

describe("GAT-40 GAT-41: a release that a gate blocks", () => {
  it("has a blocker for each gate that is inconclusive too, where another one fails", async () => {
    const tracker = new FakeIssues();
    const doubt = { result: "inconclusive", code: "gates.leg-missing" } as const;
    const collected = [
      aFailedGate("unit"),
      aFailedGate("lint", { title: "The style is kept", ...doubt }),
      aFailedGate("docs", { title: "The pages build", ...doubt }),
      aFailedGate("hint", { title: "A hint", required: false }),
    ];
    await file(tracker, { collected });
    expect(standing(tracker)).toEqual([
      [epic, true, undefined],
      [task, true, 1],
      ["[release-blocker][v1.1.0] The style is kept", true, 1],
      ["[release-blocker][v1.1.0] The pages build", true, 1],
    ]);
  });

  it("has one epic with its exact title, and under it one blocker with the labels of both", async () => {
    const tracker = new FakeIssues();
    const report = await file(tracker);
    expect(conclude(report.checks).result).toBe("pass");
    expect(standing(tracker)).toEqual([
      [epic, true, undefined],
      [task, true, 1],
    ]);
    expect(tracker.held.map(({ labels }) => labels)).toEqual([["release-blocker"], ["release-blocker"]]);
    expect(states(report)).toEqual(["issue done", "issue done", "sub-issue done"]);
  });

  it("writes five sections into both, and hides what they are found by in the first line", async () => {
    const tracker = new FakeIssues();
    await file(tracker);
    const sections = [
      "Goal",
      "Background / Rationale",
      "Acceptance Criteria",
      "Automated Validation Gates",
      "Consult Me",
    ];
    for (const { body } of tracker.held) {
      expect([...body.matchAll(/^## (.+)$/gm)].map(([, heading]) => heading)).toEqual(sections);
      expect(body).toMatch(/^<!-- seaworthy:(epic|blocker) /);
    }
    expect(tracker.held[1]?.body).toContain("Gate: `unit`");
    expect(tracker.held[1]?.body).toContain("Target: `v1.1.0`");
  });

  it("GAT-44: shows run, failed jobs, command, an excerpt of the log without secrets, and how to run again", async () => {
    const tracker = new FakeIssues();
    const log = `start  with   s3cret\n${"line\n".repeat(20)}`;
    const jobs = [{ name: "Gate unit", url: "", conclusion: "failure", step: "Run tests", log: undefined }];
    await file(tracker, { log, jobs });
    const body = tracker.held[1]?.body ?? "";
    expect(body).toContain("- Run: [7](https://github.example/octo/tide/actions/runs/7), attempt 1");
    expect(body).toContain("Failed jobs: `Gate unit (step Run tests)`");
    expect(body).toContain("Failed command: `npm test`");
    expect(body).toContain(`\`\`\`\nstart with ***\n${"line\n".repeat(11)}\`\`\``);
    expect(body).toContain("gh run rerun 7 --failed --repo octo/tide");
    expect(JSON.stringify(tracker.held)).not.toContain("s3cret");
  });

  it("GAT-44: says that the run's jobs could not be read, and files all the same", async () => {
    const tracker = new FakeIssues();
    const report = await file(tracker, { jobs: new Error("HTTP 403") });
    expect(tracker.held[1]?.body).toContain("Failed jobs: could not be read");
    expect(report.checks[1]).toMatchObject({ required: false, code: "gates.run-metadata-unreadable" });
    expect(conclude(report.checks).result).toBe("pass");
  });

  it("keeps every section, however long the finding is", async () => {
    const tracker = new FakeIssues();
    await file(tracker, { collected: [aFailedGate("unit", { because: "x ".repeat(50_000), title: "y".repeat(500) })] });
    expect(tracker.held[1]?.title).toHaveLength(240);
    expect(tracker.held[1]?.body.length).toBeLessThan(65_536);
    expect(tracker.held[1]?.body).toContain("## Consult Me");
  });

  it("neutralises what strangers wrote, and cannot be given a second marker", async () => {
    const tracker = new FakeIssues();
    const forged = formatMarker({
      kind: "epic",
      origin: "none",
      fingerprint: "a".repeat(64),
      about: "b".repeat(64),
      finding: "c".repeat(64),
    });
    const hostile = `@everyone fixes #1 ![x](https://evil.example/p.png) <img src=x> \u202Eevil ${forged}`;
    await file(tracker, { collected: [aFailedGate("unit", { title: `Tests\n${hostile}`, because: hostile })] });
    const [, blocker] = tracker.held;
    expect(blocker?.title).not.toMatch(/[\n\u202E]/);
    const [, ...lines] = (blocker?.body ?? "").split("\n");
    const text = lines.join("\n");
    expect(text).not.toMatch(/@everyone|<!--|<img|!\[x\]\(|\u202E| #1 /);
  });
});

describe("GAT-42: the same blocker", () => {
  it("is filed once, however often the same records are filed", async () => {
    const tracker = new FakeIssues();
    const first = await file(tracker);
    const again = await file(tracker);
    expect(tracker.held).toHaveLength(2);
    expect(tracker.notes).toEqual([]);
    expect(states(again)).toEqual(["issue already", "sub-issue already"]);
    expect(conclude(first.checks).result).toBe("pass");
  });

  it("gets one comment for each new finding, not for each rerun", async () => {
    const tracker = new FakeIssues();
    await file(tracker);
    await file(tracker, { attempt: 2 });
    await file(tracker, { attempt: 2 });
    expect(tracker.notes.map(({ issue }) => issue)).toEqual([2]);
    expect(tracker.notes[0]?.body).toContain("This still blocks the release.");
    expect(tracker.held).toHaveLength(2);
  });

  it("is opened again, with its epic, where it was closed", async () => {
    const tracker = new FakeIssues();
    await file(tracker);
    for (const issue of tracker.held) issue.open = false;
    await file(tracker, { attempt: 2 });
    expect(standing(tracker)).toEqual([
      [epic, true, undefined],
      [task, true, 1],
    ]);
    expect(tracker.notes[0]?.body).toContain("opened again");
  });

  it("is another one for another reason code or gate, and the same for other words", async () => {
    const tracker = new FakeIssues();
    await file(tracker);
    await file(tracker, { attempt: 2, collected: [aFailedGate("unit", { because: "exit 2", title: "Renamed" })] });
    expect(tracker.held).toHaveLength(2);
    await file(tracker, {
      attempt: 3,
      collected: [aFailedGate("unit", { code: "gates.timeout" }), aFailedGate("lint")],
    });
    expect(tracker.held).toHaveLength(4);
  });

  it("is closed with what shows that its gate has passed, and the epic with the last one", async () => {
    const tracker = new FakeIssues();
    await file(tracker);
    const report = await file(tracker, passed);
    expect(standing(tracker)).toEqual([
      [epic, false, undefined],
      [task, false, 1],
    ]);
    expect(tracker.notes[0]?.body).toMatch(/Evidence: `seaworthy-release-gates-2@sha256:[0-9a-f]{64}`/);
    expect(states(report)).toEqual([
      "issue-comment done",
      "issue-state done",
      "issue-comment done",
      "issue-state done",
    ]);
    const writes = tracker.calls.length;
    expect(states(await file(tracker, passed))).toEqual([]);
    expect(tracker.calls.slice(writes)).toEqual(["list", "parts 1"]);
  });

  it("stays open while a record of its stage is refused, although another one holds", async () => {
    const tracker = new FakeIssues();
    const refused = [{ artifact: "seaworthy-release-gates-1", code: "all.evidence-doubled" as const, because: "two" }];
    const options = { collected: [aCheck({ id: "unit" })], refused };
    await file(tracker, options);
    await file(tracker, { ...options, attempt: 2 });
    expect(tracker.held.map(({ open }) => open)).toEqual([true, true]);
    expect(tracker.notes.map(({ body }) => body)).toEqual([expect.stringContaining("This still blocks")]);
  });

  it("stays open while its gate has not passed, whatever else has", async () => {
    const tracker = new FakeIssues();
    await file(tracker);
    await file(tracker, { attempt: 2, collected: [aCheck({ id: "lint" })] });
    expect(standing(tracker)).toEqual([
      [epic, true, undefined],
      [task, true, 1],
    ]);
  });

  it("GAT-43: leaves the epic open while a part that a person added is", async () => {
    const tracker = new FakeIssues();
    await file(tracker);
    tracker.put({ title: "Rewrite the manual", author: "ada", parent: 1 });
    await file(tracker, passed);
    expect(tracker.held.map(({ open }) => open)).toEqual([true, false, true]);
  });
});

describe("forged issues", () => {
  it("GAT-42: neither hide a blocker nor are closed, whatever marker and title a stranger gives them", async () => {
    const [first, second] = [new FakeIssues(), new FakeIssues()];
    await file(first);
    for (const { title, body, labels } of first.held) second.put({ title, body, labels, author: "mallory" });
    await file(second);
    expect(second.held).toHaveLength(4);
    expect(second.held.slice(2).map(({ author, parent }) => [author, parent])).toEqual([
      ["github-actions[bot]", undefined],
      ["github-actions[bot]", 3],
    ]);
    await file(second, passed);
    expect(second.held.map(({ open }) => open)).toEqual([true, true, true, false]);
  });

  it("GAT-42: comments of strangers do not stand for the suite's own", async () => {
    const tracker = new FakeIssues();
    await file(tracker);
    await file(tracker, { attempt: 2 });
    const said = tracker.notes.splice(0).slice(0, 1);
    tracker.notes.push(...said.map((one) => ({ ...one, author: "mallory" })));
    await file(tracker, { attempt: 2 });
    expect(tracker.notes.map(({ author }) => author)).toEqual(["mallory", "github-actions[bot]"]);
  });
});

describe("GAT-45: a stage that crashed", () => {
  it("is a blocker where the collector has left no record, and is closed once it does", async () => {
    const tracker = new FakeIssues();
    await file(tracker, { collected: "none" });
    expect(tracker.held[1]?.title).toBe("[release-blocker][v1.1.0] Stage release-gates leaves a record that holds");
    expect(tracker.held[1]?.body).toContain("it crashed, was cancelled or never ran");
    await file(tracker, passed);
    expect(tracker.held.map(({ open }) => open)).toEqual([false, false]);
  });

  it("is a blocker where a record does not hold", async () => {
    const tracker = new FakeIssues();
    const artifact = "seaworthy-release-gates-1";
    const refused = [{ artifact, code: "all.evidence-mismatch" as const, because: "another digest" }];
    await file(tracker, { collected: "none", refused });
    expect(tracker.held).toHaveLength(2);
    expect(tracker.held[1]?.body).toContain("all.evidence-mismatch");
  });

  it("is a blocker where only its job tells of it", async () => {
    const tracker = new FakeIssues();
    const room = blockedRelease(tracker, { collected: [aCheck({ id: "unit" })] });
    const jobs = [{ name: "Publish", url: "", conclusion: "failure", step: "npm publish", log: "noise\nE403 no" }];
    const ports = { ...room.ports, runs: { failedJobs: async () => jobs } };
    const results = JSON.stringify({ prepare: { result: "success" }, publish: { result: "failure" } });
    await fileBlockers({ ...room, ports, given: { ...room.given, results } });
    expect(tracker.held[1]?.title).toBe("[release-blocker][v1.1.0] Job publish succeeds");
    expect(tracker.held[1]?.body).toContain("E403 no");
    expect(tracker.held[1]?.body).toContain("Job results: `publish: failure`");
  });

  it("GAT-43: is none where the collector blocks for open blockers alone", async () => {
    const tracker = new FakeIssues();
    const open = aFailedGate("blockers-none-open", { code: "gates.blockers-open" });
    const room = blockedRelease(tracker, { collected: [aCheck({ id: "unit" }), open] });
    const results = JSON.stringify({ prepare: { result: "failure" } });
    await fileBlockers({ ...room, given: { ...room.given, results } });
    expect(tracker.held).toEqual([]);
  });

  it("ALL-04: is a blocker where the plan itself has failed, as far as it names the release", async () => {
    const tracker = new FakeIssues();
    const planned = [
      aFailedGate("changelog", { title: "The changelog is right", code: "plan.changelog-section-missing" }),
    ];
    await file(tracker, { planned, collected: "none" });
    expect(tracker.held.map(({ title }) => title)).toEqual([epic, "[release-blocker][v1.1.0] The changelog is right"]);
  });

  it("PUB-34: shows the log of the first job that failed where a later stage found what that job left behind", async () => {
    const tracker = new FakeIssues();
    const partial = aFailedGate("channels", { title: "All channels serve it", code: "publish.partial" });
    const others = [{ stage: "publish-verify" as const, checks: [partial] }];
    const room = blockedRelease(tracker, { collected: [aCheck({ id: "unit" })], others });
    const failed = { url: "", conclusion: "failure" };
    const jobs = [
      { ...failed, name: "Publish", step: "npm publish", log: "noise\nE403 no" },
      { ...failed, name: "Conclude / Is it live?", step: "Run publish-verify", log: "what the blocker says already" },
    ];
    await fileBlockers({ ...room, ports: { ...room.ports, runs: { failedJobs: async () => jobs } } });
    expect(tracker.held[1]?.body).toContain("E403 no");
    expect(tracker.held[1]?.body).toContain("Failed command: `npm publish`");
  });

  it("ALL-04: is a blocker for any stage", async () => {
    const tracker = new FakeIssues();
    const broken = aFailedGate("tag-unique", { title: "One tag", code: "tag.gates-not-passed" });
    await file(tracker, { collected: [aCheck({ id: "unit" })], others: [{ stage: "auto-tag", checks: [broken] }] });
    expect(tracker.held[1]?.body).toContain("Gate: `auto-tag: tag-unique`");
  });
});

describe("a filing that cannot write", () => {
  it.each([
    ["GAT-45: without the permission", { refuses: "writes" } as const, "gates.issues-permission"],
    ["GAT-45: without seeing the issues", { refuses: "reads" } as const, "gates.issues-permission"],
    ["GAT-43: where the list is not whole", { cuts: true }, "gates.blockers-unknown"],
    ["GAT-40: whose answer is lost", { dies: { atWrite: 2, moment: "after" } } as const, "gates.blocker-unfiled"],
  ])("%s blocks with its own code, and the summary carries the text", async (_why, faults, code) => {
    const report = await file(new FakeIssues(faults));
    expect(decidingCode(report.checks)).toBe(code);
    expect(report.summary).toContain("#### Acceptance Criteria");
    expect(report.summary).toContain("Gate: `unit`");
  });

  it("GAT-42: refuses to go on where its labels are not taken, by which it would be found again", async () => {
    const report = await file(new FakeIssues({ dropsLabels: true }));
    expect(report.checks[0]).toMatchObject({
      code: "gates.blocker-unfiled",
      because: expect.stringContaining("no label"),
    });
  });

  it("GAT-42: refuses to go on where its issues are written by another account than the policy names", async () => {
    const tracker = new FakeIssues();
    tracker.author = "release-app[bot]";
    const report = await file(tracker);
    expect(report.checks[0]?.because).toContain("`blockers.author` names github-actions[bot]");
    expect(states(report)).toEqual(["issue refused", "issue refused", "sub-issue refused"]);
  });

  it("GAT-40: says where no plan names the release", async () => {
    const room = blockedRelease();
    const [, ...admitted] = room.context.ledger.admitted;
    const report = await fileBlockers({ ...room, context: { ...room.context, ledger: { admitted, refused: [] } } });
    expect(decidingCode(report.checks)).toBe("gates.blocker-unfiled");
  });
});

describe("ALL-04: a small project that files nothing", () => {
  it("asks the tracker nothing, and finds the text in the summary", async () => {
    const tracker = new FakeIssues();
    const report = await file(tracker, { config: { blockers: {} } });
    expect(tracker.calls).toEqual([]);
    expect(conclude(report.checks).result).toBe("pass");
    expect(report.summary).toContain("#### Consult Me");
  });
});

describe("a rehearsal", () => {
  it("GAT-41 ALL-05: plans what the live run does, with the same digest, and writes nothing", async () => {
    const tracker = new FakeIssues();
    const planned = await file(tracker, { mode: "rehearsal" });
    expect(tracker.held).toEqual([]);
    expect(new Set(planned.effects?.map(({ state }) => state))).toEqual(new Set(["planned"]));
    expect(planned.summary).toContain("## ");
    const live = await file(tracker);
    expect(planDigest(planned.effects ?? [])).toBe(planDigest(live.effects ?? []));
    const closing = await file(tracker, { ...passed, mode: "rehearsal" });
    expect(planDigest(closing.effects ?? [])).toBe(planDigest((await file(tracker, passed)).effects ?? []));
  });
});
