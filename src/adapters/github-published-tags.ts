import * as z from "zod";
import { githubClient, githubFailure } from "#src/adapters/github-client";

const pageSize = 100;
const releases = z.array(z.object({ draft: z.boolean(), tag_name: z.string() }));

/** Lists the tags that have a published release: one request for each hundred releases. Throws what `githubFailure` gives. */
export async function publishedTags(
  token: string,
  repository: string,
  client = githubClient(token),
): Promise<ReadonlySet<string>> {
  const [owner = "", repo = ""] = repository.split("/");
  try {
    const found = await client.paginate("GET /repos/{owner}/{repo}/releases", { owner, repo, per_page: pageSize });
    return new Set(
      releases
        .parse(found)
        .filter(({ draft }) => !draft)
        .map(({ tag_name }) => tag_name),
    );
  } catch (error) {
    throw githubFailure(error, "Which releases are published?");
  }
}
