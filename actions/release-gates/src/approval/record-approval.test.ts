import { describe, expect, it } from "vitest";
import type { AdmittedRecord } from "#src/domain/admission";
import type { EvidenceRecord } from "#src/domain/evidence";
import { conclude, decidingCode } from "#src/domain/verdict";
import type { RunReview } from "#src/ports/approvals";
import { requirePlan } from "#src/stage-context";
import { aCheck, aContext, anArrival, aRecord, aRelease, aSha } from "#src/testing/builders";
import { fakeApprovals, fakeMergeReviews, type Said } from "#src/testing/fake-approvals";
import { fakeClock } from "#src/testing/fake-clock";
import { FakeIssues } from "#src/testing/fake-issues";
import { FakeLedgerStore } from "#src/testing/fake-ledger-store";
import { gateTrial } from "#src/testing/gate-trial";
import { releaseGates } from "../release-gates.ts";
import { withEarlierReviews } from "./earlier-reviews.ts";

const byEnvironment = { id: "sign-off", title: "A person agrees", kind: "approval", environment: "release" };
const byIssue = { id: "sign-off", kind: "approval", fallback: "issue", approvers: ["joan"] };
const approved = { state: "approved", by: "grace", automated: false, comment: "go", environments: ["release"] };

/** Issues on which each look finds the next comment of joan's, if any. */
class Tracker extends FakeIssues {
  looks: ({ at: string; body?: string } | undefined)[];
  seen: string[] = [];

  constructor(...looks: Tracker["looks"]) {
    super();
    this.looks = looks;
    this.put({ title: "Approve release v1.0.9", updated: new Date("2025-12-30T12:00:00Z") });
    this.put({ title: "Approve release v1.1.0", author: "joan" });
  }

  override async comments(number: number) {
    const look = this.looks[Math.min(this.seen.length, this.looks.length - 1)];
    this.seen.push(this.held.find((issue) => issue.number === number)?.title ?? "");
    if (look) {
      this.author = "joan";
      this.now = new Date(look.at);
      await this.comment(number, look.body ?? `approve v1.1.0 ${aSha()}`);
    }
    return super.comments(number);
  }
}

interface Around {
  said?: Said;
  issues?: FakeIssues;
  mode?: "live" | "rehearsal";
  collector?: Partial<EvidenceRecord> | "absent";
  answered?: string;
  held?: string;
  gate?: string;
  /** Reviews that the collection has seen. */
  before?: RunReview[];
  /** Answers of earlier attempts. */
  earlier?: AdmittedRecord[];
}

function collection(gathered: EvidenceRecord, before: RunReview[]): AdmittedRecord {
  const [kept] = withEarlierReviews({ checks: [], next: "" }, before).attachments ?? [];
  const arrival = anArrival(gathered);
  return { ...arrival, attachments: new Map([[kept?.name ?? "", new TextEncoder().encode(String(kept?.content))]]) };
}

async function record(
  gates: object[],
  {
    said,
    issues = new Tracker(undefined),
    mode = "live",
    collector = {},
    before = [],
    earlier = [],
    ...around
  }: Around = {},
) {
  const { answered = "2026-01-01T12:00:30Z", held = "release", gate = "" } = around;
  const release = aRelease({ mode });
  const planned = aContext({ gates }, [], release);
  const { policy } = requirePlan(planned);
  const gathered = aRecord({ stage: "release-gates", policy, release, finished: "2026-01-01T12:00:00Z" });
  const others = collector === "absent" ? [] : [collection({ ...gathered, ...collector }, before)];
  const clock = fakeClock(new Date("2026-01-01T12:01:00Z"));
  const { ports } = gateTrial({ id: "any", kind: "command", run: "true" });
  const report = await releaseGates(
    {
      ...{ "release-mode": mode, records: "", mode: "approve", results: "", gate },
      ...{ "github-token": "t", "answered-at": answered, "approval-environment": held },
    },
    aContext({ gates }, others, release),
    {
      ...{ ...ports, approvals: fakeApprovals(said), merges: fakeMergeReviews(), issues, clock },
      ...{ store: new FakeLedgerStore(earlier), filing: { ...ports.filing, run: { ...ports.filing.run, attempt: 2 } } },
    },
  );
  const { result } = conclude(report.checks);
  const files = new Map((report.attachments ?? []).map(({ name, content }) => [name, String(content)]));
  return { report, result, code: decidingCode(report.checks), files, issues, clock };
}

describe("the record of an approval", () => {
  it("GAT-57 ALL-21: passes once a reviewer agreed, under a leg that no gate can have", async () => {
    const { report, result } = await record([byEnvironment], { said: { reviews: [approved] } });
    expect(result).toBe("pass");
    expect(report.leg).toBe("approval_answer");
    expect(report.checks.map(({ id }) => id)).toEqual(["gates-collected", "sign-off"]);
    expect(report.checks[1]?.because).toContain("approved by grace (environment release, by 2026-01-01T12:00:30Z)");
    expect(report.next).toBe(`Tag ${aSha()}.`);
  });

  it("GAT-55: holds a file for the archive, as text and as JSON, with version, environment, commit, approver and time", async () => {
    const around = { said: { reviews: [approved] }, answered: "2026-01-01T12:00:30Z" };
    const { files } = await record([byEnvironment], around);
    const text = files.get("manual_approvals/approval_1.1.0_release.md");
    for (const part of ["1.1.0", "release", aSha(), "grace", "2026-01-01T12:00:30Z"]) expect(text).toContain(part);
    const json = JSON.parse(files.get("manual_approvals/approval_1.1.0_release.json") ?? "{}");
    expect(json).toMatchObject({
      version: "1.1.0",
      tag: "v1.1.0",
      sha: aSha(),
      environment: "release",
      result: "pass",
    });
    expect(json.answers).toMatchObject([
      { by: "grace", at: "2026-01-01T12:00:30Z", via: "environment", comment: "go" },
    ]);
  });

  it("GAT-55: holds no such file where nobody approved, but every answer that was given", async () => {
    const { files, code } = await record([byEnvironment], { said: { reviews: [{ ...approved, state: "rejected" }] } });
    expect(code).toBe("gates.aborted-by-decision");
    expect([...files.keys()]).toEqual(["approval.json"]);
    expect(JSON.parse(files.get("approval.json") ?? "[]")).toMatchObject([
      { gate: "sign-off", result: "fail", answers: [{ by: "grace", decision: "rejected" }] },
    ]);
  });

  it("GAT-55: holds a file of each gate, also where two ask the same environment", async () => {
    const second = { ...byEnvironment, id: "security", approvers: ["grace"], fallback: "issue" };
    const { report, files } = await record([byEnvironment, second], { said: { reviews: [approved] } });
    expect(files.size).toBe(report.attachments?.length);
    expect([...files.keys()].filter((name) => name.endsWith(".md"))).toEqual([
      "manual_approvals/approval_1.1.0_release_sign-off.md",
      "manual_approvals/approval_1.1.0_release_security.md",
    ]);
  });

  it("keeps hostile words of a comment inside of their cell", async () => {
    const said = { reviews: [{ ...approved, comment: "| x | <b>@team</b>\n# shout" }] };
    const text = (await record([byEnvironment], { said })).files.get("manual_approvals/approval_1.1.0_release.md");
    expect(text).not.toContain("<b>");
    expect(text).not.toContain("\n# shout");
    expect(text).toContain("\\| x \\|");
  });

  it("asks nobody in a rehearsal, and says so instead of approving", async () => {
    const { report, result, issues } = await record([byIssue], { mode: "rehearsal", said: { actors: [] } });
    expect(result).toBe("pass");
    expect(report.checks[1]).toMatchObject({ result: "not-applicable", code: "gates.approval-rehearsed" });
    expect(issues.calls).toEqual([]);
  });

  it.each<[what: string, collector: Around["collector"], code: string]>([
    ["has not come", "absent", "all.evidence-missing"],
    ["did not pass", { verdict: { result: "fail", "decided-by": ["one"] } }, "gates.approval-early"],
    ["judged another commit", { release: aRelease({ sha: aSha("b") }) }, "gates.approval-early"],
  ])("GAT-57: does not count where the collection %s", async (_what, collector, code) => {
    const ended = await record([byEnvironment], { collector, said: { reviews: [approved] } });
    expect(ended.result).not.toBe("pass");
    expect(ended.code).toBe(code);
  });

  it("GAT-57: does not count a review that was there before the collection, and counts the same words given again", async () => {
    const once = await record([byEnvironment], { said: { reviews: [approved] }, before: [approved] });
    expect([once.result, once.code]).toEqual(["inconclusive", "gates.approval-missing"]);
    const again = await record([byEnvironment], { said: { reviews: [approved, approved] }, before: [approved] });
    expect(again.result).toBe("pass");
  });

  it("GAT-57: does not count a review that nobody waited for, or of another environment than was waited for", async () => {
    const said = { reviews: [approved] };
    expect((await record([byEnvironment], { said, answered: "" })).code).toBe("gates.approval-missing");
    expect((await record([byEnvironment], { said, held: "playground" })).code).toBe("gates.approval-mismatch");
  });

  it("GAT-57: stays aborted where an earlier attempt was, whoever approves now, and where its answers cannot be read", async () => {
    const against = aCheck({
      id: "sign-off",
      result: "fail",
      code: "gates.aborted-by-decision",
      because: "rejected by joan",
    });
    const verdict = { result: "fail" as const, "decided-by": ["sign-off"] };
    const answers = (changes: Partial<EvidenceRecord>) =>
      anArrival(aRecord({ stage: "release-gates", leg: "approval_answer", attempt: 1, ...changes }));
    const said = { reviews: [approved] };
    const aborted = await record([byEnvironment], { said, earlier: [answers({ checks: [against], verdict })] });
    expect([aborted.result, aborted.code]).toEqual(["fail", "gates.aborted-by-decision"]);
    expect(aborted.report.checks[1]?.because).toBe("rejected by joan");
    const unread = await record([byEnvironment], { said, earlier: [answers({ suite: "9.9.9" })] });
    expect(unread.code).toBe("gates.approval-unknown");
    const later = await record([byEnvironment], { said, earlier: [answers({})] });
    expect(later.result).toBe("pass");
  });

  it("does not let an advisory gate decide, and reports it", async () => {
    const { result, report } = await record([{ ...byEnvironment, required: false }]);
    expect(result).toBe("pass");
    expect(report.checks[1]).toMatchObject({ required: false, code: "gates.approval-missing" });
  });

  it.each([
    ["no gate asks anybody", [{ ...byEnvironment, environment: undefined, "merge-review": true }], ""],
    ["one gate alone is named", [byEnvironment], "sign-off"],
  ])("is refused where %s", async (_what, gates, gate) => {
    await expect(record(gates, { gate })).rejects.toMatchObject({ code: "gates.gate-unknown" });
  });
});

describe("the answer on an issue", () => {
  it("is read from the issue that is named after the tag, and from no other", async () => {
    const issues = new Tracker({ at: "2026-01-01T12:00:30Z" });
    expect((await record([byIssue], { issues })).result).toBe("pass");
    expect(issues.seen).toEqual(["Approve release v1.1.0"]);
  });

  it("is looked for once, without `wait`, and then blocks with how to give it", async () => {
    const issues = new Tracker(undefined);
    const { code, report, clock } = await record([byIssue], { issues });
    expect(code).toBe("gates.approval-missing");
    expect(issues.seen).toHaveLength(1);
    expect(clock.sleeps).toEqual([]);
    expect(report.checks[1]?.because).toContain(`\`approve v1.1.0 ${aSha()}\``);
    expect(report.next).toContain("rerun the failed jobs");
  });

  it("ALL-21: is waited for as long as the gate says, every thirty seconds", async () => {
    const issues = new Tracker(undefined, undefined, { at: "2026-01-01T12:01:50Z" });
    const { result, clock } = await record([{ ...byIssue, wait: "5m" }], { issues });
    expect(result).toBe("pass");
    expect(clock.sleeps).toEqual([30_000, 30_000]);
    const never = await record([{ ...byIssue, wait: "75s" }]);
    expect(never.code).toBe("gates.approval-missing");
    expect(never.clock.sleeps).toEqual([30_000, 30_000, 15_000]);
  });

  it("GAT-57: that rejects is not waited past, nor is the end of the time to decide", async () => {
    const issues = new Tracker({ at: "2026-01-01T12:00:30Z", body: "reject v1.1.0" });
    const rejected = await record([{ ...byIssue, wait: "5m" }], { issues });
    expect([rejected.code, rejected.clock.sleeps.length]).toEqual(["gates.aborted-by-decision", 0]);
    const late = await record([{ ...byIssue, wait: "30m", "decision-timeout": "2m" }]);
    expect(late.code).toBe("all.decision-timeout");
    expect(late.clock.sleeps).toEqual([30_000, 30_000, 30_000]);
  });

  it("is unknown where not every issue and comment can be seen, or too many ask", async () => {
    const unknown = { code: "gates.approval-unknown" };
    const crowd = new FakeIssues();
    for (let count = 0; count < 101; count += 1) crowd.put({ title: "Approve release v1.1.0" });
    await expect(record([byIssue], { issues: crowd })).rejects.toMatchObject(unknown);
    await expect(record([byIssue], { issues: new FakeIssues({ cuts: true }) })).rejects.toMatchObject(unknown);
  });
});

describe("a collection that asks people", () => {
  async function collect(gates: object[], legs: string[], said: Said = {}) {
    const context = aContext({ gates });
    const { plan, policy, release } = requirePlan(context);
    const consumed = [{ stage: "plan-release" as const, leg: "", artifact: plan.artifact, digest: plan.digest }];
    const store = new FakeLedgerStore(
      legs.map((leg) =>
        anArrival(
          aRecord({
            ...{ stage: "release-gates", leg, policy, release, consumed },
            ...{ checks: [aCheck({ id: leg })], verdict: { result: "pass", "decided-by": [leg] } },
          }),
        ),
      ),
    );
    const { ports } = gateTrial({ id: "any", kind: "command", run: "true" });
    return releaseGates(
      {
        ...{ "release-mode": "live", mode: "judge" },
        ...{ records: "", results: "", gate: "", "github-token": "", "answered-at": "", "approval-environment": "" },
      },
      context,
      { ...ports, store, approvals: fakeApprovals(said) },
    );
  }

  it("GAT-57: keeps which reviews of an environment were there before", async () => {
    const { attachments = [] } = await collect([byEnvironment], ["sign-off"], { reviews: [approved] });
    const kept = attachments.find(({ name }) => name === "reviews-before.json");
    expect(JSON.parse(String(kept?.content))).toEqual([approved]);
    const without = await collect([byIssue], ["sign-off"], { reviews: [approved] });
    expect(without.attachments?.map(({ name }) => name)).not.toContain("reviews-before.json");
  });

  it("GAT-57: says so, and is not confused by the answers of an earlier attempt", async () => {
    const report = await collect([byEnvironment], ["sign-off", "approval_answer"]);
    expect(report.outputs).toMatchObject({ approval: "wanted" });
    expect(report.checks).toContainEqual(expect.objectContaining({ id: "approval-asked", required: false }));
    expect(report.checks.map(({ code }) => code)).not.toContain("gates.leg-foreign");
  });

  it("says nothing of it where nobody is asked", async () => {
    const report = await collect([{ id: "sign-off", kind: "approval", "merge-review": true }], ["sign-off"]);
    expect(report.outputs?.approval).toBeUndefined();
    expect(report.checks.map(({ id }) => id)).not.toContain("approval-asked");
  });
});
