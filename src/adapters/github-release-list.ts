import * as z from "zod";
import type { GitHubClient } from "#src/adapters/github-client";
import type { GitHubPlace } from "#src/adapters/github-place";

const pageSize = 100;
/** GitHub lists the newest ten thousand releases, and no others. */
const mostPages = 100;

/** Lists all releases of a repository, drafts included where the token may see them. Throws where the list is cut off. */
export async function listReleases<Release extends z.ZodType>(
  client: GitHubClient,
  at: GitHubPlace,
  schema: Release,
): Promise<z.output<Release>[]> {
  const found: z.output<Release>[] = [];
  for (let page = 1; page <= mostPages; page += 1) {
    const { data } = await client.request("GET /repos/{owner}/{repo}/releases", { ...at, per_page: pageSize, page });
    const releases = z.array(schema).parse(data);
    found.push(...releases);
    if (releases.length < pageSize) return found;
  }
  throw new Error(`expected fewer than ${mostPages * pageSize} releases, found a longer list, which GitHub cuts off`);
}
