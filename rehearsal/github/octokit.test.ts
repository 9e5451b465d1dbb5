import { createHash } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { aGitHub, type Fixture } from "./testing.ts";

const repo = { owner: "acme", repo: "rocket" };
let at: Fixture;
let octokit: ReturnType<typeof import("@actions/github").getOctokit>;

beforeAll(async () => {
  at = await aGitHub();
  // The client fixes its base address when it is imported.
  vi.stubEnv("GITHUB_API_URL", at.github.apiUrl);
  const { getOctokit } = await import("@actions/github");
  octokit = getOctokit(at.write);
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await at.close();
});

describe("octokit against the embedded GitHub", () => {
  it("goes from tag object to published release with assets, and nothing is amiss", async () => {
    const tag = await octokit.rest.git.createTag({
      ...repo,
      tag: "v1.0.0",
      message: "Version 1.0.0",
      object: at.head,
      type: "commit",
    });
    await octokit.rest.git.createRef({ ...repo, ref: "refs/tags/v1.0.0", sha: tag.data.sha });
    const draft = await octokit.rest.repos.createRelease({
      ...repo,
      tag_name: "v1.0.0",
      name: "1.0.0",
      body: "Notes",
      draft: true,
    });
    const bytes = Buffer.from([0, 1, 2, 255]);
    const asset = await octokit.request(`POST ${draft.data.upload_url}`, {
      name: "rocket.tgz",
      headers: { "content-type": "application/gzip" },
      data: bytes,
    });
    expect(asset.data.digest).toBe(`sha256:${createHash("sha256").update(bytes).digest("hex")}`);
    await expect(octokit.rest.repos.getReleaseByTag({ ...repo, tag: "v1.0.0" })).rejects.toMatchObject({ status: 404 });
    await octokit.rest.repos.updateRelease({ ...repo, release_id: draft.data.id, draft: false, make_latest: "true" });
    const published = await octokit.rest.repos.getLatestRelease(repo);
    expect(published.data).toMatchObject({
      tag_name: "v1.0.0",
      draft: false,
      assets: [{ name: "rocket.tgz", size: 4, content_type: "application/gzip" }],
    });
    const loaded = await octokit.request("GET /repos/{owner}/{repo}/releases/assets/{asset_id}", {
      ...repo,
      asset_id: asset.data.id,
      headers: { accept: "application/octet-stream" },
    });
    expect(Buffer.from(Object(loaded.data))).toEqual(bytes);
    expect(at.github.problems()).toEqual([]);
  });

  it("walks all pages of a list", async () => {
    for (let number = 0; number < 35; number += 1)
      await octokit.rest.issues.create({ ...repo, title: `Issue ${number}` });
    expect(await octokit.paginate(octokit.rest.issues.listForRepo, repo)).toHaveLength(35);
  });

  it("meets GitHub's refusals with their codes", async () => {
    await expect(octokit.rest.git.getRef({ ...repo, ref: "tags/none" })).rejects.toMatchObject({ status: 404 });
    await expect(octokit.rest.git.createRef({ ...repo, ref: "refs/tags/v1.0.0", sha: at.first })).rejects.toMatchObject(
      { status: 422, message: expect.stringContaining("Reference already exists") },
    );
    await expect(octokit.graphql("{ viewer { login } }")).rejects.toMatchObject({ name: "GraphqlResponseError" });
  });
});
