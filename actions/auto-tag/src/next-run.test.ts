import { describe, expect, it } from "vitest";
import { planDigest } from "#src/domain/effect";
import { conclude, decidingCode } from "#src/domain/verdict";
import { aSha } from "#src/testing/builders";
import { fakeClock } from "#src/testing/fake-clock";
import { FakeTags } from "#src/testing/fake-tags";
import { FakeWorkflowRuns, type RunFaults } from "#src/testing/fake-workflow-runs";
import { gated, sit } from "./testing/auto-tag-stage.ts";

const dispatch = { mode: "dispatch", workflow: "release.yml", inputs: { tag: "{tag}", note: "{version} on {sha}" } };
const config = (next: object = dispatch) => ({ tag: { next } });

/** Runs a stage whose next workflow is dispatched, over runs that go wrong as told. */
async function sitting({
  faults = {},
  next = dispatch,
  mode = "live" as const,
  tags = new FakeTags(),
  ...more
}: Scene = {}) {
  const clock = fakeClock();
  const runs = more.runs ?? new FakeWorkflowRuns(clock, aSha(), faults);
  const { own = { workflow: "octo/tide/.github/workflows/tag.yml@refs/heads/main" }, pushToken = false } = more;
  const report = await sit(tags, gated({ mode, config: config(next) }), { runs, clock, own, pushToken });
  return { report, runs, tags, clock, code: decidingCode(report.checks) };
}

interface Scene {
  faults?: RunFaults;
  next?: object;
  mode?: "live" | "rehearsal";
  tags?: FakeTags;
  runs?: FakeWorkflowRuns;
  own?: { workflow: string };
  pushToken?: boolean;
}

const there = () => new FakeTags().put("v1.1.0", { commit: aSha() });

describe("the workflow that goes on, dispatched", () => {
  it("TAG-10 TAG-11 F01 F06: is started on the tag after the tag is proven, and its run is recorded by id and address", async () => {
    const { report, runs, code } = await sitting();
    expect(code).toBeUndefined();
    expect(runs.dispatched).toEqual([
      { workflow: "release.yml", ref: "v1.1.0", inputs: { tag: "v1.1.0", note: `1.1.0 on ${aSha()}` } },
    ]);
    const [run] = runs.runs;
    expect(report.outputs).toMatchObject({
      state: "created",
      next: "started",
      "run-id": String(run?.id),
      "run-url": run?.url,
    });
    expect(report.effects?.map(({ kind, state }) => [kind, state])).toEqual([
      ["tag", "done"],
      ["dispatch", "done"],
    ]);
  });

  it.each<[string, RunFaults, string | undefined]>([
    ["that is named and shows itself at once", {}, undefined],
    ["that is named and shows itself after 100 s", { delay: 100_000 }, undefined],
    [
      "that is not named (204) and shows itself after 100 s",
      { answer: { outcome: "accepted" }, delay: 100_000 },
      undefined,
    ],
    ["whose answer was lost", { answer: { outcome: "unclear", because: "GitHub answered nothing" } }, undefined],
    ["that never shows itself after 204", { swallowed: true }, "tag.dispatch-not-observed"],
    ["that shows itself after 121 s", { delay: 121_000 }, "tag.dispatch-not-observed"],
    ["that is of another commit", { strays: true }, "tag.dispatch-not-observed"],
    ["that came twice", { answer: { outcome: "accepted" }, twice: true }, "tag.duplicate-run-refused"],
  ])("TAG-11 F01: a run %s", async (_what, faults, expected) => {
    const { code, runs } = await sitting({ faults });
    expect(code).toBe(expected);
    expect(runs.dispatched).toHaveLength(1);
  });

  it("TAG-11: is looked for every 5 s, for 120 s, and no longer", async () => {
    const { clock } = await sitting({ faults: { swallowed: true } });
    expect(clock.sleeps).toEqual(Array.from({ length: 24 }, () => 5_000));
  });

  it("TAG-11: is looked for as often and as long as the configuration says", async () => {
    const next = { ...dispatch, observe: "30s", poll: "10s" };
    expect((await sitting({ next, faults: { swallowed: true } })).clock.sleeps).toEqual([10_000, 10_000, 10_000]);
  });

  it.each(["tag.permission-missing", "tag.dispatch-failed", "all.rate-limited"] as const)(
    "TAG-10 F02: a dispatch that is refused blocks with %s and GitHub's words, and the tag stays",
    async (code) => {
      const because = "GitHub answered 403: Resource not accessible by integration; the token needs `actions: write`";
      const { report, tags } = await sitting({ faults: { answer: { outcome: "refused", code, because } } });
      expect(decidingCode(report.checks)).toBe(code);
      expect(report.checks.at(-1)?.because).toContain("actions: write");
      expect(report.effects).toMatchObject([{ state: "done" }, { state: "refused" }]);
      expect(tags.refs.has("v1.1.0")).toBe(true);
    },
  );

  it("TAG-10: whose runs may not be listed blocks before anything is written", async () => {
    const deaf = { kind: "permission", code: "tag.permission-missing" } as const;
    const tags = new FakeTags();
    await expect(sitting({ tags, faults: { deaf } })).rejects.toMatchObject({ code: "tag.permission-missing" });
    expect(tags.calls).not.toContain("create");
  });

  it("TAG-11: whose runs can no longer be listed once the tag is written is inconclusive, and the tag is recorded", async () => {
    const deaf = { kind: "permission", code: "tag.permission-missing", after: 1 } as const;
    const { report } = await sitting({ faults: { deaf } });
    expect(conclude(report.checks).result).toBe("inconclusive");
    expect(report.effects).toMatchObject([
      { kind: "tag", state: "done" },
      { kind: "dispatch", state: "refused" },
    ]);
  });

  it("TAG-11: outlives a server that is silent for a while", async () => {
    const deaf = { kind: "upstream", code: "tag.dispatch-failed", after: 3 } as const;
    const { code, clock } = await sitting({ faults: { deaf } });
    expect(code).toBe("tag.dispatch-not-observed");
    expect(clock.sleeps.length).toBe(24);
  });
});

describe("a dispatch whose run may not be looked at", () => {
  it("TAG-11: is inconclusive, and recorded as done", async () => {
    const deaf = { kind: "permission", code: "tag.permission-missing", after: 3 } as const;
    const { report } = await sitting({ faults: { deaf } });
    expect(conclude(report.checks).result).toBe("inconclusive");
    expect(report.effects).toMatchObject([{ state: "done" }, { kind: "dispatch", state: "done" }]);
  });
});

describe("a rerun behind a tag that is there", () => {
  const runsWith = (...runs: Parameters<FakeWorkflowRuns["put"]>[0][]) =>
    runs.reduce((all, run) => all.put(run), new FakeWorkflowRuns(fakeClock(), aSha()));

  it("TAG-12 F02: starts the run that never was", async () => {
    const { report, runs } = await sitting({ tags: there() });
    expect(runs.dispatched).toHaveLength(1);
    expect(report.outputs).toMatchObject({ state: "already", next: "started" });
  });

  it.each([
    ["active", { finished: false }],
    ["successful", { finished: true, conclusion: "success" }],
    ["active by another event", { event: "push" }],
  ])("TAG-12: adopts a run that is %s", async (_what, run) => {
    const { report, runs } = await sitting({ tags: there(), runs: runsWith(run) });
    expect(runs.dispatched).toEqual([]);
    expect(report.outputs).toMatchObject({ next: "adopted", "run-id": "100" });
    expect(report.effects).toMatchObject([{ state: "already" }, { state: "already" }]);
  });

  it.each([
    ["under way", { finished: false }],
    ["successful, and may have been a rehearsal", { finished: true, conclusion: "success" }],
  ])("TAG-12: says of an adopted run that is %s that nobody can tell what it was started with", async (_what, run) => {
    const { report } = await sitting({ tags: there(), runs: runsWith(run) });
    const [told, ...more] = report.checks.filter(({ id }) => id === "adoption");
    expect(more).toEqual([]);
    expect(told).toMatchObject({ required: false, result: "inconclusive", code: "tag.adopted-run-unknown" });
    expect(told?.because).toContain("run 100");
    expect(report.next).toContain("which was there already: make sure that it is no rehearsal");
  });

  it("TAG-12: says nothing of the kind of a run that was started here", async () => {
    const { report } = await sitting({ tags: there() });
    expect(report.checks.map(({ id }) => id)).not.toContain("adoption");
    expect(report.next).not.toContain("rehearsal");
  });

  it.each([
    ["failed", { finished: true, conclusion: "failure" }],
    ["was cancelled", { finished: true, conclusion: "cancelled" }],
    ["is of another branch", { ref: "main" }],
    ["is of another commit", { sha: aSha("b") }],
  ])("TAG-12: starts another run where one %s", async (_what, run) => {
    const { report, runs } = await sitting({ tags: there(), runs: runsWith(run) });
    expect(runs.dispatched).toHaveLength(1);
    expect(report.outputs).toMatchObject({ next: "started" });
  });

  it("TAG-12: refuses several runs, by their ids, and starts none", async () => {
    const { report, runs, code } = await sitting({
      tags: there(),
      runs: runsWith({}, { finished: true, conclusion: "success" }),
    });
    expect(code).toBe("tag.duplicate-run-refused");
    expect(report.checks.at(-1)?.because).toMatch(/101 \(success\), 100 \(active\)/);
    expect(runs.dispatched).toEqual([]);
    expect(report.effects).toMatchObject([{ state: "already" }, { state: "refused" }]);
  });

  it("TAG-12: several runs block a tag that is absent before it is written", async () => {
    const { tags } = await sitting({ runs: runsWith({}, {}) });
    expect(tags.calls).not.toContain("create");
  });
});

describe("the run that goes on, when it is this very one", () => {
  it("TAG-10: starts no other and asks for none, so that a workflow never starts itself again", async () => {
    const own = { workflow: "octo/tide/.github/workflows/release.yml@refs/tags/v1.1.0" };
    const { report, runs, code } = await sitting({ tags: there(), own });
    expect(code).toBeUndefined();
    expect(runs.calls).toEqual([]);
    expect(report.effects).toMatchObject([{ state: "already" }, { state: "already" }]);
  });

  it.each([
    ["of another tag", "octo/tide/.github/workflows/release.yml@refs/tags/v1.0.0"],
    ["of a branch with the tag's name", "octo/tide/.github/workflows/release.yml@refs/heads/v1.1.0"],
    ["of another repository", "fork/tide/.github/workflows/release.yml@refs/tags/v1.1.0"],
    ["of another workflow", "octo/tide/.github/workflows/tag.yml@refs/tags/v1.1.0"],
  ])("TAG-10: a run %s is another one", async (_what, workflow) => {
    expect((await sitting({ tags: there(), own: { workflow } })).runs.dispatched).toHaveLength(1);
  });
});

describe("the workflow that goes on, started by the push of an app's token", () => {
  const next = { mode: "token", workflow: "release.yml" };

  it("TAG-10 F02: blocks before anything is written without that token; there is no fallback", async () => {
    const { code, tags } = await sitting({ next });
    expect(code).toBe("tag.dispatch-token-missing");
    expect(tags.calls).toEqual([]);
  });

  it("TAG-10 TAG-11: is observed and never dispatched", async () => {
    const clock = fakeClock();
    const runs = new FakeWorkflowRuns(clock, aSha());
    const tags = new FakeTags({ before: () => runs.put({ event: "push" }) });
    const { report } = await sitting({ next, pushToken: true, tags, runs });
    expect(report.outputs).toMatchObject({ "run-id": "100" });
    expect(runs.dispatched).toEqual([]);
  });

  it("TAG-11 F06: blocks where the push has started nothing", async () => {
    const { code } = await sitting({ next, pushToken: true });
    expect(code).toBe("tag.dispatch-not-observed");
  });
});

describe("without another run", () => {
  it.each([
    ["call", { mode: "call" }],
    ["none", { mode: "none", reason: "a person starts it" }],
  ])("TAG-10: mode %s asks for none, and says why", async (_mode, next) => {
    const { report, runs, code } = await sitting({ next });
    expect(code).toBeUndefined();
    expect(runs.calls).toEqual([]);
    expect(report.checks.find(({ id }) => id === "next")?.because).toMatch(/later jobs|a person starts it/);
  });
});

describe("a next run, rehearsed", () => {
  it("ALL-05 TAG-10: is planned with the digest of the live run, whatever is there, and nothing is started", async () => {
    const rehearsed = await sitting({ mode: "rehearsal" });
    expect(rehearsed.runs.dispatched).toEqual([]);
    expect(rehearsed.report.effects).toMatchObject([{ state: "planned" }, { state: "planned" }]);
    const digest = planDigest(rehearsed.report.effects ?? []);
    for (const live of [await sitting(), await sitting({ tags: there() })]) {
      expect(planDigest(live.report.effects ?? [])).toBe(digest);
    }
    expect(planDigest((await sitting({ next: { mode: "call" } })).report.effects ?? [])).not.toBe(digest);
  });
});
