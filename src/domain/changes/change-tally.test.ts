import { describe, expect, it } from "vitest";
import { startChangeTally } from "#src/domain/changes/change-tally";
import { readCommit } from "#src/domain/conventional-commit";
import { aSha } from "#src/testing/builders";

const scheme = {
  components: [
    { id: "api", scopes: ["server"] },
    { id: "web", scopes: [] },
  ],
  tickets: "(?<![\\w/&])#\\d+\\b",
};

function tallied(messages: string[], parents = 1) {
  const tally = startChangeTally(scheme);
  messages.forEach((message, index) => {
    tally.add({ sha: aSha(String(index + 1)), message, ...readCommit(message, parents) });
  });
  return tally.total();
}

describe("PLN-43: the changes since the release before", () => {
  it.each([
    ["feat!: drop the old form", "breaking"],
    ["fix: one\n\nBREAKING CHANGE: the other", "breaking"],
    ["fix(security): close the door", "security"],
    ["security: close the door", "security"],
    ["fix: update tar (CVE-2026-12345)", "security"],
    ["chore: update tar\n\nGHSA-abcd-1234-efgh", "security"],
    ["feat: tides", "features"],
    ["fix: tides", "fixes"],
    ["docs: tides", "other"],
    ["Tides", "other"],
    ["Tides and more (#4)\n\n* feat: tides\n* fix: more", "features"],
  ])("%j is a change of the kind %s", (message, kind) => {
    expect(tallied([message]).lines).toMatchObject([{ kind, subject: message.split("\n")[0] }]);
  });

  it("are grouped by component as their scopes name it, and by kind", () => {
    const { kinds, components } = tallied(["feat(api): a", "fix(server): b", "feat(api,web): c", "fix: d"]);
    expect(kinds).toEqual({ breaking: 0, security: 0, features: 2, fixes: 2, other: 0 });
    expect(components.map(({ id, kinds: { features, fixes } }) => [id, features, fixes])).toEqual([
      ["api", 2, 1],
      ["web", 1, 0],
      ["elsewhere", 0, 1],
    ]);
  });

  it("carry their tickets, each once", () => {
    const { lines, tickets } = tallied([
      "fix: a (#12)\n\nCloses #12, see #13 and https://x.example/#14",
      "fix: b (#13)",
    ]);
    expect(lines[0]?.tickets).toEqual(["#12", "#13"]);
    expect([...tickets]).toEqual([
      ["#12", aSha("1")],
      ["#13", aSha("1")],
    ]);
  });

  it("stand with what weighs most first, newest first within a kind", () => {
    const { lines } = tallied(["docs: a", "fix: b", "fix: c", "feat!: d"]);
    expect(lines.map(({ subject }) => subject)).toEqual(["feat!: d", "fix: b", "fix: c", "docs: a"]);
  });

  it("a bare merge is no change, and still brings the ticket of its pull request", () => {
    const { kinds, tickets } = tallied(["Merge pull request #7 from octo/tide"], 2);
    expect(kinds.other).toBe(0);
    expect([...tickets.keys()]).toEqual(["#7"]);
  });

  it("a revert brings no ticket, and its own revert does", () => {
    expect([...tallied(['Reapply "fix: a (#12)"']).tickets.keys()]).toEqual(["#12"]);
    expect([...tallied(['Revert "fix: a (#12)"']).tickets]).toEqual([]);
  });

  it("end with a code of their own where the expression of tickets takes for ever over a message", () => {
    const tally = startChangeTally({ ...scheme, tickets: "(?:a+)+#" });
    tally.add({ sha: aSha(), message: "a".repeat(60), ...readCommit("", 1) });
    expect(() => tally.total()).toThrow(expect.objectContaining({ code: "all.expression-too-slow" }));
  });

  it("are all counted, and the newest 200 of a kind listed", () => {
    const { kinds, lines, leftOut } = tallied(Array.from({ length: 301 }, () => "fix: a"));
    expect([kinds.fixes, lines.length, leftOut]).toEqual([301, 200, 101]);
  });
});
