import * as z from "zod";
import { type Remote, seekRefs } from "#src/adapters/git-remote";
import { type GitHubClient, githubClient } from "#src/adapters/github-client";
import { type GitHubPlace, once, placeOf } from "#src/adapters/github-place";
import { questionFailure, readTrouble } from "#src/adapters/github-refusal";
import { Failure } from "#src/domain/failure";
import type { BranchMove, BranchPointer } from "#src/ports/branch-pointer";

const comparison = z.object({ status: z.enum(["ahead", "behind", "identical", "diverged"]) });

/** Reads a branch by the git protocol, and moves it through the API, never by force. */
export function gitBranchPointer(remote: Remote, client = githubClient(remote.token)): BranchPointer {
  const at = placeOf(remote.repository);
  return {
    find: (branch) => findBranch(remote, branch),
    relation: async (from, to) => {
      try {
        const route = "GET /repos/{owner}/{repo}/compare/{basehead}";
        const { data } = await client.request(route, { ...at, basehead: `${from}...${to}`, per_page: 1 });
        return comparison.parse(data).status;
      } catch (error) {
        const trouble = readTrouble(error, "contents: read");
        // Histories without a common commit are no error of ours: GitHub answers 404, and says so.
        if (trouble.http === 404 && /no common ancestor/i.test(trouble.words)) return "diverged";
        throw questionFailure(trouble, `compare ${from} with ${to}`, "tag.remote-unknown");
      }
    },
    advance: (move) => advance(client, at, move),
  };
}

async function findBranch(remote: Remote, branch: string): Promise<string | "absent"> {
  const ref = `refs/heads/${branch}`;
  const ids = await seekRefs(remote, [ref]);
  if (!("unknown" in ids)) return ids.get(ref) ?? "absent";
  throw new Failure({
    kind: "upstream",
    code: "tag.remote-unknown",
    message: `expected the remote to say where branch ${branch} stands, found: ${ids.unknown}`,
    hint: "Wait and rerun the job; it asks the remote again before it writes.",
  });
}

async function advance(
  client: GitHubClient,
  at: GitHubPlace,
  { branch, from, to }: Parameters<BranchPointer["advance"]>[0],
): Promise<BranchMove> {
  try {
    if (from === "absent") {
      const ref = `refs/heads/${branch}`;
      await client.request("POST /repos/{owner}/{repo}/git/refs", { ...at, ...once, ref, sha: to });
    } else {
      const ref = `heads/${branch}`;
      const route = "PATCH /repos/{owner}/{repo}/git/refs/{ref}";
      await client.request(route, { ...at, ...once, ref, sha: to, force: false });
    }
    return { outcome: "moved" };
  } catch (error) {
    return moveTrouble(error);
  }
}

/** Reads an error of a move: only GitHub's words tell a branch that has diverged from a rule that forbids. */
export function moveTrouble(error: unknown): BranchMove {
  const { http, words, because, code } = readTrouble(error, "contents: write");
  if (http === undefined || http >= 500 || (http === 422 && /already exists/i.test(words)))
    return { outcome: "unclear", because };
  const diverged = http === 422 && /not a fast forward/i.test(words);
  return { outcome: "refused", code: code ?? (diverged ? "tag.branch-diverged" : "tag.branch-failed"), because };
}
