import * as z from "zod";
import { type ConditionalReader, conditionalReader } from "#src/adapters/conditional-reader";
import { githubClient, githubFailure, httpStatus } from "#src/adapters/github-client";
import { Failure } from "#src/domain/failure";
import type { CheckRun } from "#src/domain/required-checks";
import type { CheckRuns } from "#src/ports/check-runs";

const pageSize = 100;
const mostPages = 20;
const instant = z.iso.datetime({ offset: true });

const checkRunPage = z.object({
  total_count: z.int(),
  check_runs: z.array(
    z.object({
      id: z.int(),
      name: z.string(),
      head_sha: z.string(),
      status: z.string(),
      conclusion: z.string().nullable(),
      completed_at: instant.nullable(),
      html_url: z.string().nullable(),
    }),
  ),
});

const combinedStatus = z.object({
  sha: z.string(),
  total_count: z.int().default(0),
  statuses: z.array(
    z.object({
      id: z.int(),
      context: z.string(),
      state: z.string(),
      updated_at: instant,
      target_url: z.string().nullable(),
    }),
  ),
});

/** GitHub's words for a commit status, as a check run would say them; any other word stays as it is. */
const statusWords = new Map([
  ["success", { phase: "completed", conclusion: "success" }],
  ["failure", { phase: "completed", conclusion: "failure" }],
  ["error", { phase: "completed", conclusion: "failure" }],
  ["pending", { phase: "pending", conclusion: null }],
]);

/** Asks GitHub's REST API: one request for up to 100 check runs, and one for commit statuses, which may bear the same names. */
export function githubCheckRuns(token: string, repository: string): CheckRuns {
  let reader: ConditionalReader | undefined;
  return {
    async forCommit(sha, names) {
      reader ??= conditionalReader(githubClient(token));
      const commit = `/repos/${repository}/commits/${sha}`;
      const runs = await readCheckRuns(reader, commit);
      const statuses = await readStatuses(reader, commit);
      return [...runs, ...statuses.filter(({ name }) => names.includes(name))];
    },
  };
}

async function readCheckRuns(reader: ConditionalReader, commit: string): Promise<CheckRun[]> {
  const found: CheckRun[] = [];
  for (let page = 1; page <= mostPages; page += 1) {
    const answer = await ask(reader, `${commit}/check-runs?filter=latest&per_page=${pageSize}&page=${page}`);
    const { total_count, check_runs } = understand(checkRunPage, answer);
    found.push(...check_runs.map(asCheckRun));
    // A run that starts while pages are read moves another one to the next page, where it is listed again.
    const distinct = new Set(found.map(({ id }) => id)).size;
    if (distinct >= total_count) return found;
    if (check_runs.length === 0) throw unreadable(`${distinct} of ${total_count} check runs`);
  }
  throw unreadable(`more than ${mostPages * pageSize} check runs on one commit`);
}

/** A token without `statuses: read` sees none; what only a status could prove then counts as never run. */
async function readStatuses(reader: ConditionalReader, commit: string): Promise<CheckRun[]> {
  let answer: unknown;
  try {
    answer = await reader.read(`${commit}/status?per_page=${pageSize}`);
  } catch (error) {
    const code = httpStatus(error);
    if (code === 404 || (code === 403 && !/rate limit/i.test(String(error)))) return [];
    throw githubFailure(error, "Which statuses does this commit have?");
  }
  const { sha, statuses, total_count } = understand(combinedStatus, answer);
  if (statuses.length < total_count) throw unreadable(`${statuses.length} of ${total_count} commit statuses`);
  return statuses.map(({ id, context, state, updated_at, target_url }) => {
    const words = statusWords.get(state) ?? { phase: state, conclusion: null };
    const completed = words.phase === "completed" ? new Date(updated_at) : null;
    return { id, name: context, sha, ...words, completed, url: target_url ?? "" };
  });
}

async function ask(reader: ConditionalReader, path: string): Promise<unknown> {
  try {
    return await reader.read(path);
  } catch (error) {
    if (httpStatus(error) === 422) throw unreadable(error instanceof Error ? error.message : String(error), error);
    throw githubFailure(error, "Which checks ran on this commit?");
  }
}

function asCheckRun(run: z.infer<typeof checkRunPage>["check_runs"][number]): CheckRun {
  const { id, name, head_sha, status: phase, conclusion, completed_at, html_url } = run;
  const completed = completed_at === null ? null : new Date(completed_at);
  return { id, name, sha: head_sha, phase, conclusion, completed, url: html_url ?? "" };
}

function understand<Schema extends z.ZodType>(schema: Schema, answer: unknown): z.output<Schema> {
  const parsed = schema.safeParse(answer);
  if (parsed.success) return parsed.data;
  throw unreadable(z.prettifyError(parsed.error), parsed.error);
}

function unreadable(found: string, cause?: unknown): Failure {
  return new Failure({
    kind: "upstream",
    code: "gates.ci-unknown",
    message: `expected GitHub to list the checks of the commit, found: ${found}`,
    hint: "Make sure that the commit is on GitHub, and rerun the leg.",
    cause,
  });
}
