import { createServer } from "node:http";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { toFailure } from "#src/domain/failure";
import type { MergeReviews } from "#src/ports/merge-reviews";
import { aSha } from "#src/testing/builders";

const sha = aSha();
const pullsPath = `/repos/octo/tide/commits/${sha}/pulls?per_page=100&page=1`;
const reviewsPath = "/repos/octo/tide/pulls/4/reviews?per_page=100&page=1";
const rulesPath = "/repos/octo/tide/rules/branches/release%2F1.x?per_page=100&page=1";

/** Answers of the server by path with query; any other path is 404. */
let answers: Record<string, unknown> = {};

const server = createServer((request, response) => {
  const body = answers[request.url ?? ""];
  response.writeHead(body === undefined ? 404 : 200, { "content-type": "application/json" });
  response.end(JSON.stringify(body ?? { message: "Not Found" }));
});

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  vi.stubEnv("GITHUB_API_URL", `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}`);
});
afterAll(() => {
  vi.unstubAllEnvs();
  server.close();
});
beforeEach(() => {
  answers = {};
});

async function adapter(): Promise<MergeReviews> {
  const { githubMergeReviews } = await import("./github-merge-reviews.ts");
  return githubMergeReviews("a-token", "octo/tide");
}

const aPull = (changes: object = {}) => ({
  ...{ number: 4, html_url: "https://github.example/octo/tide/pull/4", user: { login: "mona" } },
  ...{ merged_at: "2026-01-01T11:30:00Z", merge_commit_sha: sha, base: { ref: "main" }, head: { sha: aSha("c") } },
  ...changes,
});
const aReview = (changes: object = {}) => ({
  ...{ user: { login: "grace", type: "User" }, state: "APPROVED", commit_id: aSha("c") },
  ...{ author_association: "MEMBER", submitted_at: "2026-01-01T11:00:00Z", html_url: "https://github.example/r/1" },
  ...changes,
});

describe("the merge behind a commit", () => {
  it("GAT-58: is the pull request that became this very commit, with its reviews", async () => {
    answers = {
      [pullsPath]: [aPull({ number: 3, merge_commit_sha: aSha("b") }), aPull({ number: 2, merged_at: null }), aPull()],
      [reviewsPath]: [aReview(), aReview({ user: { login: "harbour[bot]", type: "Bot" } }), aReview({ user: null })],
    };
    const found = await (await adapter()).mergedAs(sha);
    expect(found).toMatchObject([{ number: 4, author: "mona", base: "main", head: aSha("c") }]);
    expect(found[0]?.reviews.map(({ by, automated }) => [by, automated])).toEqual([
      ["grace", false],
      ["harbour[bot]", true],
      ["", true],
    ]);
    expect(found[0]?.reviews[0]).toMatchObject({
      ...{ state: "APPROVED", commit: aSha("c"), standing: "MEMBER", submitted: new Date("2026-01-01T11:00:00Z") },
    });
  });

  it("is none where the commit came without a pull request", async () => {
    answers = { [pullsPath]: [] };
    expect(await (await adapter()).mergedAs(sha)).toEqual([]);
  });

  it("GAT-58: reads every page of reviews", async () => {
    const first = Array.from({ length: 100 }, () => aReview({ state: "COMMENTED" }));
    const second = reviewsPath.replace("&page=1", "&page=2");
    answers = { [pullsPath]: [aPull()], [reviewsPath]: first, [second]: [aReview()] };
    const [pull] = await (await adapter()).mergedAs(sha);
    expect(pull?.reviews).toHaveLength(101);
    expect(pull?.reviews.at(-1)?.state).toBe("APPROVED");
  });

  it.each<[what: string, pulls: unknown, code: string]>([
    ["another form", [{ number: "4" }], "gates.approval-unknown"],
    ["no list", { message: "moved" }, "gates.approval-unknown"],
    ["nothing", undefined, "all.upstream-unreachable"],
  ])("is unknown where GitHub answers with %s", async (_what, pulls, code) => {
    answers = { [pullsPath]: pulls };
    await expect((await adapter()).mergedAs(sha).catch(toFailure)).resolves.toMatchObject({ code });
  });
});

describe("the reviews that a branch's rules ask for", () => {
  it("GAT-58: are the strictest rule's, and none where there is no rule", async () => {
    answers = { [rulesPath]: [] };
    expect(await (await adapter()).required("release/1.x")).toBe(0);
    const rule = (count?: number) => ({ type: "pull_request", parameters: { required_approving_review_count: count } });
    answers = { [rulesPath]: [{ type: "deletion" }, rule(1), rule(2), rule()] };
    expect(await (await adapter()).required("release/1.x")).toBe(2);
  });
});
