import { createServer } from "node:http";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { moveTrouble } from "#src/adapters/git-branch-pointer";
import { dispatchTrouble, githubWorkflowRuns } from "#src/adapters/github-workflow-runs";
import { parseTag, pushTrouble } from "#src/adapters/signed-tags";
import { answered, sharedTroubles } from "#src/testing/github-answers";
import { onLoopback } from "#src/testing/on-loopback";

describe("a dispatch that GitHub did not confirm", () => {
  it.each([
    ["lacks a scope", answered(403, "Resource not accessible by integration"), "refused", "tag.permission-missing"],
    ["names a workflow that is not there", answered(404), "refused", "tag.dispatch-failed"],
    ["names a workflow without that trigger", answered(422, "no trigger"), "refused", "tag.dispatch-failed"],
    ...sharedTroubles,
  ])("TAG-10: %s", (_what, error, outcome, code) => {
    expect(dispatchTrouble(error)).toMatchObject({ outcome, ...(code ? { code } : {}) });
  });
});

describe("a move of a branch that GitHub did not confirm", () => {
  it.each([
    ["is no fast-forward", answered(422, "Update is not a fast forward"), "refused", "tag.branch-diverged"],
    ["met a ruleset", answered(422, "Repository rule violations found"), "refused", "tag.branch-failed"],
    ["met a branch that was just made", answered(422, "Reference already exists"), "unclear", undefined],
    ["lacks a scope", answered(403), "refused", "tag.permission-missing"],
    ...sharedTroubles,
  ])("%s", (_what, error, outcome, code) => {
    expect(moveTrouble(error)).toMatchObject({ outcome, ...(code ? { code } : {}) });
  });
});

describe("a push of a signed tag that failed", () => {
  it.each([
    ["met a tag of that name", "! [rejected] v1 -> v1 (already exists)", "exists", undefined],
    [
      "met a ruleset",
      "remote: error: GH013: Repository rule violations found for refs/tags/v1.",
      "refused",
      "tag.rule-forbids",
    ],
    ["met a hook", "! [remote rejected] v1 -> v1 (hook declined)", "refused", "tag.create-failed"],
    ["lacks a scope", "The requested URL returned error: 403", "refused", "tag.permission-missing"],
    ["has a token that is not valid", "fatal: Authentication failed for the server", "refused", "all.auth-unhealthy"],
    ["lost the connection", "fatal: the remote end hung up unexpectedly", "unclear", undefined],
  ])("TAG-08: %s", (_what, words, outcome, code) => {
    expect(pushTrouble(words)).toMatchObject({ outcome, ...(code ? { code } : {}) });
  });
});

describe("a tag object", () => {
  it("TAG-08 TAG-15: is read without its signature, with all of its message, and with its date in its own offset", () => {
    const head = `object ${"a".repeat(40)}\ntype commit\ntag v1\ntagger Ada Lovelace <ada@example.org> 1767268800 -0230`;
    const text = `${head}\n\nRelease v1\n\nobject of envy\n-----BEGIN SSH SIGNATURE-----\nAAAA\n-----END SSH SIGNATURE-----\n`;
    expect(parseTag(text)).toEqual({
      tag: "v1",
      type: "commit",
      commit: "a".repeat(40),
      message: "Release v1\n\nobject of envy\n",
      tagger: { name: "Ada Lovelace", email: "ada@example.org" },
      date: "2026-01-01T09:30:00-02:30",
    });
  });
});

describe("GAT-44: the jobs of a run", () => {
  let count = 0;
  const server = createServer((request, response) => {
    const page = Number(new URL(request.url ?? "", "http://loopback").searchParams.get("page") ?? 1);
    const listed = Array.from({ length: Math.min(100, Math.max(0, count - (page - 1) * 100)) }, (_, index) => {
      const id = (page - 1) * 100 + index + 1;
      return { id, name: `gate ${id}`, html_url: null, conclusion: id === count ? "failure" : "success" };
    });
    response.writeHead(request.url?.endsWith("/logs") ? 404 : 200, { "content-type": "application/json" });
    response.end(JSON.stringify({ total_count: count, jobs: listed }));
  });
  const runs = () => githubWorkflowRuns("t", "octo/tide");

  beforeAll(async () => {
    vi.stubEnv("GITHUB_API_URL", await onLoopback(server));
  });
  afterAll(() => {
    vi.unstubAllEnvs();
    server.close();
  });

  it.each([3, 100, 101, 260])("are read to the last one, where there are %i", async (all) => {
    count = all;
    expect((await runs().failedJobs(7)).map(({ name }) => name)).toEqual([`gate ${all}`]);
    expect(await runs().succeededJobs(7)).toHaveLength(all - 1);
  });

  it("are not told where there are more than are read", async () => {
    count = 1001;
    await expect(runs().failedJobs(7)).rejects.toMatchObject({ message: expect.stringContaining("more than 1000") });
  });
});
