import { describe, expect, it } from "vitest";
import { hitsOf, surveyPaths } from "#src/domain/changes/path-survey";

async function* paths(...list: string[]) {
  yield* list;
}

describe("the survey of changed paths", () => {
  it("counts each area, with the first few paths", async () => {
    const changed = ["api/1", "api/2", "api/3", "api/4", "api/5", "api/6", "web/1", "README.md"];
    const survey = await surveyPaths(paths(...changed), [
      { name: "api", paths: ["api/**"] },
      { name: "text", paths: ["*.md", "web/**"] },
      { name: "none", paths: ["docs/**"] },
    ]);
    expect(survey).toMatchObject({ known: true, files: 8 });
    expect(hitsOf(survey, "api")).toEqual({ files: 6, examples: changed.slice(0, 5) });
    expect(hitsOf(survey, "text")?.files).toBe(2);
    expect(hitsOf(survey, "none")).toEqual({ files: 0, examples: [] });
  });

  it("GAT-02: says nothing about an area that it was not asked about, and nothing at all where the changes are not known", async () => {
    expect(hitsOf(await surveyPaths(paths("a"), []), "api")).toBeUndefined();
    expect(hitsOf({ known: false, because: "out of reach" }, "api")).toBeUndefined();
  });
});
