import { describe, expect, it } from "vitest";
import { tagSection } from "#src/contract/config/tag";
import type { RiskDocument } from "#src/domain/changes/risk-document";
import { planDigest } from "#src/domain/effect";
import { decidingCode } from "#src/domain/verdict";
import type { BranchMove } from "#src/ports/branch-pointer";
import { aRelease, aSha } from "#src/testing/builders";
import { FakeBranchPointer } from "#src/testing/fake-branch-pointer";
import { FakeTags } from "#src/testing/fake-tags";
import { withRisk } from "#src/testing/risk-builders";
import { followingBranch } from "./move-branch.ts";
import { gated, sit } from "./testing/auto-tag-stage.ts";

const [older, sha, newer] = [aSha("1"), aSha(), aSha("2")];
const config = { tag: { "floating-major": "branch" } };

async function follow({ at, mode = "live", answer, tags = new FakeTags(), risk = {} }: Scene = {}) {
  const pointer = new FakeBranchPointer([older, sha, newer], answer);
  if (at) pointer.branches.set("v1", at);
  const report = await sit(tags, withRisk(gated({ mode, config }), risk), { pointer });
  return { report, pointer, tags, code: decidingCode(report.checks), state: report.effects?.at(-1)?.state };
}

interface Scene {
  at?: string;
  mode?: "live" | "rehearsal";
  answer?: BranchMove;
  tags?: FakeTags;
  risk?: Partial<RiskDocument>;
}

describe("the branch of the major version", () => {
  it.each([
    ["is made where it is absent", undefined, sha, "done"],
    ["goes forward from an ancestor", older, sha, "done"],
    ["stays where it names the commit already", sha, sha, "already"],
    ["stays where it has gone further, and never goes back", newer, newer, "already"],
  ])("%s", async (_rule, at, then, state) => {
    const followed = await follow(at ? { at } : {});
    expect(followed.code).toBeUndefined();
    expect(followed.state).toBe(state);
    expect(followed.pointer.branches.get("v1")).toBe(then);
    expect([...followed.tags.refs.keys()]).toEqual(["v1.1.0"]);
  });

  it("that has diverged blocks before anything is written, with both ids, and is never forced", async () => {
    const { code, pointer, tags, report } = await follow({ at: aSha("9") });
    expect(code).toBe("tag.branch-diverged");
    expect(report.checks.at(-1)?.because).toMatch(new RegExp(`${sha}.*${aSha("9")}`));
    expect(pointer.calls).not.toContain("advance");
    expect(tags.calls).not.toContain("create");
  });

  it("PLN-26: stays where it is when a higher version of that major is released, although it has diverged", async () => {
    const risk = { latest: { overall: false, major: false, line: "1.1.x" } };
    const followed = await follow({ at: aSha("9"), risk });
    expect(followed.code).toBeUndefined();
    expect(followed.pointer.branches.get("v1")).toBe(aSha("9"));
    expect([...followed.tags.refs.keys()]).toEqual(["v1.1.0"]);
  });

  it("PLN-26: stays where it is when the plan does not tell whether a higher version is released", async () => {
    const pointer = new FakeBranchPointer([older, sha, newer]);
    pointer.branches.set("v1", older);
    const report = await sit(new FakeTags(), gated({ config }), { pointer });
    expect(decidingCode(report.checks)).toBeUndefined();
    expect(pointer.branches.get("v1")).toBe(older);
  });

  it("whose name a tag has blocks before anything is written", async () => {
    const { code, tags } = await follow({ tags: new FakeTags().put("v1", { commit: older }) });
    expect(code).toBe("tag.branch-shadowed");
    expect(tags.calls).not.toContain("create");
  });

  it.each(["tag.branch-diverged", "tag.branch-failed", "tag.permission-missing"] as const)(
    "that GitHub refuses to move blocks with %s, and the tag stays",
    async (code) => {
      const refused = await follow({ at: older, answer: { outcome: "refused", code, because: "GitHub answered 422" } });
      expect(refused.code).toBe(code);
      expect(refused.report.effects).toMatchObject([{ state: "done" }, { state: "refused" }]);
    },
  );

  it("counts by what the remote then serves where the answer was lost", async () => {
    expect((await follow({ at: older, answer: { outcome: "unclear", because: "502" } })).state).toBe("done");
  });

  it("moves last: not behind a run that was not seen to start", async () => {
    const pointer = new FakeBranchPointer([older, sha]);
    const next = { mode: "token", workflow: "release.yml" };
    const context = withRisk(gated({ config: { tag: { ...config.tag, next } } }), {});
    const report = await sit(new FakeTags(), context, { pointer, pushToken: true });
    expect(decidingCode(report.checks)).toBe("tag.dispatch-not-observed");
    expect(pointer.branches.size).toBe(0);
    expect(report.effects?.at(-1)).toMatchObject({ kind: "branch", state: "refused" });
  });

  it("ALL-05: is planned with the digest of the live run", async () => {
    const planned = await follow({ at: older, mode: "rehearsal" });
    expect(planned.state).toBe("planned");
    expect(planned.pointer.branches.get("v1")).toBe(older);
    const live = await follow({ at: older });
    expect(planDigest(planned.report.effects ?? [])).toBe(planDigest(live.report.effects ?? []));
  });
});

describe("the name of that branch", () => {
  const policy = tagSection.parse({ "floating-major": "branch" });
  const named = (version: string, pattern: string) =>
    followingBranch(policy, pattern, { ...aRelease(), tag: `v${version}`, version });

  it.each([
    ["1.1.0", "v{version}", "v1"],
    ["12.0.3", "release/{version}", "release/12"],
    ["0.3.0", "v{version}", "v0"],
    ["2.0.0-rc.1", "v{version}", undefined],
    ["2.0.0.post1", "v{version}", undefined],
  ])("%s by %s is %s: it follows stable versions only", (version, pattern, branch) => {
    expect(named(version, pattern)).toBe(branch);
  });

  it("is none where no branch is to follow", () => {
    expect(
      followingBranch(tagSection.parse({}), "v{version}", { ...aRelease(), tag: "v1.1.0", version: "1.1.0" }),
    ).toBe(undefined);
  });
});
