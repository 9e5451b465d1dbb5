import { expect, it } from "vitest";
import type { JournalLine } from "./github/journal.ts";
import { problemsOf } from "./problems.ts";

const line: JournalLine = {
  ...{ time: "2026-01-01T12:00:00Z", stage: "tag", method: "POST", path: "/repos/a/b/git/refs", route: null },
  ...{ status: 422, scope: null, ms: 1 },
};

it("the problems of a rehearsal are those of every server, a forbidden request with what forbids it", () => {
  const github = { problems: () => [{ ...line, guard: { side: "request" as const, violations: ["a", "b"] } }] };
  const artifacts = { problems: () => [{ ...line, path: "/twirp/Unknown", unexpected: true as const }] };
  expect(problemsOf(github, artifacts)).toEqual(["POST /repos/a/b/git/refs: a, b", "POST /twirp/Unknown: not served"]);
});
