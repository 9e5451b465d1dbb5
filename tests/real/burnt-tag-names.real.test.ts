import { afterEach, describe, expect, it } from "vitest";
import type { TagWriting } from "#src/ports/tags";
import { aTagGround, type TagGround } from "./tag-ground.ts";

let at: TagGround;

afterEach(() => at.close());

const words =
  "GitHub answered 422: Repository rule violations found; Cannot create ref due to creations being restricted.";
const refused = { outcome: "refused", code: "tag.rule-forbids", because: words } as const;
const ruleset = { name: "tags", include: ["refs/tags/v*"], rules: [{ type: "creation" }] };
const ofTags = { ...ruleset, target: "tag" } as const;

describe("a tag that GitHub refuses to create", () => {
  it.each([
    ["has a burnt name where nothing is protected", [], "tag.name-burnt"],
    [
      "has a burnt name where only branches are protected",
      [{ ...ruleset, target: "branch" as const }],
      "tag.name-burnt",
    ],
    [
      "has a burnt name where no ruleset is enforced",
      [{ ...ofTags, enforcement: "disabled" as const }],
      "tag.name-burnt",
    ],
    ["may be forbidden where a ruleset of tags is enforced", [ofTags], "tag.rule-forbids"],
  ])("TAG-08: %s", async (_fact, rulesets, code) => {
    at = await aTagGround({ rulesets });
    expect(await judged(refused)).toMatchObject({ outcome: "refused", code });
  });

  it("TAG-08: keeps its refusal where GitHub does not say which rulesets there are", async () => {
    at = await aTagGround({ rulesets: [] });
    at.github.faults.fail("repos/get-repo-rulesets", 404, 9);
    expect(await judged(refused)).toEqual(refused);
  });

  it("TAG-18: is asked about for these words alone, and no request is spent on others", async () => {
    at = await aTagGround({ rulesets: [] });
    const others: TagWriting[] = [
      { outcome: "created", object: "a".repeat(40) },
      { ...refused, because: "GitHub answered 422: Repository rule violations found" },
      { ...refused, code: "tag.create-failed" },
    ];
    for (const writing of others) expect(await judged(writing)).toEqual(writing);
    expect(at.github.problems()).toEqual([]);
    await at.ask("GET", "/repos/acme/rocket");
    expect(at.journalled().map(({ route }) => route)).toEqual(["repos/get"]);
  });
});

/** Loaded once the ground stands, as the client reads its address when it is loaded. */
async function judged(writing: TagWriting): Promise<TagWriting> {
  const { nameBurnt } = await import("#src/adapters/burnt-tag-names");
  return nameBurnt({ token: at.write, repository: "acme/rocket" }, writing);
}
