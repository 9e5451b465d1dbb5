import { createServer } from "node:http";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { aSha } from "#src/testing/builders";

const pull = (number: number, repo: { full_name: string } | null) => ({
  ...{ number, html_url: `https://github.example/octo/tide/pull/${number}`, state: "open", merged_at: null },
  ...{ body: null, head: { sha: aSha(), repo } },
});
const answer = [pull(1, { full_name: "Octo/Tide" }), pull(2, { full_name: "octo/tide-fork" }), pull(3, null)];

const server = createServer((_request, response) => {
  response.writeHead(200, { "content-type": "application/json" });
  response.end(JSON.stringify(answer));
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

describe("the pull requests between two branches", () => {
  it("are those of the repository's own branches: not those of a fork of the same owner, nor of one that is gone", async () => {
    const { githubPullRequests } = await import("./github-pull-requests.ts");
    const found = await githubPullRequests("a-token", "octo/tide").between("release", "main");
    expect(found.map(({ number }) => number)).toEqual([1]);
  });
});
