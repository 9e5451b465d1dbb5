import * as z from "zod";
import { type GitHubClient, githubClient, githubFailure, httpStatus } from "#src/adapters/github-client";
import { isAutomatedLogin } from "#src/domain/approval";
import { Failure } from "#src/domain/failure";
import type { Approvals, EnvironmentProtection } from "#src/ports/approvals";

const person = z.object({ login: z.string(), type: z.string() });
const reviewer = z.union([
  z.object({ login: z.string() }).transform(({ login }) => login),
  z.object({ slug: z.string() }).transform(({ slug }) => `team:${slug}`),
]);
const environmentSchema = z.object({
  html_url: z.string(),
  protection_rules: z
    .array(
      z.object({
        type: z.string(),
        prevent_self_review: z.boolean().optional(),
        reviewers: z.array(z.object({ reviewer })).optional(),
      }),
    )
    .default([]),
  deployment_branch_policy: z
    .object({ protected_branches: z.boolean(), custom_branch_policies: z.boolean() })
    .nullish(),
});
const reviewsSchema = z.array(
  z.object({
    state: z.string(),
    comment: z.string(),
    user: person,
    environments: z.array(z.object({ name: z.string() })),
  }),
);
const runSchema = z.object({ actor: person.nullish(), triggering_actor: person.nullish() });
const commitSchema = z.object({ author: z.object({ login: z.string().optional() }).nullish() });

/** Asks GitHub's REST API who may approve, who did, and whom it must not be. */
export function githubApprovals(token: string, repository: string, runId: string): Approvals {
  let opened: GitHubClient | undefined;
  const at = `/repos/${repository}`;
  const read = <Schema extends z.ZodType>(schema: Schema, path: string, question: string) => {
    opened ??= githubClient(token);
    return ask(opened, { schema, path: `${at}${path}`, question });
  };
  return {
    async protection(name) {
      const path = `/environments/${encodeURIComponent(name)}`;
      const seen = await read(environmentSchema, path, `How is environment ${name} protected?`).catch(absentFor404);
      return seen === "absent" ? seen : protectionOf(seen);
    },
    async reviews() {
      const found = await read(reviewsSchema, `/actions/runs/${runId}/approvals`, "Who reviewed this run?");
      return found.map(({ state, comment, user, environments }) => ({
        ...{ state, comment, by: user.login, automated: isAutomated(user) },
        environments: environments.map(({ name }) => name),
      }));
    },
    async actors() {
      const { actor, triggering_actor } = await read(runSchema, `/actions/runs/${runId}`, "Who started this run?");
      if (actor && triggering_actor) return [...new Set([actor, triggering_actor].map(loginOf))];
      throw unreadable("Who started this run?", "a run that nobody started");
    },
    async author(sha) {
      const { author } = await read(commitSchema, `/commits/${sha}`, "Who is the author of this commit?");
      return author?.login;
    },
  };
}

function protectionOf(seen: z.output<typeof environmentSchema>): EnvironmentProtection {
  const rules = seen.protection_rules.filter(({ type }) => type === "required_reviewers");
  const policy = seen.deployment_branch_policy;
  return {
    reviewers: rules.flatMap(({ reviewers = [] }) => reviewers.map((one) => one.reviewer)),
    preventsSelfReview: rules.some(({ prevent_self_review }) => prevent_self_review === true),
    restrictsBranches: policy?.protected_branches === true || policy?.custom_branch_policies === true,
    url: seen.html_url,
  };
}

function isAutomated({ login, type }: z.output<typeof person>): boolean {
  return type !== "User" || isAutomatedLogin(login);
}

/** Some automation bears a login like a person's, and is told by its type alone. */
function loginOf(account: z.output<typeof person>): string {
  return isAutomated(account) && !isAutomatedLogin(account.login) ? `${account.login}[bot]` : account.login;
}

interface Question<Schema> {
  schema: Schema;
  path: string;
  question: string;
}

async function ask<Schema extends z.ZodType>(
  client: GitHubClient,
  { schema, path, question }: Question<Schema>,
): Promise<z.output<Schema>> {
  let answer: unknown;
  try {
    answer = (await client.request(`GET ${path}`)).data;
  } catch (error) {
    throw githubFailure(error, question);
  }
  const parsed = schema.safeParse(answer);
  if (parsed.success) return parsed.data;
  throw unreadable(question, z.prettifyError(parsed.error));
}

/** GitHub hides an environment from a token without `actions: read` in the same way; both leave the release unprotected. */
function absentFor404(thrown: unknown): "absent" {
  if (thrown instanceof Failure && httpStatus(thrown.cause) === 404) return "absent";
  throw thrown;
}

function unreadable(question: string, found: string): Failure {
  return new Failure({
    kind: "upstream",
    code: "gates.approval-unknown",
    message: `expected GitHub to answer "${question}", found ${found}`,
    hint: "Look at it on GitHub, and rerun the failed jobs.",
  });
}
