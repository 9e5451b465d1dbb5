import * as z from "zod";
import { githubClient } from "#src/adapters/github-client";
import { placeOf } from "#src/adapters/github-place";
import { wordsOf } from "#src/adapters/github-words";
import type { PublishingClient } from "#src/ports/publishing-client";

const rights = z.object({ permissions: z.object({ push: z.boolean() }).optional() });

/**
 * Asks GitHub whether the job's token may write to the repository, which a release needs. GitHub tells a right that is there, and
 * of tokens of the Actions service not always; that none is told proves nothing.
 */
export function githubWriteRight(token: string, repository: string): PublishingClient {
  return {
    async credential() {
      if (token === "") return { seen: "absent" };
      try {
        const { data } = await githubClient(token).request("GET /repos/{owner}/{repo}", { ...placeOf(repository) });
        const may = rights.parse(data).permissions?.push;
        if (may) return { seen: "accepted", as: "one with `contents: write`", rights: "write" };
        return { seen: "unknown", because: "GitHub does not tell whether the token has `contents: write`" };
      } catch (error) {
        const { http, because } = wordsOf(error);
        return { seen: http === 401 ? "rejected" : "unknown", because };
      }
    },
    version: () => Promise.resolve(undefined),
  };
}
