import * as z from "zod";
import { type GitHubClient, githubClient, githubFailure } from "#src/adapters/github-client";
import { once, placeOf } from "#src/adapters/github-place";
import { accountRefusal, wordsOf } from "#src/adapters/github-words";
import type { PullRequest, PullRequests, PullWriting } from "#src/ports/pull-requests";

const seenPull = z.object({
  number: z.int(),
  html_url: z.string(),
  state: z.enum(["open", "closed"]),
  merged_at: z.string().nullable(),
  draft: z.boolean().default(false),
  body: z.string().nullable(),
  head: z.object({ sha: z.string(), repo: z.object({ full_name: z.string() }).nullish() }),
  mergeable: z.boolean().nullish(),
});
const pull = seenPull.transform(shown);

function shown(seen: z.output<typeof seenPull>): PullRequest {
  const { number, html_url, state, merged_at, draft, body, head, mergeable } = seen;
  return {
    number,
    url: html_url,
    state: state === "open" ? "open" : merged_at === null ? "closed" : "merged",
    head: head.sha,
    draft,
    body: body ?? "",
    mergeable: mergeable ?? "unknown",
  };
}

/** Reads and writes pull requests within one repository by the REST API, one request a question and a write. */
export function githubPullRequests(token: string, repository: string): PullRequests {
  const at = placeOf(repository);
  let opened: GitHubClient | undefined;
  const client = () => {
    opened ??= githubClient(token);
    return opened;
  };
  const ask = async <Item>(question: string, answer: z.ZodType<Item>, request: () => Promise<{ data: unknown }>) => {
    try {
      return answer.parse((await request()).data);
    } catch (error) {
      throw githubFailure(error, question);
    }
  };
  // GitHub finds branches by their owner alone, who may have a fork under another name.
  const own = (pulls: z.output<typeof seenPull>[]) =>
    pulls.filter(({ head }) => head.repo?.full_name.toLowerCase() === repository.toLowerCase()).map(shown);
  return {
    between: (from, into) => {
      const which = {
        state: "all",
        head: `${at.owner}:${from}`,
        base: into,
        sort: "created",
        direction: "desc",
      } as const;
      return ask(`Which pull requests lead from ${from} into ${into}?`, z.array(seenPull).transform(own), () =>
        client().request("GET /repos/{owner}/{repo}/pulls", { ...at, ...which, per_page: 100 }),
      );
    },
    read: (number) =>
      ask(`How does pull request ${number} stand?`, pull, () =>
        client().request("GET /repos/{owner}/{repo}/pulls/{pull_number}", { ...at, pull_number: number }),
      ),
    open: ({ from, into, title, body }) => {
      const wanted = { head: from, base: into, title, body };
      return written(() => client().request("POST /repos/{owner}/{repo}/pulls", { ...at, ...once, ...wanted }));
    },
    describe: (number, body) => {
      const change = { pull_number: number, body };
      return written(() =>
        client().request("PATCH /repos/{owner}/{repo}/pulls/{pull_number}", { ...at, ...once, ...change }),
      );
    },
  };
}

async function written(request: () => Promise<unknown>): Promise<PullWriting> {
  try {
    await request();
    return { outcome: "accepted" };
  } catch (error) {
    return pullRefusal(error);
  }
}

/** Reads an error of a write. One that is there already answers 422, and obliges to look again. */
export function pullRefusal(error: unknown): Exclude<PullWriting, { outcome: "accepted" }> {
  const told = wordsOf(error);
  const { http, words, because } = told;
  if (http === undefined || http >= 500 || (http === 422 && /already exists/i.test(words)))
    return { outcome: "unclear", because };
  // GitHub answers 403 to a workflow's own token, too, where the repository does not let workflows open pull requests.
  const own = http === 403 || http === 404 ? "promote.permission-missing" : "promote.pr-refused";
  return { outcome: "refused", code: accountRefusal(told) ?? own, because };
}
