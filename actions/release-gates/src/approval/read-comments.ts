import { approvalTitle } from "#src/contract/config/gates/approval";
import { isAutomatedLogin } from "#src/domain/approval";
import { Failure } from "#src/domain/failure";
import type { IssueComment, Issues, TrackedIssue } from "#src/ports/issues";
import { same } from "./same-name.ts";

/** Whoever may open issues may open some with this title; more are not looked through. */
const mostIssues = 100;
const lookBack = 14 * 24 * 60 * 60_000;

/** A comment, and what its place is worth: an issue that asks, one that a stranger opened to ask, or any other. */
export interface HeardComment extends IssueComment {
  place: "asked" | "asked-by-stranger" | "elsewhere";
  opener: string;
}

/** Where to listen: for which tag, to whom, and since when the release has been under way. */
export interface Listening {
  tag: string;
  approvers: string[];
  started: Date;
}

/**
 * Reads the comments in which approvers may have answered. Whoever opened an issue can close or rename it, so that neither hides
 * a word: read are the issues that bear the title, open or lately closed, and all that were changed since the release began.
 * Throws `gates.approval-unknown` where not all can be seen, as a rejection might be among the rest.
 */
export async function readComments(issues: Issues, listening: Listening): Promise<HeardComment[]> {
  const title = approvalTitle(listening.tag);
  const since = new Date(listening.started.getTime() - lookBack);
  const [open, lately] = await Promise.all([issues.list({ open: true }), issues.list({ open: "either", since })]);
  if (!open.complete || !lately.complete) throw unseen(title, "more issues than can be listed");
  const all = new Map([...open.items, ...lately.items].map((issue) => [issue.number, issue]));
  const wanted = [...all.values()].filter((issue) => bears(issue, title) || issue.updated >= listening.started);
  if (wanted.length > mostIssues) throw unseen(title, `${wanted.length} issues to look through`);
  return (await Promise.all(wanted.map((issue) => commentsOf(issues, issue, listening)))).flat();
}

async function commentsOf(issues: Issues, issue: TrackedIssue, listening: Listening): Promise<HeardComment[]> {
  const title = approvalTitle(listening.tag);
  const { items, complete } = await issues.comments(issue.number);
  if (!complete) throw unseen(title, "more comments than can be listed");
  const place = placeOf(issue, listening);
  // Before this release an issue may have been settled by closing it; not by the stranger who opened it.
  const settled = place === "elsewhere" || (place === "asked" && !issue.open);
  return items
    .filter(({ created }) => !settled || created >= listening.started)
    .map((comment) => ({ ...comment, place, opener: issue.author }));
}

function placeOf(issue: TrackedIssue, { tag, approvers }: Listening): HeardComment["place"] {
  if (!bears(issue, approvalTitle(tag))) return "elsewhere";
  const known = isAutomatedLogin(issue.author) || approvers.some((name) => same(name, issue.author));
  return known ? "asked" : "asked-by-stranger";
}

function bears(issue: TrackedIssue, title: string): boolean {
  return issue.title.trim() === title;
}

function unseen(title: string, found: string): Failure {
  return new Failure({
    kind: "upstream",
    code: "gates.approval-unknown",
    message: `expected to see every comment on "${title}", found ${found}`,
    hint: "Close what is open without need, and rerun the failed jobs.",
  });
}
