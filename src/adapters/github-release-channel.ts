import * as z from "zod";
import { type GitHubClient, githubClient, githubFailure, httpStatus } from "#src/adapters/github-client";
import { type GitHubPlace, placeOf } from "#src/adapters/github-place";
import { listReleases } from "#src/adapters/github-release-list";
import { assetName, isReportAsset } from "#src/domain/asset-name";
import type { BuiltFile } from "#src/domain/build-manifest";
import { hexDigest } from "#src/domain/digest";
import type {
  PackageChannel,
  PointerSighting,
  ServedFile,
  VersionSighting,
  WantedPackage,
} from "#src/ports/package-channel";

const asset = z.object({
  id: z.int(),
  name: z.string(),
  size: z.int().nonnegative(),
  state: z.string(),
  digest: z.string().nullish(),
});
const release = z.object({ tag_name: z.string(), assets: z.array(asset) });
const draft = z.object({ tag_name: z.string(), draft: z.boolean() });
type Asset = z.infer<typeof asset>;

/** Asks GitHub for the published release of a tag, its assets by digest and size, and for the latest release. */
export function githubReleaseChannel(token: string, repository: string): PackageChannel {
  const at = placeOf(repository);
  return {
    async look(wanted) {
      try {
        const client = githubClient(token);
        return { version: await lookAtRelease(client, at, wanted), pointers: await latestOf(client, at, wanted) };
      } catch (error) {
        const because = githubFailure(error, `show the release of ${wanted.tag}`).message;
        return { version: { seen: "unknown", because }, pointers: { unknown: because } };
      }
    },
  };
}

async function lookAtRelease(client: GitHubClient, at: GitHubPlace, wanted: WantedPackage): Promise<VersionSighting> {
  const { tag = wanted.version, files } = wanted;
  const found = await orAbsent(client.request("GET /repos/{owner}/{repo}/releases/tags/{tag}", { ...at, tag }));
  if (!found) return unpublished(client, at, tag);
  const { assets } = release.parse(found.data);
  const broken = assets.find(({ state }) => state !== "uploaded");
  if (broken) return { seen: "accepted", because: `the upload of ${broken.name} has not come to its end` };
  const served: ServedFile[] = [];
  for (const one of assets) {
    if (isReportAsset(one.name)) continue;
    served.push({ name: builtName(one.name, files), digests: await digestsOf(client, at, one), size: one.size });
  }
  return { seen: "served", files: served };
}

/** Drafts are shown to those only who may write; to others such a release is absent. */
async function unpublished(client: GitHubClient, at: GitHubPlace, tag: string): Promise<VersionSighting> {
  const releases = await listReleases(client, at, draft);
  return releases.some((one) => one.draft && one.tag_name === tag)
    ? { seen: "accepted", because: `the release of ${tag} is still a draft` }
    : { seen: "absent" };
}

/** GitHub tells no digest for assets that it stored before it computed them; their bytes tell it. */
async function digestsOf(client: GitHubClient, at: GitHubPlace, { id, digest }: Asset): Promise<{ sha256: string }> {
  const told = /^sha256:([0-9a-f]{64})$/.exec(digest ?? "")?.[1];
  if (told) return { sha256: told };
  const { data } = await client.request("GET /repos/{owner}/{repo}/releases/assets/{asset_id}", {
    ...at,
    asset_id: id,
    headers: { accept: "application/octet-stream" },
  });
  return { sha256: hexDigest("sha256", new Uint8Array(z.instanceof(ArrayBuffer).parse(data))) };
}

/** Names the version by its tag, less what this release's tag has besides its version. */
async function latestOf(
  client: GitHubClient,
  at: GitHubPlace,
  { tag = "", version }: WantedPackage,
): Promise<PointerSighting> {
  const found = await orAbsent(client.request("GET /repos/{owner}/{repo}/releases/latest", { ...at }));
  if (!found) return new Map();
  const { tag_name: latest } = release.parse(found.data);
  const prefix = tag.endsWith(version) ? tag.slice(0, tag.length - version.length) : "";
  return new Map([["latest", latest.startsWith(prefix) ? latest.slice(prefix.length) : latest]]);
}

async function orAbsent<Answer>(request: Promise<Answer>): Promise<Answer | undefined> {
  try {
    return await request;
  } catch (error) {
    if (httpStatus(error) === 404) return undefined;
    throw error;
  }
}

function builtName(name: string, files: BuiltFile[]): string {
  return files.find((file) => assetName(file.name) === name)?.name ?? name;
}
