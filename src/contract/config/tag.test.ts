import { describe, expect, it } from "vitest";
import { tagSection } from "#src/contract/config/tag";

const complaints = (section: object) =>
  tagSection.safeParse(section).error?.issues.map(({ path, message }) => `${path.join(".")}: ${message}`) ?? [];

describe("the section about tags", () => {
  it("TAG-04 TAG-05 TAG-10 TAG-14: is safe without a word: annotated, on the head, all versions, later jobs go on, nothing follows", () => {
    expect(tagSection.parse({})).toEqual({
      kind: "annotated",
      target: "head",
      channel: "all",
      message: "Release {tag}",
      tagger: { name: "github-actions[bot]", email: "41898282+github-actions[bot]@users.noreply.github.com" },
      manual: "allow",
      next: { mode: "call" },
      "floating-major": "none",
      recover: "print",
    });
  });

  it("TAG-11: observes a dispatch for 120 s, every 5 s", () => {
    const { next } = tagSection.parse({ next: { mode: "dispatch", workflow: "release.yml" } });
    expect(next).toMatchObject({ observe: "120s", poll: "5s", follow: false, inputs: {} });
  });

  it("reads back what it gave, as the plan freezes it", () => {
    const parsed = tagSection.parse({ next: { mode: "token", workflow: "release.yml" }, message: "Version {version}" });
    expect(tagSection.parse(parsed)).toEqual(parsed);
  });

  it.each([
    ["a signed tag without signers", { kind: "signed" }, "signing: "],
    ["a dispatch without a workflow", { next: { mode: "dispatch" } }, "next.workflow: "],
    ["a workflow outside the folder", { next: { mode: "dispatch", workflow: "../release.yml" } }, "next.workflow: "],
    ["nothing that follows, without a reason", { next: { mode: "none" } }, "next.reason: "],
    ["a mode that is none", { next: { mode: "push" } }, "next.mode: "],
    ["a time without its unit", { next: { mode: "token", workflow: "a.yml", observe: "120" } }, "next.observe: "],
    ["a message that git would trim", { message: "Release {tag} " }, "message: "],
    [
      "a tagger whose name would break the object",
      { tagger: { name: "A <b>", email: "a@b.example" } },
      "tagger.name: ",
    ],
    ["a floating tag", { "floating-major": "tag" }, "floating-major: "],
    ["an unknown key", { sign: true }, ": Unrecognized key"],
  ])("refuses %s", (_what, section, complaint) => {
    expect(complaints(section).join("\n")).toContain(complaint);
  });
});
