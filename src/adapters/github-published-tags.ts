import * as z from "zod";
import { githubClient, githubFailure } from "#src/adapters/github-client";
import { placeOf } from "#src/adapters/github-place";
import { listReleases } from "#src/adapters/github-release-list";

const release = z.object({ draft: z.boolean(), tag_name: z.string() });

/** Lists the tags that have a published release: one request for each hundred releases. Throws what `githubFailure` gives. */
export async function publishedTags(
  token: string,
  repository: string,
  client = githubClient(token),
): Promise<ReadonlySet<string>> {
  try {
    const published = (await listReleases(client, placeOf(repository), release)).filter(({ draft }) => !draft);
    return new Set(published.map(({ tag_name }) => tag_name));
  } catch (error) {
    throw githubFailure(error, "Which releases are published?");
  }
}
