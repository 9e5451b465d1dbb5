import { afterEach, beforeEach, describe, expect, it } from "vitest";
import * as z from "zod";
import { aGitHub, type Fixture } from "../testing.ts";

const issuesForm = z.object({
  data: z.object({
    repository: z.object({ issues: z.looseObject({ pageInfo: z.looseObject({ endCursor: z.string() }) }) }),
  }),
});

let at: Fixture;
const ask = async (query: string, token?: string) =>
  at.ask("POST", "/graphql", { body: { query }, ...(token === undefined ? {} : { token }) });
const inRepository = (fields: string, token?: string) =>
  ask(`{ repository(owner: "acme", name: "Rocket") { ${fields} } }`, token);

beforeEach(async () => {
  at = await aGitHub();
});
afterEach(() => at.close());

describe("a query", () => {
  it("finds the pull request of a commit, the issues that it closes, and what closed them", async () => {
    const issue = at.github.recordIssue({ title: "Leak", labels: ["bug"], state: "closed", closer: { pull: 2 } });
    at.github.recordPullRequest({ title: "Mend the leak", commits: [at.head], closes: [issue] });
    const { body } = await inRepository(`
      commit: object(oid: "${at.head}") { ... on Commit { associatedPullRequests(first: 5) { totalCount nodes {
        number state headRefName closingIssuesReferences(first: 5) { nodes {
          number state stateReason repository { nameWithOwner } labels(first: 5) { nodes { name } }
          timelineItems(last: 1, itemTypes: [CLOSED_EVENT]) { nodes { ... on ClosedEvent { closer {
            __typename ... on PullRequest { number } ... on Commit { oid } } } } } } } } } } }
      absent: object(oid: "${"f".repeat(40)}") { oid }`);
    const closer = { __typename: "PullRequest", number: 2 };
    const closed = { number: 1, state: "CLOSED", stateReason: null, repository: { nameWithOwner: "acme/rocket" } };
    const nodes = [{ ...closed, labels: { nodes: [{ name: "bug" }] }, timelineItems: { nodes: [{ closer }] } }];
    const pull = { number: 2, state: "MERGED", headRefName: "topic", closingIssuesReferences: { nodes } };
    expect(body).toEqual({
      data: { repository: { commit: { associatedPullRequests: { totalCount: 1, nodes: [pull] } }, absent: null } },
    });
    expect(at.journalled()).toMatchObject([
      { method: "POST", path: "/graphql", route: "graphql", stage: "test", status: 200 },
    ]);
    expect(at.github.problems()).toEqual([]);
  });

  it("tells issues and pull requests apart, and names in errors beside the data what is absent", async () => {
    at.github.recordIssue({ title: "One" });
    at.github.recordPullRequest({ title: "Two", commits: [] });
    const fields = (number: number) => `n${number}: issueOrPullRequest(number: ${number}) { __typename }`;
    expect((await inRepository([1, 2, 3].map(fields).join(" "))).body).toEqual({
      data: { repository: { n1: { __typename: "Issue" }, n2: { __typename: "PullRequest" }, n3: null } },
      errors: [
        {
          type: "NOT_FOUND",
          path: ["repository", "n3"],
          locations: [expect.anything()],
          message: "Could not resolve to an issue or pull request with the number of 3.",
        },
      ],
    });
    expect((await ask('{ repository(owner: "acme", name: "moon") { nameWithOwner } }')).body).toMatchObject({
      data: { repository: null },
      errors: [{ type: "NOT_FOUND", path: ["repository"] }],
    });
  });

  it("lists issues by label, newest first and page by page, with who opened them", async () => {
    for (const [title, author] of [
      ["One", "ada"],
      ["Two", "github-actions[bot]"],
      ["Three", ""],
    ] as const)
      at.github.recordIssue({ title, author, labels: ["Audit"] });
    at.github.recordIssue({ title: "Four", labels: ["bug"] });
    const page = async (after: string) => {
      const { body } =
        await inRepository(`issues(first: 2, labels: ["audit"], orderBy: { field: CREATED_AT, direction: DESC }${after}) {
        totalCount pageInfo { hasNextPage endCursor } nodes { title author { __typename login } } }`);
      return issuesForm.parse(body).data.repository.issues;
    };
    const first = await page("");
    expect(first).toMatchObject({
      totalCount: 3,
      pageInfo: { hasNextPage: true },
      nodes: [
        { title: "Three", author: null },
        { title: "Two", author: { __typename: "Bot", login: "github-actions" } },
      ],
    });
    expect(await page(`, after: "${first.pageInfo.endCursor}"`)).toMatchObject({
      pageInfo: { hasNextPage: false },
      nodes: [{ title: "One", author: { __typename: "User", login: "ada" } }],
    });
  });

  it("is answered as far as the token reaches", async () => {
    at.github.recordIssue({ title: "One" });
    const token = at.github.issueToken({ permissions: { "pull-requests": "read", contents: "read" } });
    const { body } = await inRepository(
      `issue: issueOrPullRequest(number: 1) { __typename } commit: object(oid: "${at.head}") { oid }`,
      token,
    );
    expect(body).toMatchObject({
      data: { repository: { issue: null, commit: { oid: at.head } } },
      errors: [{ type: "FORBIDDEN", path: ["repository", "issue"], message: "Resource not accessible by integration" }],
    });
    expect((await inRepository("nameWithOwner", "made-up")).code).toBe(401);
  });

  it.each([
    ["a field that GitHub's schema does not have", "colour", "Cannot query field"],
    ["a connection without bounds", "issues { totalCount }", "needs `first` or `last`"],
    ["a connection of more than a hundred", "issues(first: 101) { totalCount }", "found 101"],
    [
      "more than 500,000 nodes",
      "issues(first: 100) { nodes { labels(first: 100) { nodes { name } } repository { pullRequests(first: 100) { nodes { labels(first: 100) { totalCount } } } } } }",
      "possible nodes",
    ],
  ])("is refused for %s, and fails the rehearsal", async (_what, fields, message) => {
    const { code, body } = await inRepository(fields);
    expect([code, body]).toEqual([
      200,
      { errors: [expect.objectContaining({ message: expect.stringContaining(message) })] },
    ]);
    expect(at.github.problems()).toMatchObject([{ route: "graphql", guard: { side: "request" } }]);
  });

  it("costs points by its connections, and none are left once the budget is spent", async () => {
    const heavy =
      "issues(first: 100) { nodes { labels(first: 1) { totalCount } timelineItems(last: 1) { __typename } } }";
    expect((await inRepository(heavy)).headers.get("x-ratelimit-used")).toBe("2");
    at.github.faults.primaryLimit();
    expect((await inRepository("nameWithOwner")).body).toMatchObject({ errors: [{ type: "RATE_LIMITED" }] });
  });
});
