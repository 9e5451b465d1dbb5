import { describe, expect, it } from "vitest";
import { planDigest } from "#src/domain/effect";
import { conclude, decidingCode } from "#src/domain/verdict";
import { aSha } from "#src/testing/builders";
import type { BranchFaults } from "#src/testing/fake-branches";
import { aCheckRun } from "#src/testing/fake-check-runs";
import type { promote } from "./promote.ts";
import { aPromotion, config, line, type Scene, sitPromotion as sit } from "./testing/promote-stage.ts";

const [c1, c2, c3, c4] = line;
const squash = aSha("5");
const rival = aSha("6");

describe("promote, live", () => {
  it("PRO-03 PRO-06 PRO-10: looks, moves forward, reads back, and reports both ids of every branch", async () => {
    const { report, remote } = await sit({ heads: { dev: c4, main: c2 } });
    expect(conclude(report.checks).result).toBe("pass");
    expect(remote.calls).toEqual(["refs", "refs", "move main", "refs"]);
    expect(remote.heads.get("main")).toBe(c4);
    expect(report.effects).toEqual([
      { kind: "branch", target: "refs/heads/main", precondition: c2, wanted: c4, state: "done" },
    ]);
    expect(report.outputs).toEqual({
      state: "moved",
      sha: c4,
      branches: JSON.stringify({ dev: { before: c4, after: c4 }, main: { before: c2, after: c4 } }),
    });
    expect(report.summary).toContain(`| \`main\` | \`${c2}\` | \`${c4}\` | done |`);
    expect(report.release).toMatchObject({ sha: c4, tag: null, version: null });
  });

  it("PRO-01 PRO-07: a branch outside the chain enters at the front, and each hop is read back before the next", async () => {
    const { report, remote } = await sit({ branch: "feature/x", heads: { "feature/x": c4, dev: c3, main: c2 } });
    expect(decidingCode(report.checks)).toBeUndefined();
    expect(remote.calls).toEqual(["refs", "refs", "move dev", "refs", "refs", "move main", "refs"]);
    expect(Object.fromEntries(remote.heads)).toEqual({ "feature/x": c4, dev: c4, main: c4 });
  });

  it("PRO-07: killed after the first hop and run again, it goes on at the second", async () => {
    const dying = { beforeMove: ({ branch }: { branch: string }) => void (branch === "main" && die()) };
    const heads = { "feature/x": c4, dev: c3, main: c2 };
    const world = aPromotion({ branch: "feature/x", heads, faults: dying });
    await expect(world.run()).rejects.toThrow("the machine vanished");
    expect(Object.fromEntries(world.remote.heads)).toMatchObject({ dev: c4, main: c2 });

    const { report, remote } = await sit({ branch: "feature/x", heads: Object.fromEntries(world.remote.heads) });
    expect(remote.calls.filter((call) => call.startsWith("move"))).toEqual(["move main"]);
    expect(report.effects?.map(({ state }) => state)).toEqual(["already", "done"]);
    expect(report.outputs?.state).toBe("moved");
  });

  it("PRO-07: killed after the last hop, the rerun finds its work done, and the release goes on", async () => {
    const { report, remote } = await sit({ heads: { dev: c4, main: c4 }, attempt: 2 });
    expect(report).toMatchObject({ noRelease: false, outputs: { state: "already", sha: c4 } });
    expect(remote.calls).toEqual(["refs"]);
  });

  it("PRO-07: a rerun whose work seems done asks for the required checks all the same, whoever moved the branch", async () => {
    const runs = [aCheckRun({ sha: c4, conclusion: "failure" })];
    const { report } = await sit({ heads: { dev: c4, main: c4 }, attempt: 2, runs });
    expect(decidingCode(report.checks)).toBe("promote.gates-not-passed");
  });

  it.each([
    ["equal to the commit", c3],
    ["ahead of the commit", c4],
  ])(
    "PRO-04: a branch %s is nothing to ship: no error, no release, and no question about checks",
    async (_how, main) => {
      const { report, checkRuns } = await sit({ heads: { dev: c3, main } });
      expect(conclude(report.checks).result).toBe("pass");
      expect(report).toMatchObject({ noRelease: true, outputs: { state: "nothing-to-ship", sha: c3 } });
      expect(codesOf(report)).toContain("promote.nothing-to-ship");
      expect(checkRuns.asked).toBe(0);
    },
  );

  it("PRO-10: a branch that is ahead of the commit has its ids reported, and no effect", async () => {
    const { report } = await sit({ heads: { dev: c3, main: c4 } });
    expect(report.effects).toEqual([]);
    expect(report.outputs?.branches).toContain(JSON.stringify({ main: { before: c4, after: c4 } }).slice(1, -1));
  });
});

describe("a refusal before anything is written", () => {
  it.each([
    [
      "PRO-01: the last branch of the chain",
      { branch: "main", heads: { dev: c4, main: c4 } },
      "promote.start-branch-refused",
    ],
    ["PRO-01: a tag", { ref: "refs/tags/v1", heads: { dev: c4, main: c2 } }, "promote.start-branch-refused"],
    ["PRO-02: a dirty tree", { heads: { dev: c4, main: c2 }, dirty: ["VERSION"] }, "promote.tree-dirty"],
    ["PRO-02: a shallow clone", { heads: { dev: c4, main: c2 }, shallow: true }, "promote.history-truncated"],
    [
      "PRO-02: a checkout of another branch",
      { heads: { dev: c4, main: c2 }, head: c2, sha: c4 },
      "promote.wrong-branch",
    ],
    [
      "PRO-06: a branch on a commit that was never fetched, in a run that was started elsewhere",
      { heads: { dev: aSha("9"), main: c2 }, head: c3, sha: c1 },
      "promote.remote-moved",
    ],
    ["PRO-06: a branch that moved on", { heads: { dev: c4, main: c2 }, head: c3 }, "promote.remote-moved"],
    [
      "PRO-06: a branch on a commit that was never fetched",
      { heads: { dev: aSha("9"), main: c2 }, head: c3 },
      "promote.remote-moved",
    ],
    ["PRO-02: a branch that was never pushed", { heads: { main: c2 }, head: c4 }, "promote.branch-missing"],
    ["PRO-01: a chain with a branch that is not there", { heads: { dev: c4 } }, "promote.branch-missing"],
    ["PRO-03: a diverged branch", { heads: { dev: c4, main: rival } }, "promote.not-fast-forward"],
    [
      "PRO-03: a diverged branch with conflicts",
      { heads: { dev: c4, main: rival }, conflicts: ["VERSION"] },
      "promote.conflicting",
    ],
    [
      "PRO-05 F11: a failed check",
      { heads: { dev: c4, main: c2 }, runs: [aCheckRun({ sha: c4, conclusion: "failure" })] },
      "promote.gates-not-passed",
    ],
    ["PRO-05: a check that never ran", { heads: { dev: c4, main: c2 }, runs: [] }, "promote.gates-not-passed"],
    [
      "PRO-05: a success on another commit",
      { heads: { dev: c4, main: c2 }, runs: [aCheckRun({ sha: c3 })] },
      "promote.gates-not-passed",
    ],
    ["PRO-06: a silent remote", { heads: { dev: c4, main: c2 }, faults: { deafAfter: 0 } }, "promote.remote-unknown"],
  ] satisfies [string, Scene, string][])("%s", async (_what, scene, code) => {
    const { report, remote } = await sit(scene);
    expect(decidingCode(report.checks)).toBe(code);
    expect(remote.calls.filter((call) => call.startsWith("move"))).toEqual([]);
    expect(report.outputs).toBeUndefined();
    expect(report.effects?.every(({ state }) => state !== "done")).toBe(true);
  });

  it("PRO-03: names both ids and the merge base", async () => {
    const { report } = await sit({ heads: { dev: c4, main: rival } });
    const because = report.checks.find(({ id }) => id === "forward-main")?.because;
    for (const id of [rival, c4, `merge base ${c2}`]) expect(because).toContain(id);
  });

  it("PRO-08 F29: a squash that was never merged back is named beside the refusal", async () => {
    const { report } = await sit({ heads: { dev: c4, main: squash } });
    const check = report.checks.find(({ id }) => id === "back-merge");
    expect(check).toMatchObject({ required: false, result: "fail", code: "promote.backmerge-missing" });
    expect(check?.because).toContain(`${squash} "Release 1.0 (#7)" (a squash: it holds the same tree as ${c3})`);
    expect(decidingCode(report.checks)).toBe("promote.not-fast-forward");
  });

  it("needs a section of the configuration", async () => {
    const run = aPromotion({ heads: { dev: c4, main: c2 }, config: "gates: []\n" }).run();
    await expect(run).rejects.toMatchObject({ code: "promote.not-configured" });
  });
});

describe("PRO-08: a later branch with commits that an earlier one lacks", () => {
  const heads = { dev: c2, main: c4 };

  it("is reported, and blocks nothing by default", async () => {
    const { report } = await sit({ heads });
    expect(codesOf(report)).toContain("promote.backmerge-missing");
    expect(report.noRelease).toBe(true);
  });

  it("blocks where the policy says so", async () => {
    const { report } = await sit({ heads, config: `${config}  backmerge: block\n` });
    expect(decidingCode(report.checks)).toBe("promote.backmerge-missing");
  });

  it("F29: is told with the squash before all others", async () => {
    const later = { sha: aSha("7"), parents: [squash], subject: "Correct a word" };
    const { report } = await sit({ heads: { dev: c4, main: later.sha }, more: [later] });
    const { because } = report.checks.find(({ id }) => id === "back-merge") ?? {};
    expect(because).toMatch(
      new RegExp(`main holds 2 commits that dev lacks: ${squash} .*, ${later.sha} "Correct a word"$`),
    );
  });

  it("is healed by a promotion that holds them", async () => {
    const { report } = await sit({
      branch: "fix",
      heads: { fix: c4, dev: c2, main: c3 },
      config: `${config}  backmerge: block\n`,
    });
    expect(decidingCode(report.checks)).toBeUndefined();
  });
});

describe("PRO-06: a world that moves in between", () => {
  const heads = { dev: c4, main: c2 };

  it.each<[string, BranchFaults, string | undefined, string]>([
    ["before the last look, elsewhere", moveAt(2, "main", rival), "promote.remote-moved", "refused"],
    ["before the last look, to the same commit", moveAt(2, "main", c4), undefined, "already"],
    ["before the last look, at the source", moveAt(2, "dev", c3), "promote.remote-moved", "refused"],
    [
      "after the last look, elsewhere",
      { beforeMove: (_move, at) => void at.set("main", rival) },
      "promote.remote-moved",
      "refused",
    ],
    [
      "after the last look, to the same commit",
      { beforeMove: (_move, at) => void at.set("main", c4) },
      undefined,
      "done",
    ],
    ["after the move", moveAt(3, "main", rival), "promote.readback-mismatch", "done"],
    [
      "away altogether",
      { beforeQuestion: (question, at) => void (question === 2 && at.delete("main")) },
      "promote.remote-moved",
      "refused",
    ],
  ])("%s", async (_when, faults, code, state) => {
    const { report } = await sit({ heads, faults });
    expect(decidingCode(report.checks)).toBe(code);
    expect(report.effects).toMatchObject([{ state }]);
  });

  it("a remote that falls silent before the move is not written to, and after it is not believed", async () => {
    const before = await sit({ heads, faults: { deafAfter: 1 } });
    expect(decidingCode(before.report.checks)).toBe("promote.remote-unknown");
    expect(before.remote.heads.get("main")).toBe(c2);
    const after = await sit({ heads, faults: { deafAfter: 2 } });
    expect(decidingCode(after.report.checks)).toBe("promote.remote-unknown");
    expect(after.report.effects).toMatchObject([{ state: "done" }]);
  });
});

describe("PRO-07: an answer that is no yes", () => {
  const heads = { dev: c4, main: c2 };
  const refused = (code: "promote.push-rejected" | "promote.permission-missing") =>
    ({ outcome: "refused", code, because: "GitHub answered 422: Protected branch" }) as const;
  const unclear = { outcome: "unclear", because: "GitHub answered 502" } as const;

  it.each<[string, BranchFaults, string | undefined, string]>([
    ["a protection rejects it", { answer: () => refused("promote.push-rejected") }, "promote.push-rejected", "refused"],
    [
      "the token may not",
      { answer: () => refused("promote.permission-missing") },
      "promote.permission-missing",
      "refused",
    ],
    ["lost, although it was carried out", { answer: () => ({ ...unclear, after: true }) }, undefined, "already"],
    ["lost, and nothing moved", { answer: () => unclear }, "promote.unanswered", "refused"],
    [
      "no fast-forward, although it looked like one",
      { answer: () => ({ outcome: "not-forward", because: "422" }) },
      "promote.not-fast-forward",
      "refused",
    ],
  ])("%s", async (_what, faults, code, state) => {
    const { report } = await sit({ heads, faults });
    expect(decidingCode(report.checks)).toBe(code);
    expect(report.effects).toMatchObject([{ state }]);
    if (code) expect(report.checks.at(-1)?.because).toContain(`from ${c2} to ${c4} (merge base ${c2})`);
  });

  it("ends the promotion: later branches stay where they are", async () => {
    const world = {
      branch: "x",
      heads: { x: c4, dev: c3, main: c2 },
      faults: { answer: () => refused("promote.push-rejected") },
    };
    const { report, remote } = await sit(world);
    expect(remote.calls).toEqual(["refs", "refs", "move dev"]);
    expect(report.effects?.map(({ state }) => state)).toEqual(["refused", "refused"]);
  });
});

describe("PRO-05: checks that have not ended", () => {
  const looks = [[aCheckRun({ sha: c4, phase: "in_progress" })], [aCheckRun({ sha: c4 })]];
  const waiting = `${config}  wait: 1m\n`;

  it("are waited for where the policy says so", async () => {
    const { report, clock } = await sit({ heads: { dev: c4, main: c2 }, config: waiting, looks });
    expect(decidingCode(report.checks)).toBeUndefined();
    expect(clock.sleeps).toEqual([15_000]);
  });

  it("are not waited for where something else blocks already", async () => {
    const { report, clock } = await sit({ heads: { dev: c4, main: rival }, config: waiting, looks });
    expect(decidingCode(report.checks)).toBe("promote.not-fast-forward");
    expect(clock.sleeps).toEqual([]);
  });
});

describe("ALL-05: a rehearsal", () => {
  it("plans what the live run does, and writes nothing", async () => {
    const scene = { branch: "feature/x", heads: { "feature/x": c4, dev: c3, main: c2 } };
    const planned = await sit({ ...scene, mode: "rehearsal" });
    const live = await sit(scene);
    expect(planned.remote.calls).toEqual(["refs"]);
    expect(planned.report.effects?.map(({ state }) => state)).toEqual(["planned", "planned"]);
    expect(planDigest(planned.report.effects ?? [])).toBe(planDigest(live.report.effects ?? []));
    expect(planned.report.outputs).toMatchObject({ state: "planned" });
    expect(planned.report.summary).toContain(`| \`main\` | \`${c2}\` | \`${c4}\` | planned |`);
  });
});

function codesOf({ checks }: Awaited<ReturnType<typeof promote>>) {
  return checks.map(({ code }) => code);
}

function moveAt(when: number, branch: string, to: string): BranchFaults {
  return { beforeQuestion: (question, heads) => void (question === when && heads.set(branch, to)) };
}

function die(): never {
  throw new Error("the machine vanished");
}
