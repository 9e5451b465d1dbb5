import * as z from "zod";
import { assignMilestone, relabel } from "../issue-changes.ts";
import { issueOf } from "../issue-of.ts";
import { page } from "../pages.ts";
import { notFound, type Reply, unprocessable } from "../problem.ts";
import type { Issue } from "../records.ts";
import { issueShape } from "../shapes/issues.ts";
import { type Call, nextId, nextNumber, nowIn, type Routes, type World } from "../world.ts";
import { ensureLabels, labelNames } from "./labels.ts";

const title = z.union([z.string(), z.number()]).transform(String);
const assignees = z.array(z.union([z.string(), z.object({ login: z.string() }).transform(({ login }) => login)]));
const milestone = z.union([z.string(), z.number()]).transform(Number).nullish();
const newIssue = z.object({
  title,
  body: z.string().nullish(),
  labels: labelNames.default([]),
  assignees: assignees.default([]),
  assignee: z.string().nullish(),
  milestone,
});
const change = z.object({
  title: title.nullish(),
  body: z.string().nullish(),
  state: z.enum(["open", "closed"]).optional(),
  labels: labelNames.optional(),
  assignees: assignees.optional(),
  state_reason: z.enum(["completed", "not_planned", "duplicate", "reopened"]).nullish(),
  milestone,
});
const child = z.object({ sub_issue_id: z.number(), replace_parent: z.boolean().default(false) });

/** Issues and their parts. */
export const issues: Routes = {
  "issues/list-for-repo": listIssues,
  "issues/create": createIssue,
  "issues/get": ({ params }, world) => ({ code: 200, body: issueShape(world, issueOf(world, params.issue_number)) }),
  "issues/update": updateIssue,
  "issues/list-sub-issues": (call, world) => {
    const parent = issueOf(world, call.params.issue_number);
    return page(
      call,
      world,
      world.state.issues.filter((one) => one.parent === parent.id).map((one) => issueShape(world, one)),
    );
  },
  "issues/add-sub-issue": ({ params, body }, world) => {
    const parent = issueOf(world, params.issue_number);
    const { sub_issue_id, replace_parent } = child.parse(body);
    const part = world.state.issues.find((one) => one.id === sub_issue_id);
    if (!part) throw notFound();
    if (isAbove(world, part, parent)) throw unprocessable("An issue cannot be part of itself.");
    if (part.parent !== null && !replace_parent)
      throw unprocessable("Issue may not contain duplicate sub-issues and Sub issue may only have one parent");
    part.parent = parent.id;
    return { code: 201, body: issueShape(world, parent) };
  },
  "issues/remove-sub-issue": ({ params, body }, world) => {
    const parent = issueOf(world, params.issue_number);
    const part = world.state.issues.find((one) => one.id === child.parse(body).sub_issue_id);
    if (part?.parent !== parent.id) throw notFound();
    part.parent = null;
    return { code: 200, body: issueShape(world, parent) };
  },
};

function listIssues(call: Call, world: World): Reply {
  const { state = "open", labels, since, creator, assignee, sort = "created", direction = "desc" } = call.query;
  const inMilestone = milestoneTest(call.query.milestone, world);
  const wanted = labels?.split(",") ?? [];
  const moment = (issue: Issue) => (sort === "updated" ? issue.updatedAt : issue.createdAt);
  const chosen = world.state.issues
    .filter((one) => state === "all" || one.state === state)
    .filter((one) => wanted.every((label) => one.labels.includes(label)))
    .filter(inMilestone)
    .filter((one) => since === undefined || one.updatedAt >= since)
    .filter((one) => creator === undefined || one.author === creator)
    .filter((one) => assignee === undefined || assignee === "*" || one.assignees.includes(assignee))
    .sort((a, b) => moment(a).localeCompare(moment(b)) || a.number - b.number);
  return page(
    call,
    world,
    (direction === "desc" ? chosen.reverse() : chosen).map((one) => issueShape(world, one)),
  );
}

function createIssue({ body, grant }: Call, world: World): Reply {
  const given = newIssue.parse(body);
  if (given.title.trim() === "")
    throw unprocessable("Validation Failed", { resource: "Issue", code: "missing_field", field: "title" });
  const now = nowIn(world);
  ensureLabels(world, given.labels);
  const issue: Issue = {
    id: nextId(world.state),
    number: nextNumber(world.state),
    title: given.title,
    body: given.body ?? null,
    state: "open",
    reason: null,
    author: grant.login,
    labels: [],
    milestone: null,
    assignees: given.assignee ? [given.assignee] : given.assignees,
    parent: null,
    createdAt: now,
    updatedAt: now,
    closedAt: null,
    closer: null,
  };
  world.state.issues.push(issue);
  relabel(world, issue, given.labels, grant);
  assignMilestone(world, issue, given.milestone ?? null, grant);
  return { code: 201, body: issueShape(world, issue) };
}

/** GitHub takes a number, `none`, or `*` for any; a number that nothing has is refused. */
function milestoneTest(wanted: string | undefined, { state }: World): (issue: Issue) => boolean {
  if (wanted === undefined) return () => true;
  if (wanted === "none") return (issue) => issue.milestone === null;
  if (wanted === "*") return (issue) => issue.milestone !== null;
  if (!state.milestones.some(({ number }) => String(number) === wanted))
    throw unprocessable("Validation Failed", { resource: "Issue", code: "invalid", field: "milestone" });
  return (issue) => String(issue.milestone) === wanted;
}

function updateIssue({ params, body, grant }: Call, world: World): Reply {
  const issue = issueOf(world, params.issue_number);
  const given = change.parse(body);
  const now = nowIn(world);
  if (given.labels) ensureLabels(world, given.labels);
  issue.title = given.title ?? issue.title;
  issue.body = given.body === undefined ? issue.body : given.body;
  if (given.labels) relabel(world, issue, given.labels, grant);
  if (given.milestone !== undefined) assignMilestone(world, issue, given.milestone, grant);
  issue.assignees = given.assignees ?? issue.assignees;
  if (given.state !== undefined && given.state !== issue.state) {
    issue.state = given.state;
    issue.closedAt = given.state === "closed" ? now : null;
    issue.closer = null;
    issue.reason = given.state_reason ?? (given.state === "closed" ? "completed" : "reopened");
  }
  issue.updatedAt = now;
  return { code: 200, body: issueShape(world, issue) };
}

function isAbove(world: World, candidate: Issue, issue: Issue): boolean {
  if (candidate.id === issue.id) return true;
  const parent = world.state.issues.find((one) => one.id === issue.parent);
  return parent !== undefined && isAbove(world, candidate, parent);
}
