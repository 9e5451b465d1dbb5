import * as z from "zod";
import { type GitHubClient, githubClient, githubFailure } from "#src/adapters/github-client";
import { placeOf } from "#src/adapters/github-place";
import { Failure } from "#src/domain/failure";
import type { CommitSignatures } from "#src/ports/commit-signatures";

const answer = z.object({
  commit: z.object({ verification: z.object({ verified: z.boolean(), reason: z.string() }) }),
});

/** Asks GitHub's REST API whose key signed a commit: it verifies only where the key belongs to the committer's address. */
export function githubCommitSignatures(
  token: string,
  repository: string,
  open: () => GitHubClient = () => githubClient(token),
): CommitSignatures {
  return {
    async of(sha) {
      const parsed = answer.safeParse(await ask(open(), repository, sha));
      if (parsed.success) return parsed.data.commit.verification;
      throw new Failure({
        kind: "upstream",
        code: "gates.attestation-unknown",
        message: `expected GitHub to tell about the signature of ${sha}, found: ${z.prettifyError(parsed.error)}`,
        hint: "Make sure that the commit is on GitHub, and rerun the leg.",
        cause: parsed.error,
      });
    },
  };
}

async function ask(client: GitHubClient, repository: string, sha: string): Promise<unknown> {
  try {
    const { data } = await client.request("GET /repos/{owner}/{repo}/commits/{ref}", {
      ...placeOf(repository),
      ref: sha,
    });
    return data;
  } catch (error) {
    throw githubFailure(error, "Is the commit of the marker signed?");
  }
}
