import * as z from "zod";

const id = z.number().int();
const at = z.string();

const issue = z.object({
  id,
  number: id,
  title: z.string(),
  body: z.string().nullable(),
  state: z.enum(["open", "closed"]),
  reason: z.enum(["completed", "reopened", "not_planned", "duplicate"]).nullable(),
  author: z.string(),
  labels: z.array(z.string()),
  assignees: z.array(z.string()),
  parent: id.nullable(),
  /** Number of its milestone. */
  milestone: id.nullable(),
  createdAt: at,
  updatedAt: at,
  closedAt: at.nullable(),
  /** What closed it: a commit's message, or a merged pull request; null where a person did, or nobody. */
  closer: z.union([z.object({ commit: z.string() }), z.object({ pull: id })]).nullable(),
});
/** What a person said of a pull request at one of its commits, and what that person is to the repository. */
const review = z.object({
  user: z.string(),
  state: z.enum(["APPROVED", "CHANGES_REQUESTED", "COMMENTED", "DISMISSED"]),
  commit: z.string(),
  association: z.enum(["OWNER", "MEMBER", "COLLABORATOR", "CONTRIBUTOR", "NONE"]),
  submittedAt: at,
});
/** Pull requests are told by the set-up, with the commits that they brought, or made by a client. */
const pull = z.object({
  id,
  number: id,
  title: z.string(),
  body: z.string().nullable(),
  state: z.enum(["open", "closed", "merged"]),
  headBranch: z.string(),
  labels: z.array(z.string()),
  commits: z.array(z.string()),
  /** Numbers of the issues that merging it closes. */
  closes: z.array(id),
  baseBranch: z.string(),
  /** The head when it was closed or merged; null while the branch tells. */
  headSha: z.string().nullable(),
  mergeCommit: z.string().nullable(),
  reviews: z.array(review),
  author: z.string(),
  createdAt: at,
  updatedAt: at,
  closedAt: at.nullable(),
});
const milestone = z.object({
  id,
  number: id,
  title: z.string(),
  state: z.enum(["open", "closed"]),
  description: z.string().nullable(),
  creator: z.string(),
  createdAt: at,
  updatedAt: at,
  closedAt: at.nullable(),
});
/** A change of an issue's labels or milestone; `about` names the label or the milestone's title. */
const issueEvent = z.object({
  id,
  issue: id,
  event: z.enum(["labeled", "unlabeled", "milestoned", "demilestoned"]),
  about: z.string(),
  actor: z.string(),
  createdAt: at,
});
const comment = z.object({ id, issue: id, body: z.string(), author: z.string(), createdAt: at, updatedAt: at });
const label = z.object({ id, name: z.string(), color: z.string(), description: z.string().nullable() });

/** What is remembered of issues, pull requests, and what belongs to them. */
export const trackerRecords = {
  issues: z.array(issue),
  milestones: z.array(milestone),
  issueEvents: z.array(issueEvent),
  pulls: z.array(pull),
  comments: z.array(comment),
  labels: z.array(label),
};
