import { describe, expect, it } from "vitest";
import { endingLines } from "./conclude.ts";
import type { Rehearsed } from "./release.ts";

describe("the last lines of a rehearsal", () => {
  it("say under a blocked verdict what to do and where its code is explained", () => {
    const text = lines({ verdict: "Aborted", reason: "tag.exists-other-commit", explanation: "why", next: "Look." });
    expect(text).toContain("Verdict: Aborted (tag.exists-other-commit)\n  why\n  Next: Look.\n");
    expect(text).toContain("docs/errors.md#tagexists-other-commit");
  });

  it("leave out what did not happen: a plan, requests", () => {
    expect(lines({ planDigest: "", requests: [] })).not.toMatch(/Plan:|API/);
    expect(lines({ requests: [{ stage: "tag", api: 0, git: 3 }] })).not.toContain("API");
    expect(lines({ requests: [{ stage: "tag", api: 1, git: 0 }] })).toContain("1 API request (tag 1)");
    expect(lines({ requests: [{ stage: "tag", api: 2, git: 0 }] })).toContain("2 API requests (tag 2)");
  });

  it("name a resume only where one can help, with the folder that was given", () => {
    expect(lines({ conclusion: "failure" })).not.toContain("--resume");
    expect(lines({ conclusion: "cancelled" })).toContain("To go on: npm run rehearse -- --resume\n");
    expect(lines({ conclusion: "lost" }, "my folder")).toContain("--resume --output 'my folder'\n");
  });
});

function lines(changes: Partial<Rehearsed>, output?: string): string {
  const ended: Rehearsed = {
    ...{ verdict: "Released", reason: "", explanation: "all is proven", next: "", planDigest: "sha256:0" },
    ...{ folder: "/f", report: undefined, requests: [], problems: [], conclusion: "success", untouched: undefined },
    ...changes,
  };
  return endingLines(ended, { rehearsed: false, output }).join("\n");
}
