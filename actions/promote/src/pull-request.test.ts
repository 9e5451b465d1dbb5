import { describe, expect, it } from "vitest";
import { planDigest } from "#src/domain/effect";
import { decidingCode } from "#src/domain/verdict";
import { aSha } from "#src/testing/builders";
import { aCheckRun } from "#src/testing/fake-check-runs";
import { FakeIssues } from "#src/testing/fake-issues";
import { aPromotion, config, line, type Scene, sitPromotion } from "./testing/promote-stage.ts";

const [, c2, c3, c4] = line;
const squash = aSha("5");
const rival = aSha("6");
const viaPull = `${config}  via: pull-request\n  wait: 1m\n`;
const scene = (changes: Partial<Scene> = {}): Scene => ({
  heads: { dev: c4, main: c2 },
  config: viaPull,
  ...changes,
});
const url = "https://git.example.org/octo/tide/pull/1";

describe("PRO-09: a promotion through a pull request", () => {
  it("opens one, waits for it to be green, and hands it to a person in one line; no branch moves", async () => {
    const { report, pulls, remote } = await sitPromotion(scene());
    expect(decidingCode(report.checks)).toBeUndefined();
    expect(report).toMatchObject({ noRelease: true, outputs: { state: "handed-over", "pull-request": url } });
    expect(report.next).toBe(`Merge ${url} with a merge commit, if you agree: it is green.`);
    expect(pulls.calls).toEqual(["between dev main", "open dev main", "between dev main", "read 1", "read 1"]);
    expect(remote.calls).toEqual(["refs"]);
    expect(report.effects).toMatchObject([{ kind: "pull-request", target: "refs/heads/main", state: "done" }]);
  });

  it("says in its text what would be released, and lets no commit speak Markdown", async () => {
    const { pulls } = await sitPromotion(scene());
    const [pull] = pulls.held;
    expect(pull).toMatchObject({ title: "Promote dev to main", from: "dev", into: "main" });
    expect(pull?.body).toContain("2 commits (1 feat, 1 other)");
    expect(pull?.body).toContain("feat: &lt;b&gt;tides&lt;/b&gt;, see \\#12");
  });

  it("leads to the next branch of the chain only", async () => {
    const heads = { "feature/x": c4, dev: c3, main: c2 };
    const { report, pulls } = await sitPromotion(scene({ branch: "feature/x", heads }));
    expect(pulls.held).toMatchObject([{ from: "feature/x", into: "dev" }]);
    expect(report.effects).toHaveLength(1);
  });

  it("finds its own again in a rerun, and opens no second one", async () => {
    const world = aPromotion(scene());
    await world.run();
    const again = await world.run();
    expect(world.pulls.held).toHaveLength(1);
    expect(again.outputs).toMatchObject({ state: "handed-over", "pull-request": url });
    expect(again.effects).toMatchObject([{ state: "already" }]);
  });

  it("brings its own text up to date, and leaves a person's alone", async () => {
    const own = aPromotion(scene());
    own.pulls.put("dev", "main", { body: "old\n\n<!-- seaworthy:promote -->" });
    await own.run();
    expect(own.pulls.held[0]?.body).toContain("2 commits");
    const theirs = aPromotion(scene());
    theirs.pulls.put("dev", "main", { body: "By hand." });
    await theirs.run();
    expect(theirs.pulls.held[0]?.body).toBe("By hand.");
  });

  it("counts one whose answer was lost by what is then there", async () => {
    const lost = { outcome: "unclear", because: "GitHub answered 502" } as const;
    const there = await sitPromotion(scene({ pullFaults: { answer: { ...lost, after: true } } }));
    expect(there.report.outputs).toMatchObject({ state: "handed-over" });
    const absent = await sitPromotion(scene({ pullFaults: { answer: lost } }));
    expect(decidingCode(absent.report.checks)).toBe("promote.unanswered");
    expect(absent.report.effects).toMatchObject([{ state: "refused" }]);
  });

  it("waits until it is known whether it can be merged", async () => {
    const { report, clock } = await sitPromotion(scene({ pullFaults: { undecided: 3 } }));
    expect(report.outputs).toMatchObject({ state: "handed-over" });
    expect(clock.sleeps).toEqual([5_000, 5_000, 5_000]);
  });

  it.each<[string, Partial<Scene>, string]>([
    ["conflicts on the server", { pullFaults: { mergeable: false } }, "promote.pr-not-mergeable"],
    ["is never decided", { pullFaults: { undecided: 99 } }, "promote.pr-not-mergeable"],
    ["is closed meanwhile", { pullFaults: { beforeRead: closeIt } }, "promote.pr-closed"],
    ["is refused", { pullFaults: { answer: refused } }, "promote.permission-missing"],
    ["is red", { runs: [aCheckRun({ sha: c4, conclusion: "failure" })] }, "promote.pr-checks-failed"],
    ["is never green", { runs: [] }, "promote.pr-checks-failed"],
  ])("blocks where it %s", async (_what, changes, code) => {
    const { report } = await sitPromotion(scene(changes));
    expect(decidingCode(report.checks)).toBe(code);
    expect(report.outputs?.state).toBeUndefined();
  });

  it.each<[string, object, string]>([
    ["its head has moved", { head: rival }, "promote.remote-moved"],
    ["it was closed", { state: "closed" }, "promote.pr-closed"],
    ["it was made a draft", { draft: true }, "promote.pr-not-mergeable"],
  ])(
    "is looked at again once the checks are green, and blocks where %s while they ran",
    async (_what, change, code) => {
      const { report, pulls } = await sitPromotion(scene({ pullFaults: { beforeRead: onSecondRead(change) } }));
      expect(decidingCode(report.checks)).toBe(code);
      expect(report.outputs).toEqual({ "pull-request": url });
      expect(report.checks.filter(({ id }) => id === "mergeable")).toHaveLength(1);
      expect(pulls.calls.filter((call) => call === "read 1")).toHaveLength(2);
    },
  );

  it("names it where it blocks, so that a person finds it", async () => {
    const { report } = await sitPromotion(scene({ runs: [aCheckRun({ sha: c4, conclusion: "failure" })] }));
    expect(report.outputs).toEqual({ "pull-request": url });
    expect(report.effects).toMatchObject([{ state: "done" }]);
  });

  it.each([
    ["closed without merging, is a no", { state: "closed" }, "promote.pr-closed"],
    ["merged, with a branch that does not hold the commit, was squashed", { state: "merged" }, "promote.pr-squashed"],
    ["open on another commit than the tip, is waited for", { head: c3 }, "promote.remote-moved"],
    ["a draft, is not ready", { draft: true }, "promote.pr-not-mergeable"],
  ] as const)("one that is there, %s", async (_what, seen, code) => {
    const world = aPromotion(scene());
    world.pulls.put("dev", "main", seen);
    const report = await world.run();
    expect(decidingCode(report.checks)).toBe(code);
    expect(world.pulls.calls).not.toContain("open dev main");
  });

  it("opens a new one where an older commit's was closed", async () => {
    const world = aPromotion(scene());
    world.pulls.put("dev", "main", { state: "closed", head: c3 });
    expect((await world.run()).outputs).toMatchObject({ state: "handed-over" });
    expect(world.pulls.held).toHaveLength(2);
  });

  it("needs no fast-forward, and refuses conflicts before anything is opened", async () => {
    const heads = { dev: c4, main: rival };
    expect((await sitPromotion(scene({ heads }))).report.outputs).toMatchObject({ state: "handed-over" });
    const conflicting = await sitPromotion(scene({ heads, conflicts: ["VERSION"] }));
    expect(decidingCode(conflicting.report.checks)).toBe("promote.pr-not-mergeable");
    expect(conflicting.pulls.held).toEqual([]);
  });

  it("has nothing to ship once a person has merged it, and lets a rerun go on", async () => {
    const merged = scene({ heads: { dev: c4, main: c4 } });
    expect((await sitPromotion(merged)).report).toMatchObject({
      noRelease: true,
      outputs: { state: "nothing-to-ship" },
    });
    const rerun = await sitPromotion({ ...merged, attempt: 2 });
    expect(rerun.report).toMatchObject({ noRelease: false, outputs: { state: "already" } });
    expect(rerun.pulls.calls).toEqual([]);
    expect(decidingCode((await sitPromotion({ ...merged, attempt: 2, runs: [] })).report.checks)).toBe(
      "promote.gates-not-passed",
    );
  });

  it("ALL-05: is planned in a rehearsal with the live run's digest, and opens nothing", async () => {
    const planned = await sitPromotion(scene({ mode: "rehearsal", runs: [] }));
    const live = await sitPromotion(scene());
    expect(planned.report.outputs).toMatchObject({ state: "planned" });
    expect(planned.pulls.held).toEqual([]);
    expect(planDigest(planned.report.effects ?? [])).toBe(planDigest(live.report.effects ?? []));
  });

  it("PRO-10: says in a rehearsal as in the live run that every branch stays where it is, and that no release follows", async () => {
    const planned = await sitPromotion(scene({ mode: "rehearsal", runs: [] }));
    const live = await sitPromotion(scene());
    const ids = JSON.stringify({ dev: { before: c4, after: c4 }, main: { before: c2, after: c2 } });
    for (const { report } of [planned, live])
      expect(report).toMatchObject({ noRelease: true, outputs: { branches: ids } });
    expect(planned.report.next).toBe("A live run would hand over a pull request into main; nothing was written.");
  });

  it("ALL-08: cannot tell what is there where nobody answers", async () => {
    await expect(sitPromotion(scene({ pullFaults: { deaf: true } }))).rejects.toMatchObject({
      code: "all.upstream-unreachable",
    });
  });
});

describe("PRO-08 F29: a back-merge that is missing", () => {
  const heads = { "feature/x": c3, dev: c3, main: squash };
  const block = (more: string) =>
    `promote:\n  chain: [dev, main]\n  checks: [test]\n  via: pull-request\n  backmerge: block\n${more}`;
  const asks = block("  backmerge-task: back-merge\n");
  const run = [aCheckRun({ sha: c3 })];

  it("blocks where nobody has taken it on", async () => {
    const { report } = await sitPromotion({ heads, config: asks, runs: run });
    expect(decidingCode(report.checks)).toBe("promote.backmerge-missing");
    expect(becauseOf(report)).toContain("no open issue labelled back-merge");
  });

  it("does not block while a pull request brings it back", async () => {
    const world = aPromotion({ heads, config: asks, runs: run });
    world.pulls.put("main", "dev");
    const report = await world.run();
    expect(report.outputs).toMatchObject({ state: "handed-over" });
    expect(becauseOf(report)).toContain("#1 is open to bring main back to dev");
  });

  it("does not block while an issue of the label is open, and does once it is closed", async () => {
    const issues = new FakeIssues();
    const issue = issues.put({ labels: ["back-merge"] });
    expect((await sitPromotion({ heads, config: asks, runs: run, issues })).report.outputs).toMatchObject({
      state: "handed-over",
    });
    Object.assign(issue, { open: false });
    const closed = await sitPromotion({ heads, config: asks, runs: run, issues });
    expect(decidingCode(closed.report.checks)).toBe("promote.backmerge-missing");
  });

  it("blocks where nobody can be asked about it", async () => {
    const issues = new FakeIssues({ refuses: "reads" });
    const { report } = await sitPromotion({ heads, config: asks, runs: run, issues });
    expect(decidingCode(report.checks)).toBe("promote.backmerge-missing");
    expect(becauseOf(report)).toContain("no answer about a task");
  });

  it("is not covered by a task as long as another branch's history is unknown", async () => {
    const foreign = aSha("9");
    const three = asks.replace("[dev, main]", "[dev, main, live]");
    const world = aPromotion({ heads: { ...heads, live: foreign }, config: three, runs: run });
    world.pulls.put("main", "dev");
    expect(decidingCode((await world.run()).checks)).toBe("promote.history-truncated");
  });

  it("asks nobody where the configuration names no label", async () => {
    const { report, pulls } = await sitPromotion({ heads, config: block(""), runs: run });
    expect(decidingCode(report.checks)).toBe("promote.backmerge-missing");
    expect(pulls.calls).toEqual([]);
  });
});

const refused = { outcome: "refused", code: "promote.permission-missing", because: "GitHub answered 403" } as const;

/** Changes the pull request between the first look at it and the next. */
function onSecondRead(change: object): NonNullable<Scene["pullFaults"]>["beforeRead"] {
  let reads = 0;
  return ({ held }) => {
    reads += 1;
    if (reads === 2) Object.assign(held[0] ?? {}, change);
  };
}

function closeIt({ held }: { held: { state: string }[] }) {
  Object.assign(held[0] ?? {}, { state: "closed" });
}

function becauseOf({ checks }: Awaited<ReturnType<typeof sitPromotion>>["report"]) {
  return checks.find(({ id }) => id === "back-merge")?.because;
}
