import { describe, expect, it } from "vitest";
import { planDigest } from "#src/domain/effect";
import { conclude, decidingCode } from "#src/domain/verdict";
import { aContext, aRelease, aSha } from "#src/testing/builders";
import { FakeTags } from "#src/testing/fake-tags";
import { gated, sit } from "./testing/auto-tag-stage.ts";

describe("auto-tag, live", () => {
  it("TAG-06 TAG-08: looks, looks again, creates, and reads back", async () => {
    const tags = new FakeTags();
    const report = await sit(tags);
    expect(conclude(report.checks).result).toBe("pass");
    expect(tags.calls).toEqual(["find", "find", "create", "find", "read"]);
    expect(report.outputs).toEqual({ tag: "v1.1.0", "tag-object": aSha("e"), state: "created" });
    expect(report.effects).toEqual([
      { kind: "tag", target: "refs/tags/v1.1.0", precondition: "absent", wanted: `annotated ${aSha()}`, state: "done" },
    ]);
    expect(report.subjects).toEqual([{ name: "refs/tags/v1.1.0", digest: { gitCommit: aSha(), gitTag: aSha("e") } }]);
  });

  it("TAG-07: killed after the write and run again, it finds its own tag and writes nothing", async () => {
    const tags = new FakeTags();
    await sit(tags);
    const again = await sit(tags);
    expect(tags.calls.filter((call) => call === "create")).toHaveLength(1);
    expect(again.outputs).toMatchObject({ state: "already", "tag-object": aSha("e") });
    expect(again.effects).toMatchObject([{ state: "already" }]);
  });

  it("TAG-07 F07: refuses a tag on another commit and writes nothing", async () => {
    const tags = new FakeTags().put("v1.1.0", { commit: aSha("b") });
    const report = await sit(tags);
    expect(decidingCode(report.checks)).toBe("tag.exists-other-commit");
    expect(report.effects).toMatchObject([{ state: "refused" }]);
    expect(report.outputs).toBeUndefined();
    expect(tags.calls).not.toContain("create");
  });

  it("GAT-57: writes nothing, and looks at nothing, without the approval that the configuration asks for", async () => {
    const config = { gates: [{ id: "sign-off", kind: "approval", environment: "release" }] };
    const tags = new FakeTags();
    const report = await sit(tags, gated({ config }));
    expect(decidingCode(report.checks)).toBe("gates.approval-missing");
    expect(tags.calls).toEqual([]);
    expect(report.effects).toMatchObject([{ state: "refused" }]);
  });

  it.each([
    ["the same commit, is already done", aSha("a"), undefined, "already"],
    ["another commit, is refused", aSha("b"), "tag.exists-other-commit", "refused"],
  ])("a tag that someone else writes in between, on %s", async (_where, commit, code, state) => {
    const report = await sit(new FakeTags({ before: (tags) => tags.put("v1.1.0", { commit }) }));
    expect(decidingCode(report.checks)).toBe(code);
    expect(report.effects).toMatchObject([{ state }]);
  });

  it("a write without an answer counts by what the remote then serves", async () => {
    const lost = { outcome: "unclear", because: "GitHub answered 502" } as const;
    const there = await sit(new FakeTags({ answer: lost, before: (tags) => tags.put("v1.1.0", { commit: aSha() }) }));
    expect(there.effects).toMatchObject([{ state: "already" }]);
    const absent = await sit(new FakeTags({ answer: lost }));
    expect(decidingCode(absent.checks)).toBe("tag.create-failed");
    expect(absent.effects).toMatchObject([{ state: "refused" }]);
  });

  it.each(["tag.create-failed", "tag.permission-missing", "all.rate-limited"] as const)(
    "a refused write fails with %s",
    async (code) => {
      const report = await sit(new FakeTags({ answer: { outcome: "refused", code, because: "GitHub answered 403" } }));
      expect(decidingCode(report.checks)).toBe(code);
      expect(report.outputs).toBeUndefined();
    },
  );

  it("TAG-08: fails when the tag reads back otherwise, and records that it was written", async () => {
    const report = await sit(new FakeTags({ altered: { message: "Release v9" } }));
    expect(decidingCode(report.checks)).toBe("tag.readback-mismatch");
    expect(report.effects).toMatchObject([{ state: "done" }]);
  });

  it("TAG-08: is inconclusive when it cannot be read back, and records that it was written", async () => {
    const report = await sit(new FakeTags({ deafAfter: 3 }));
    expect(conclude(report.checks).result).toBe("inconclusive");
    expect(decidingCode(report.checks)).toBe("tag.remote-unknown");
    expect(report.effects).toMatchObject([{ state: "done" }]);
  });

  it("TAG-06: a question that failed is never an absence", async () => {
    await expect(sit(new FakeTags({ deafAfter: 0 }))).rejects.toMatchObject({ code: "tag.remote-unknown" });
  });

  it.each([
    ["without the record of the gates", aContext(), "all.evidence-missing"],
    [
      "with failed gates",
      gated({ gates: { verdict: { result: "fail", "decided-by": ["lint"] } } }),
      "tag.gates-not-passed",
    ],
    [
      "with gates of another commit",
      gated({ gates: { release: aRelease({ sha: aSha("b") }) } }),
      "tag.gates-sha-mismatch",
    ],
  ])("TAG-02: asks and writes nothing %s", async (_case, context, code) => {
    const tags = new FakeTags();
    const report = await sit(tags, context);
    expect(decidingCode(report.checks)).toBe(code);
    expect(tags.calls).toEqual([]);
  });
});

describe("auto-tag, rehearsed", () => {
  it("ALL-05: plans the tag and writes nothing", async () => {
    const tags = new FakeTags();
    const report = await sit(tags, gated({ mode: "rehearsal" }));
    expect(conclude(report.checks).result).toBe("pass");
    expect(report.effects).toMatchObject([{ state: "planned" }]);
    expect(report.outputs).toEqual({ tag: "v1.1.0", "tag-object": "", state: "planned" });
    expect(tags.calls).toEqual(["find"]);
  });

  it("plans what the live run does, by digest", async () => {
    const rehearsed = await sit(new FakeTags(), gated({ mode: "rehearsal" }));
    const live = await sit(new FakeTags());
    expect(planDigest(rehearsed.effects ?? [])).toBe(planDigest(live.effects ?? []));
  });

  it("TAG-07 F07: refuses what the live run would refuse", async () => {
    const tags = new FakeTags().put("v1.1.0", { commit: aSha("b") });
    const report = await sit(tags, gated({ mode: "rehearsal" }));
    expect(decidingCode(report.checks)).toBe("tag.exists-other-commit");
  });
});
