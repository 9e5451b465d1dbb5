import * as z from "zod";
import { githubClient, githubFailure } from "#src/adapters/github-client";
import { Failure } from "#src/domain/failure";
import type { MergedPullRequest, MergeReviews, Review } from "#src/ports/merge-reviews";

const pullSchema = z.object({
  number: z.int(),
  html_url: z.string(),
  merged_at: z.string().nullable(),
  merge_commit_sha: z.string().nullable(),
  user: z.object({ login: z.string() }).nullable(),
  base: z.object({ ref: z.string() }),
  head: z.object({ sha: z.string() }),
});
const reviewSchema = z.object({
  user: z.object({ login: z.string(), type: z.string() }).nullable(),
  state: z.string(),
  commit_id: z.string().nullable(),
  author_association: z.string(),
  submitted_at: z.iso.datetime().optional(),
  html_url: z.string(),
});
const ruleSchema = z.object({
  type: z.string(),
  parameters: z.object({ required_approving_review_count: z.int().optional() }).optional(),
});

const pageSize = 100;
const mostPages = 10;

type Ask = <Item>(item: z.ZodType<Item>, path: string) => Promise<Item[]>;

/** Asks GitHub's REST API about the merge that brought a commit. Classic branch protection is hidden from a job's token. */
export function githubMergeReviews(token: string, repository: string): MergeReviews {
  const ask: Ask = (item, path) => readAll(token, item, `/repos/${repository}${path}`);
  return {
    async mergedAs(sha) {
      const pulls = await ask(pullSchema, `/commits/${sha}/pulls`);
      const merged = pulls.filter((pull) => pull.merged_at !== null && pull.merge_commit_sha === sha);
      return Promise.all(merged.map((pull) => withReviews(pull, ask)));
    },
    async required(branch) {
      const rules = await ask(ruleSchema, `/rules/branches/${encodeURIComponent(branch)}`);
      const counts = rules.filter(({ type }) => type === "pull_request");
      return Math.max(0, ...counts.map(({ parameters }) => parameters?.required_approving_review_count ?? 0));
    },
  };
}

async function withReviews(pull: z.output<typeof pullSchema>, ask: Ask): Promise<MergedPullRequest> {
  const { number, html_url, user, base, head } = pull;
  const reviews = await ask(reviewSchema, `/pulls/${number}/reviews`);
  return {
    ...{ number, url: html_url, author: user?.login ?? "", base: base.ref, head: head.sha },
    reviews: reviews.map(asReview),
  };
}

function asReview({
  user,
  state,
  commit_id,
  author_association,
  submitted_at,
  html_url,
}: z.output<typeof reviewSchema>): Review {
  return {
    by: user?.login ?? "",
    automated: user === null || user.type !== "User" || user.login.endsWith("[bot]"),
    state,
    commit: commit_id ?? undefined,
    standing: author_association,
    submitted: submitted_at === undefined ? undefined : new Date(submitted_at),
    url: html_url,
  };
}

async function readAll<Item>(token: string, item: z.ZodType<Item>, path: string): Promise<Item[]> {
  const client = githubClient(token);
  const found: Item[] = [];
  for (let page = 1; page <= mostPages; page += 1) {
    const items = z
      .array(item)
      .safeParse(await answerOf(client.request(`GET ${path}?per_page=${pageSize}&page=${page}`), path));
    if (!items.success) throw unreadable(path, z.prettifyError(items.error));
    found.push(...items.data);
    if (items.data.length < pageSize) return found;
  }
  throw unreadable(path, `more than ${mostPages * pageSize} answers`);
}

async function answerOf(request: Promise<{ data: unknown }>, path: string): Promise<unknown> {
  try {
    return (await request).data;
  } catch (error) {
    throw githubFailure(error, `Who reviewed the merge? (${path})`);
  }
}

function unreadable(path: string, found: string): Failure {
  return new Failure({
    kind: "upstream",
    code: "gates.approval-unknown",
    message: `expected GitHub to answer who reviewed the merge (${path}), found ${found}`,
    hint: "Look at the pull request on GitHub, and rerun the leg.",
  });
}
