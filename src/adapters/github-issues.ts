import * as z from "zod";
import { type GitHubClient, githubClient, githubFailure, httpStatus } from "#src/adapters/github-client";
import { type GitHubPlace, once, placeOf } from "#src/adapters/github-place";
import { Failure } from "#src/domain/failure";
import type { IssueChange, IssueComment, IssueFilter, IssueTracker, TrackedIssue, Whole } from "#src/ports/issues";

const labelSchema = z.union([z.string(), z.object({ name: z.string() }).transform(({ name }) => name)]);
const issueSchema = z
  .object({
    id: z.int(),
    number: z.int(),
    title: z.string(),
    body: z.string().nullish(),
    state: z.enum(["open", "closed"]),
    user: z.object({ login: z.string() }).nullish(),
    labels: z.array(labelSchema),
    milestone: z.object({ title: z.string() }).nullish(),
    parent_issue_url: z.string().nullish(),
    pull_request: z.unknown().optional(),
    html_url: z.string(),
    updated_at: z.iso.datetime(),
    closed_at: z.iso.datetime().nullish(),
  })
  .transform(
    (seen): TrackedIssue => ({
      id: seen.id,
      number: seen.number,
      title: seen.title,
      body: seen.body ?? "",
      open: seen.state === "open",
      author: seen.user?.login ?? "",
      labels: seen.labels,
      milestone: seen.milestone?.title,
      parent: numberAtEnd(seen.parent_issue_url),
      pullRequest: seen.pull_request !== undefined,
      url: seen.html_url,
      updated: new Date(seen.updated_at),
      closed: seen.closed_at ? new Date(seen.closed_at) : undefined,
    }),
  );
const commentSchema = z
  .object({
    id: z.int(),
    body: z.string().nullish(),
    user: z.object({ login: z.string(), type: z.string() }).nullish(),
    html_url: z.string(),
    created_at: z.iso.datetime(),
    updated_at: z.iso.datetime(),
  })
  .transform(
    ({ id, body, user, html_url, created_at, updated_at }): IssueComment => ({
      ...{ id, body: body ?? "", author: user?.login ?? "", url: html_url },
      automated: user?.type !== "User",
      created: new Date(created_at),
      updated: new Date(updated_at),
    }),
  );
const milestoneSchema = z
  .object({ number: z.int(), title: z.string(), state: z.string() })
  .transform(({ number, title, state }) => ({ number, title, open: state === "open" }));
const changeNames = ["labeled", "unlabeled", "milestoned", "demilestoned"] as const;
const named = z.object({ name: z.string().optional(), title: z.string().optional() }).optional();
const eventSchema = z
  .object({ event: z.string(), created_at: z.iso.datetime(), label: named, milestone: named })
  .transform(({ event, created_at, label, milestone }): IssueChange[] => {
    const change = changeNames.find((name) => name === event);
    return change ? [{ change, about: label?.name ?? milestone?.title ?? "", at: new Date(created_at) }] : [];
  });

const pageSize = 100;
const mostPages = 10;

/**
 * Reads and writes issues by the REST API: at most ten pages of a hundred a list. Throws what `githubFailure` gives, and
 * `all.tracker-unauthorized` where the repository has no issues or hides them.
 */
export function githubIssues(
  token: string,
  repository: string,
  open: () => GitHubClient = () => githubClient(token),
): IssueTracker {
  const at = placeOf(repository);
  let opened: GitHubClient | undefined;
  const client = () => {
    opened ??= open();
    return opened;
  };
  const all = <Item>(path: string, item: z.ZodType<Item>, query: Query = {}) =>
    ask(`list ${path}`, () => pages(client(), at, { path, item, query }));
  return {
    async list(filter) {
      const { items, complete } = await all("issues", issueSchema, queryOf(filter));
      return { items: items.filter(({ pullRequest }) => !pullRequest), complete };
    },
    read: (number) => ask(`show issue ${number}`, () => readIssue(client(), at, number)),
    comments: (number) => all(`issues/${number}/comments`, commentSchema),
    parts: (number) => all(`issues/${number}/sub_issues`, issueSchema),
    async changes(number) {
      const { items, complete } = await all(`issues/${number}/events`, eventSchema);
      return { items: items.flat(), complete };
    },
    labels: () => all("labels", labelSchema),
    milestones: () => all("milestones", milestoneSchema, { state: "all" }),
    ...writing(client, at),
  };
}

function writing(
  client: () => GitHubClient,
  at: GitHubPlace,
): Pick<IssueTracker, "create" | "comment" | "setOpen" | "addPart"> {
  return {
    create: ({ title, body, labels }) =>
      ask("file an issue", async () => {
        const { data } = await client().request("POST /repos/{owner}/{repo}/issues", {
          ...at,
          title,
          body,
          labels,
          ...once,
        });
        return issueSchema.parse(data);
      }),
    comment: (number, body) =>
      ask(`comment on issue ${number}`, async () => {
        const { data } = await client().request("POST /repos/{owner}/{repo}/issues/{issue_number}/comments", {
          ...at,
          issue_number: number,
          body,
          ...once,
        });
        return commentSchema.parse(data);
      }),
    setOpen: (number, open) =>
      ask(`${open ? "open" : "close"} issue ${number}`, async () => {
        const wanted = open
          ? { state: "open" as const }
          : { state: "closed" as const, state_reason: "completed" as const };
        const { data } = await client().request("PATCH /repos/{owner}/{repo}/issues/{issue_number}", {
          ...at,
          issue_number: number,
          ...wanted,
          ...once,
        });
        return issueSchema.parse(data);
      }),
    addPart: (number, id) =>
      ask(`make an issue part of issue ${number}`, async () => {
        const route = "POST /repos/{owner}/{repo}/issues/{issue_number}/sub_issues";
        await client().request(route, { ...at, issue_number: number, sub_issue_id: id, ...once });
      }),
  };
}

type Query = Record<string, string | number>;

function queryOf({ open, labels = [], milestone, since }: IssueFilter): Query {
  return {
    state: open === "either" ? "all" : open ? "open" : "closed",
    ...(labels.length === 0 ? {} : { labels: labels.join(",") }),
    ...(milestone === undefined ? {} : { milestone: String(milestone) }),
    ...(since === undefined ? {} : { since: since.toISOString() }),
  };
}

async function pages<Item>(
  client: GitHubClient,
  at: GitHubPlace,
  { path, item, query }: { path: string; item: z.ZodType<Item>; query: Query },
): Promise<Whole<Item>> {
  const items: Item[] = [];
  for (let page = 1; page <= mostPages; page += 1) {
    const { data } = await client.request(`GET /repos/{owner}/{repo}/${path}`, {
      ...at,
      ...query,
      per_page: pageSize,
      page,
    });
    const found = z.array(item).parse(data);
    items.push(...found);
    if (found.length < pageSize) return { items, complete: true };
  }
  return { items, complete: false };
}

async function readIssue(client: GitHubClient, at: GitHubPlace, number: number): Promise<TrackedIssue | "absent"> {
  try {
    const { data } = await client.request("GET /repos/{owner}/{repo}/issues/{issue_number}", {
      ...at,
      issue_number: number,
    });
    return issueSchema.parse(data);
  } catch (error) {
    const code = httpStatus(error);
    if (code === 404 || code === 410) return "absent";
    throw error;
  }
}

/** GitHub answers 410 where issues are switched off, and 404 where it hides the repository's. */
async function ask<Answer>(question: string, request: () => Promise<Answer>): Promise<Answer> {
  try {
    return await request();
  } catch (error) {
    const code = httpStatus(error);
    if (code !== 404 && code !== 410) throw githubFailure(error, question);
    throw new Failure({
      kind: "permission",
      code: "all.tracker-unauthorized",
      message: `expected the tracker to ${question}, found HTTP ${code}`,
      hint: "Switch the repository's issues on, and grant the job `issues: read`, or `issues: write` where it files.",
      cause: error,
    });
  }
}

function numberAtEnd(address: string | null | undefined): number | undefined {
  const digits = /\/(\d+)$/.exec(address ?? "")?.[1];
  return digits === undefined ? undefined : Number(digits);
}
