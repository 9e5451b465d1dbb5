import * as z from "zod";
import { type GitHubClient, githubClient, githubFailure, httpStatus } from "#src/adapters/github-client";
import { type GitHubPlace, once, placeOf } from "#src/adapters/github-place";
import { listReleases } from "#src/adapters/github-release-list";
import { isDigest } from "#src/domain/handover";
import { fullSha } from "#src/domain/release";
import type { AssetFile, HostedRelease, ReleaseAsset, Releases } from "#src/ports/releases";

const assetSchema = z
  .object({
    id: z.int(),
    name: z.string(),
    state: z.string(),
    digest: z.string().nullish(),
  })
  .transform(({ id, name, state, digest }) => ({
    id,
    name,
    complete: state === "uploaded",
    digest: digest && isDigest(digest) ? digest : null,
  }));

const releaseSchema = z
  .object({
    id: z.int(),
    tag_name: z.string(),
    body: z.string().nullish(),
    draft: z.boolean(),
    prerelease: z.boolean(),
    immutable: z.boolean().optional(),
    html_url: z.string(),
    upload_url: z.string(),
    assets: z.array(assetSchema),
  })
  .transform(
    (found): HostedRelease => ({
      id: found.id,
      tag: found.tag_name,
      body: found.body ?? "",
      draft: found.draft,
      prerelease: found.prerelease,
      immutable: found.immutable,
      url: found.html_url,
      uploadUrl: found.upload_url,
      assets: found.assets,
    }),
  );

/** Reads and writes GitHub releases by the REST API, with the runner's token. Throws what `githubFailure` gives. */
export function githubReleases(token: string, repository: string, client = githubClient(token)): Releases {
  const where = placeOf(repository);
  return {
    ofTag: (tag) => ask("list the releases", () => releasesOfTag(client, where, tag)),
    commitOf: (tag) => ask(`tell the commit of tag ${tag}`, () => commitOfTag(client, where, tag)),
    createDraft: ({ tag, sha, body, prerelease }) =>
      ask(`create a draft release of ${tag}`, async () => {
        const fields = { tag_name: tag, target_commitish: sha, name: tag, body, prerelease, draft: true };
        const { data } = await client.request("POST /repos/{owner}/{repo}/releases", { ...where, ...fields, ...once });
        return releaseSchema.parse(data);
      }),
    upload: ({ uploadUrl }, { name, bytes }) =>
      ask(`store asset ${name}`, () => storeAsset(client, uploadUrl, { name, bytes })),
    download: ({ id, name }) => ask(`give asset ${name}`, () => downloadAsset(client, where, id)),
    publish: ({ id, tag }, latest) =>
      ask(`publish the release of ${tag}`, async () => {
        const mark = latest ? ("legacy" as const) : ("false" as const);
        const fields = { release_id: id, draft: false, make_latest: mark };
        await client.request("PATCH /repos/{owner}/{repo}/releases/{release_id}", { ...where, ...fields, ...once });
      }),
    read: (id) =>
      ask("read the release again", async () => {
        const route = "GET /repos/{owner}/{repo}/releases/{release_id}";
        const { data } = await client.request(route, { ...where, release_id: id });
        return releaseSchema.parse(data);
      }),
  };
}

/** The route by tag never shows drafts, so the whole list is read: a tag may have more than one. */
async function releasesOfTag(client: GitHubClient, where: GitHubPlace, tag: string): Promise<HostedRelease[]> {
  return (await listReleases(client, where, releaseSchema)).filter((release) => release.tag === tag);
}

async function commitOfTag(client: GitHubClient, where: GitHubPlace, tag: string): Promise<string | undefined> {
  try {
    const { data } = await client.request("GET /repos/{owner}/{repo}/commits/{ref}", {
      ...where,
      ref: `tags/${tag}`,
      mediaType: { format: "sha" },
    });
    return z.string().regex(fullSha).parse(data);
  } catch (error) {
    const status = httpStatus(error);
    if (status === 404 || status === 422) return undefined;
    throw error;
  }
}

/** GitHub gives the address as a template, on a host of its own. */
async function storeAsset(client: GitHubClient, template: string, { name, bytes }: AssetFile): Promise<ReleaseAsset> {
  const url = `${template.replace(/\{.*$/, "")}{?name}`;
  const headers = { "content-type": "application/octet-stream" };
  const { data } = await client.request({ method: "POST", url, name, data: bytes, headers, ...once });
  return assetSchema.parse(data);
}

async function downloadAsset(client: GitHubClient, where: GitHubPlace, id: number): Promise<Uint8Array> {
  const { data } = await client.request("GET /repos/{owner}/{repo}/releases/assets/{asset_id}", {
    ...where,
    asset_id: id,
    headers: { accept: "application/octet-stream" },
  });
  return new Uint8Array(z.instanceof(ArrayBuffer).parse(data));
}

async function ask<Answer>(question: string, request: () => Promise<Answer>): Promise<Answer> {
  try {
    return await request();
  } catch (error) {
    throw githubFailure(error, question);
  }
}
