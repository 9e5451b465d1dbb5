import { afterEach, describe, expect, it } from "vitest";
import { aTagGround, type TagGround } from "./tag-ground.ts";

let at: TagGround;

afterEach(() => at.close());

const repository = "acme/rocket";
const target: "tag" | "branch" = "tag";
const ruleset = { name: "releases", target, include: ["refs/tags/v*"], rules: [{ type: "creation" }] };

/** Loaded once the ground stands, as the client reads its address when it is loaded. */
async function against(tag = "v1.1.0") {
  const { githubTagRules } = await import("#src/adapters/github-tag-rules");
  return githubTagRules(at.write, repository).against(tag);
}

describe("the rules for a tag that is still to be made", () => {
  it.each([
    ["forbid it by name", [{ ...ruleset }], ["releases"]],
    ["forbid every tag", [{ ...ruleset, include: ["~ALL"] }], ["releases"]],
    ["speak of other tags", [{ ...ruleset, include: ["refs/tags/nightly-*"] }], []],
    ["leave it out", [{ ...ruleset, exclude: ["refs/tags/v1.*"] }], []],
    ["forbid its deletion alone", [{ ...ruleset, rules: [{ type: "deletion" }] }], []],
    ["are not enforced", [{ ...ruleset, enforcement: "disabled" as const }], []],
    ["are for branches", [{ ...ruleset, target: "branch" as const, include: ["refs/heads/main"] }], []],
    ["are none", [], []],
  ])("TAG-08 PUB-05: %s", async (_what, rulesets, names) => {
    at = await aTagGround({ rulesets });
    expect(await against()).toEqual({ rulesets: names });
  });

  it("PUB-05: are unknown where GitHub does not tell them", async () => {
    at = await aTagGround({ rulesets: [ruleset] });
    at.github.faults.fail("repos/get-repo-ruleset", 404, 9);
    expect(await against()).toMatchObject({ unknown: expect.stringContaining("404") });
  });
});

describe("the right to write a release", () => {
  async function ask(token: string) {
    const { githubWriteRight } = await import("#src/adapters/github-write-right");
    return githubWriteRight(token, repository).credential({ name: "", variable: "" });
  }

  it("PUB-01 BLD-04: is seen where GitHub tells it, unknown where it does not, and nothing is written by asking", async () => {
    at = await aTagGround({ rulesets: [] });
    expect(await ask(at.write)).toMatchObject({ seen: "accepted", rights: "write" });
    const reader = at.github.issueToken({ permissions: { contents: "read" } });
    expect(await ask(reader)).toMatchObject({ seen: "unknown" });
    expect(await ask("ghs_madeup")).toMatchObject({ seen: "rejected" });
    expect(await ask("")).toEqual({ seen: "absent" });
    expect(new Set(at.journalled().map(({ route }) => route))).toEqual(new Set(["repos/get"]));
  });
});
