import { describe, expect, it } from "vitest";
import { tagSection } from "#src/contract/config/tag";
import type { NewTag, SeenTag, TagObject } from "#src/ports/tags";
import { aRecord, aRelease, aSha } from "#src/testing/builders";
import { decideTag, fillIn, judgeGates, judgeName, judgeTag } from "./decide.ts";
import { judgeMaker, judgeReadBack, judgeSignature } from "./read-back.ts";

const release = { ...aRelease(), tag: "v1.1.0", version: "1.1.0" };
const policy = tagSection.parse({});
const tagger = { name: "github-actions[bot]", email: "41898282+github-actions[bot]@users.noreply.github.com" };
const wanted: NewTag = { kind: "annotated", tag: "v1.1.0", commit: aSha("a"), message: "Release v1.1.0", tagger };
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
  date: "2026-01-01T12:00:00Z",
  tagger,
  ...overrides,
});

describe("the gates of a commit that is to be tagged", () => {
  const gates = (overrides: Parameters<typeof aRecord>[0] = {}) => aRecord({ stage: "release-gates", ...overrides });

  it("TAG-02: pass when their record passed on the same commit", () => {
    expect(judgeGates(release, gates()).map(({ result }) => result)).toEqual(["pass", "pass"]);
  });

  it("TAG-02 GAT-15: are inconclusive without their record", () => {
    expect(judgeGates(release, undefined)).toMatchObject([{ result: "inconclusive", code: "all.evidence-missing" }]);
  });

  it.each(["fail", "inconclusive"] as const)("TAG-02 GAT-15: fail when their record concluded %s", (result) => {
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
    expect(decideTag(release, policy, "absent")).toEqual({ plan: "create", wanted });
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
    expect(decideTag(release, policy, found)).toEqual({ plan, seen: found });
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

describe("the tag's name", () => {
  it.each([
    ["TAG-03: passes by the default pattern", "v1.1.0", "v{version}", undefined],
    ["TAG-03: passes by a pattern of another form", "release/1.1.0", "release/{version}", undefined],
    ["TAG-03 TAG-05: fails as the name of another version", "v1.1.1", "v{version}", "tag.name-invalid"],
    ["TAG-03: fails by another pattern", "1.1.0", "v{version}", "tag.name-invalid"],
    ["TAG-03: fails as what git does not take", "v..1.1.0", "v..{version}", "tag.name-invalid"],
    ["TAG-03: fails as what git would take for an option", "-1.1.0", "-{version}", "tag.name-invalid"],
  ])("%s", (_rule, tag, pattern, code) => {
    expect(judgeName({ ...release, tag }, pattern).code).toBe(code);
  });
});

describe("the message of a tag", () => {
  it("TAG-04: takes tag, version and commit, and leaves other braces alone", () => {
    const text = fillIn("{tag} {version} {sha} {other} {tag}", release);
    expect(text).toBe(`v1.1.0 1.1.0 ${aSha("a")} {other} v1.1.0`);
  });

  it.each(["lightweight", "signed", "annotated"] as const)("TAG-04: a tag of kind %s is planned as such", (kind) => {
    const plan = decideTag(release, { ...policy, kind, message: "Version {version}" }, "absent");
    expect(plan).toMatchObject({ plan: "create", wanted: { kind, message: "Version 1.1.0" } });
  });
});

describe("a tag that reads back", () => {
  const judged = (ref: SeenTag | "absent", found: TagObject | undefined) =>
    judgeReadBack({ object, wanted }, { ref, read: found });

  it("TAG-08: passes as it was written, with or without a final line break", () => {
    expect(judged(seen(), read())).toMatchObject({ result: "pass" });
    expect(judged(seen(), read({ message: "Release v1.1.0\n" })).result).toBe("pass");
  });

  it.each<[string, SeenTag | "absent", TagObject | undefined]>([
    ["an absent ref", "absent", read()],
    ["another object behind the ref", seen({ object: aSha("d") }), read()],
    ["another commit behind the ref", seen({ commit: aSha("b") }), read()],
    ["a lightweight tag", seen({ annotated: false }), read()],
    ["no object", seen(), undefined],
    ["another name", seen(), read({ tag: "v1.1.1" })],
    ["a target that is no commit", seen(), read({ type: "tree" })],
    ["another target", seen(), read({ commit: aSha("b") })],
    ["another message", seen(), read({ message: "Release v1.1.1" })],
    ["another tagger's name", seen(), read({ tagger: { ...tagger, name: "someone" } })],
    ["another tagger's address", seen(), read({ tagger: { ...tagger, email: "a@b.example" } })],
  ])("TAG-08: fails with %s", (_what, ref, found) => {
    expect(judged(ref, found)).toMatchObject({ result: "fail", code: "tag.readback-mismatch" });
  });

  it.each([
    ["passes as a bare ref", seen({ object: aSha("a"), annotated: false }), "pass"],
    ["fails as an object", seen({ object: aSha("a") }), "fail"],
  ])("TAG-04 TAG-08: a lightweight one %s", (_rule, ref, result) => {
    const bare = { ...wanted, kind: "lightweight" } as const;
    expect(judgeReadBack({ object: aSha("a"), wanted: bare }, { ref, read: undefined }).result).toBe(result);
  });
});

describe("a tag that was made by hand", () => {
  it("TAG-17: is told from the suite's own by kind, message and tagger", () => {
    expect(judgeMaker(wanted, { ref: seen(), read: read() }).result).toBe("pass");
    const byHand = read({ tagger: { name: "Ada", email: "ada@example.org" } });
    expect(judgeMaker(wanted, { ref: seen(), read: byHand })).toMatchObject({ code: "tag.manual-refused" });
    expect(judgeMaker(wanted, { ref: seen({ annotated: false }), read: undefined }).code).toBe("tag.manual-refused");
  });
});

describe("a signature", () => {
  it("TAG-04: passes only with a signer whom the verifier names", () => {
    expect(judgeSignature("v1.1.0", { signer: "ada@example.org", because: "" }).result).toBe("pass");
    expect(judgeSignature("v1.1.0", { signer: null, because: "no principal" })).toMatchObject({
      code: "tag.sign-failed",
    });
  });
});
