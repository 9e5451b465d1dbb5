import { describe, expect, it } from "vitest";
import { FakeIssues } from "#src/testing/fake-issues";
import { readComments } from "./read-comments.ts";

const title = "Approve release v1.1.0";
const started = new Date("2026-01-01T12:00:00Z");
const before = new Date("2025-12-31T12:00:00Z");
const during = new Date("2026-01-01T12:05:00Z");

async function heard(opener: string, at: Date, change: (issue: object) => void = () => {}) {
  const issues = new FakeIssues();
  issues.now = at;
  const issue = issues.put({ title, author: opener });
  issues.author = "grace";
  await issues.comment(issue.number, "reject v1.1.0");
  change(issue);
  const found = await readComments(issues, { tag: "v1.1.0", approvers: ["grace", "joan"], started });
  return found.map(({ author, place }) => `${author} ${place}`);
}

describe("GAT-57: a rejection on an issue", () => {
  const close = (issue: object) => void Object.assign(issue, { open: false });
  const rename = (issue: object) => void Object.assign(issue, { title: "Nothing to see" });

  it("is heard wherever it stands, and however its opener closes or renames the issue", async () => {
    expect(await heard("mallory", during)).toEqual(["grace asked-by-stranger"]);
    expect(await heard("mallory", during, close)).toEqual(["grace asked-by-stranger"]);
    expect(await heard("mallory", during, rename)).toEqual(["grace elsewhere"]);
    expect(await heard("joan", during, close)).toEqual(["grace asked"]);
    expect(await heard("github-actions[bot]", during, rename)).toEqual(["grace elsewhere"]);
  });

  it("of before the release is settled by closing the issue, but not of a stranger's", async () => {
    expect(await heard("joan", before, close)).toEqual([]);
    expect(await heard("joan", before)).toEqual(["grace asked"]);
    expect(await heard("mallory", before, close)).toEqual(["grace asked-by-stranger"]);
  });
});
