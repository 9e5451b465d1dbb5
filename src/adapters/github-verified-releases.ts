import * as z from "zod";
import { githubClient, githubFailure } from "#src/adapters/github-client";
import { placeOf } from "#src/adapters/github-place";
import { listReleases } from "#src/adapters/github-release-list";
import type { PublishedEvidence, VerifiedReleases } from "#src/ports/verified-releases";

const release = z.object({
  tag_name: z.string(),
  draft: z.boolean(),
  prerelease: z.boolean(),
  assets: z.array(z.object({ id: z.int(), name: z.string() })),
});

/** Reads the evidence of published releases by the REST API. Throws what `githubFailure` gives. */
export function githubVerifiedReleases(token: string, repository: string): VerifiedReleases {
  const at = placeOf(repository);
  return {
    async find(which, assets) {
      try {
        const client = githubClient(token);
        const published = (await listReleases(client, at, release)).filter(({ draft }) => !draft);
        // GitHub lists the newest release first.
        const stable = published.filter(({ prerelease }) => !prerelease);
        const found =
          "tag" in which ? published.find(({ tag_name }) => tag_name === which.tag) : stable.at(which.before);
        if (!found) return undefined;
        const documents: PublishedEvidence["documents"] = new Map();
        for (const { id, name } of found.assets.filter(({ name: each }) => assets.includes(each))) {
          const headers = { accept: "application/octet-stream" };
          const route = "GET /repos/{owner}/{repo}/releases/assets/{asset_id}";
          const { data } = await client.request(route, { ...at, asset_id: id, headers });
          documents.set(name, new Uint8Array(z.instanceof(ArrayBuffer).parse(data)));
        }
        return { tag: found.tag_name, documents };
      } catch (error) {
        throw githubFailure(error, `give the evidence of ${"tag" in which ? which.tag : "the newest releases"}`);
      }
    },
  };
}
