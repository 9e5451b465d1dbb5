import { describe, expect, it } from "vitest";
import { endingLines, isGood } from "./conclude.ts";
import type { Rehearsed } from "./release.ts";

describe("the last lines of a rehearsal", () => {
  it("say under a blocked verdict what to do and where its code is explained", () => {
    const text = lines({ verdict: "Aborted", reason: "tag.exists-other-commit", explanation: "why", next: "Look." });
    expect(text).toContain("Verdict: Aborted (tag.exists-other-commit)\n  why\n  Next: Look.\n");
    expect(text).toContain("docs/errors.md#tagexists-other-commit");
  });

  it("ALL-07: say of a release with an override that it is no plain success", () => {
    const ending = { verdict: "Released-with-override", reason: "verdict.overridden", explanation: "ada overrode it" };
    expect(lines(ending)).toContain("Verdict: Released-with-override (verdict.overridden)\n  ada overrode it\n");
    expect(lines(ending)).toContain("no plain success");
    expect(lines({})).not.toContain("no plain success");
    expect([isGood(anEnding({})), isGood(anEnding(ending))]).toEqual([true, false]);
  });

  it("say of a release that was repaired how it had ended, by which workflow it was repaired, and where its first report is", () => {
    const report = "/f/before-repair/report.html";
    const ending = {
      verdict: "Aborted",
      reason: "publish.partial",
      explanation: "live: one",
      next: "",
      planDigest: "",
    };
    const text = lines({ before: { ...ending, workflow: "publish.yml", report } });
    expect(text).toContain("Before publish.yml repaired it: Aborted (publish.partial)\n  live: one\n");
    expect(text).toContain("before-repair/report.html");
    expect(lines({})).not.toContain("repaired");
  });

  it("leave out what did not happen: a plan, requests", () => {
    expect(lines({ planDigest: "", requests: [] })).not.toMatch(/Plan:|API/);
    expect(lines({ requests: [{ stage: "tag", api: 0, assets: 0, git: 3 }] })).not.toContain("API");
    expect(lines({ requests: [{ stage: "tag", api: 1, assets: 0, git: 0 }] })).toContain("1 API request (tag 1)");
    expect(lines({ requests: [{ stage: "tag", api: 2, assets: 0, git: 0 }] })).toContain("2 API requests (tag 2)");
  });

  it("ALL-25: count what carries the bytes of assets apart from what is asked of the API", () => {
    const requests = [
      { stage: "tag", api: 2, assets: 0, git: 0 },
      { stage: "verdict", api: 4, assets: 3, git: 0 },
    ];
    expect(lines({ requests })).toContain("6 API requests (tag 2, verdict 4), and 3 for the bytes of assets\n");
  });

  it("say of every rehearsed mode, resumed or not, whether the servers are as they were; a difference is no success", () => {
    expect(lines({ untouched: undefined })).not.toContain("as it was before");
    expect(lines({ untouched: true })).toContain("✓ every server is as it was before");
    expect(lines({ untouched: false })).toContain("✗ a server is not as it was before");
    expect([undefined, true, false].map((untouched) => isGood(anEnding({ untouched })))).toEqual([true, true, false]);
  });

  it("name every refusal of an embedded server; one is no success", () => {
    const problems = ["POST /twirp/Unknown: not served", "GET /repos/a/b: x"];
    expect(lines({ problems })).toContain(problems.map((each) => `✗ an embedded server refused: ${each}\n`).join(""));
    expect(isGood(anEnding({ problems }))).toBe(false);
  });

  it("name a resume only where one can help, with the folder that was given", () => {
    expect(lines({ conclusion: "failure" })).not.toContain("--resume");
    expect(lines({ conclusion: "cancelled" })).toContain("To go on: npm run rehearse -- --resume\n");
    expect(lines({ conclusion: "lost" }, "my folder")).toContain("--resume --output 'my folder'\n");
  });
});

function lines(changes: Partial<Rehearsed>, output?: string): string {
  return endingLines(anEnding(changes), output).join("\n");
}

function anEnding(changes: Partial<Rehearsed>): Rehearsed {
  return {
    ...{ verdict: "Released", reason: "", explanation: "all is proven", next: "", planDigest: "sha256:0" },
    ...{ folder: "/f", report: undefined, requests: [], problems: [], conclusion: "success", untouched: undefined },
    ...changes,
  };
}
