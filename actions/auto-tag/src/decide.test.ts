import { describe, expect, it } from "vitest";
import type { NewTag, SeenTag, TagObject } from "#src/ports/tags";
import { aRecord, aRelease, aSha } from "#src/testing/builders";
import { decideTag, judgeGates, judgeReadBack, judgeTag } from "./decide.ts";

const release = { ...aRelease(), tag: "v1.1.0" };
const tagger = { name: "github-actions[bot]", email: "41898282+github-actions[bot]@users.noreply.github.com" };
const wanted: NewTag = { tag: "v1.1.0", commit: aSha("a"), message: "Release v1.1.0", tagger };
const object = aSha("e");

const seen = (overrides: Partial<SeenTag> = {}): SeenTag => ({
  object,
  commit: aSha("a"),
  annotated: true,
  ...overrides,
});
const read = (overrides: Partial<TagObject> = {}): TagObject => ({
  tag: "v1.1.0",
  type: "commit",
  commit: aSha("a"),
  message: "Release v1.1.0",
  tagger,
  ...overrides,
});

describe("the gates of a commit that is to be tagged", () => {
  const gates = (overrides: Parameters<typeof aRecord>[0] = {}) => aRecord({ stage: "release-gates", ...overrides });

  it("TAG-02: pass when their record passed on the same commit", () => {
    expect(judgeGates(release, gates()).map(({ result }) => result)).toEqual(["pass", "pass"]);
  });

  it("TAG-02: are inconclusive without their record", () => {
    expect(judgeGates(release, undefined)).toMatchObject([{ result: "inconclusive", code: "all.evidence-missing" }]);
  });

  it.each(["fail", "inconclusive"] as const)("TAG-02: fail when their record concluded %s", (result) => {
    const checks = judgeGates(release, gates({ verdict: { result, "decided-by": ["lint"] } }));
    expect(checks[0]).toMatchObject({ result: "fail", code: "tag.gates-not-passed" });
  });

  it("TAG-02: fail when their record names another commit, with both ids", () => {
    const [, commit] = judgeGates(release, gates({ release: aRelease({ sha: aSha("b") }) }));
    expect(commit).toMatchObject({ result: "fail", code: "tag.gates-sha-mismatch" });
    expect(commit?.because).toContain(aSha("a"));
    expect(commit?.because).toContain(aSha("b"));
  });
});

describe("the plan for a tag", () => {
  it("TAG-03 TAG-04 TAG-05: creates an absent tag, annotated, on the gated commit, by the service's identity", () => {
    expect(decideTag(release, "absent")).toEqual({ plan: "create", wanted });
  });

  it.each([
    ["TAG-07: leaves a tag on the same commit as it is", seen(), "already"],
    [
      "TAG-07: leaves a lightweight tag on the same commit as it is",
      seen({ object: aSha("a"), annotated: false }),
      "already",
    ],
    ["TAG-07 F07: refuses a tag on another commit", seen({ commit: aSha("b") }), "refuse"],
    [
      "TAG-07 F07: refuses a lightweight tag on another commit",
      seen({ commit: aSha("b"), annotated: false }),
      "refuse",
    ],
  ])("%s", (_rule, found, plan) => {
    expect(decideTag(release, found)).toEqual({ plan, seen: found });
  });
});

describe("a tag that was found", () => {
  it("TAG-07: passes on the same commit, and says that it is lightweight", () => {
    const check = judgeTag(release, { plan: "already", seen: seen({ annotated: false }) });
    expect(check).toMatchObject({ result: "pass" });
    expect(check.because).toContain("lightweight");
  });

  it("TAG-07 F07: fails on another commit, with both ids in full", () => {
    const check = judgeTag(release, { plan: "refuse", seen: seen({ commit: aSha("b") }) });
    expect(check).toMatchObject({ result: "fail", code: "tag.exists-other-commit" });
    expect(check.because).toContain(aSha("a"));
    expect(check.because).toContain(aSha("b"));
  });
});

describe("a tag that reads back", () => {
  it("TAG-08: passes as it was written, with or without a final line break", () => {
    expect(judgeReadBack({ object, wanted }, seen(), read())).toMatchObject({ result: "pass" });
    expect(judgeReadBack({ object, wanted }, seen(), read({ message: "Release v1.1.0\n" })).result).toBe("pass");
  });

  it.each<[string, SeenTag | "absent", TagObject]>([
    ["an absent ref", "absent", read()],
    ["another object behind the ref", seen({ object: aSha("d") }), read()],
    ["another commit behind the ref", seen({ commit: aSha("b") }), read()],
    ["another name", seen(), read({ tag: "v1.1.1" })],
    ["a target that is no commit", seen(), read({ type: "tree" })],
    ["another target", seen(), read({ commit: aSha("b") })],
    ["another message", seen(), read({ message: "Release v1.1.1" })],
    ["another tagger's name", seen(), read({ tagger: { ...tagger, name: "someone" } })],
    ["another tagger's address", seen(), read({ tagger: { ...tagger, email: "a@b.example" } })],
  ])("TAG-08: fails with %s", (_what, ref, found) => {
    expect(judgeReadBack({ object, wanted }, ref, found)).toMatchObject({
      result: "fail",
      code: "tag.readback-mismatch",
    });
  });
});
