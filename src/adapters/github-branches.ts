import { githubClient } from "#src/adapters/github-client";
import { once, placeOf } from "#src/adapters/github-place";
import { accountRefusal, type GitHubWords, wordsOf } from "#src/adapters/github-words";
import type { Branches, MoveRefusalCode, Moving } from "#src/ports/branches";

/**
 * Moves branches through GitHub's ref update API with `force: false`, one request a move. The API takes no expected value:
 * it refuses what is not a descendant of the present one, and the caller compares before and after.
 */
export function githubBranches(token: string, repository: string): Branches {
  const at = placeOf(repository);
  let client: ReturnType<typeof githubClient> | undefined;
  return {
    async advance({ branch, to }) {
      client ??= githubClient(token);
      try {
        const ref = `heads/${branch}`;
        const route = "PATCH /repos/{owner}/{repo}/git/refs/{ref}";
        await client.request(route, { ...at, ...once, ref, sha: to, force: false });
        return { outcome: "accepted" };
      } catch (error) {
        return moveRefusal(error);
      }
    },
  };
}

/** Reads an error of a move. GitHub answers 422 to what is no fast-forward, to a rule and to a missing ref: only the words tell. */
export function moveRefusal(error: unknown): Exclude<Moving, { outcome: "accepted" }> {
  const told = wordsOf(error);
  const { http, words, because } = told;
  if (http === undefined || http >= 500) return { outcome: "unclear", because };
  if (http === 422 && /not a fast.?forward/i.test(words)) return { outcome: "not-forward", because };
  return { outcome: "refused", code: accountRefusal(told) ?? refusalCode(told), because };
}

function refusalCode({ http, words }: GitHubWords): MoveRefusalCode {
  if (http === 422 && /does not exist/i.test(words)) return "promote.branch-missing";
  const hidden = http === 404 || (http === 403 && !/protected|rule/i.test(words));
  return hidden ? "promote.permission-missing" : "promote.push-rejected";
}
