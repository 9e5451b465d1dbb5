import type { Issue } from "../records.ts";
import type { State } from "../state.ts";
import { apiPath, htmlPath, nodeId, type Place, type World } from "../world.ts";
import { milestoneShape } from "./milestones.ts";
import { userShape } from "./user.ts";

/** Shows an issue. */
export function issueShape(world: World, issue: Issue) {
  const { place, state } = world;
  const url = apiPath(place, `/issues/${issue.number}`);
  const assignees = issue.assignees.map((login) => userShape(place, login));
  return {
    id: issue.id,
    node_id: nodeId("Issue", issue.id),
    url,
    repository_url: apiPath(place, ""),
    labels_url: `${url}/labels{/name}`,
    comments_url: `${url}/comments`,
    events_url: `${url}/events`,
    html_url: htmlPath(place, `/issues/${issue.number}`),
    number: issue.number,
    state: issue.state,
    state_reason: issue.reason,
    title: issue.title,
    user: userShape(place, issue.author),
    labels: labelsOf(world, issue),
    assignee: assignees[0] ?? null,
    assignees,
    milestone: milestoneOf(world, issue.milestone),
    locked: false,
    comments: state.comments.filter((one) => one.issue === issue.id).length,
    closed_at: issue.closedAt,
    created_at: issue.createdAt,
    updated_at: issue.updatedAt,
    author_association: "NONE",
    sub_issues_summary: summary(state, issue),
    ...parentAddress(world, issue),
    body: issue.body,
  };
}

/** Shows an issue as a search result. An absent body is an empty one there. */
export function searchShape(world: World, issue: Issue) {
  return { ...issueShape(world, issue), body: issue.body ?? "", score: 1 };
}

/** Shows the labels an issue carries. */
export function labelsOf({ place, state }: World, issue: Issue) {
  return issue.labels
    .flatMap((name) => state.labels.filter((one) => one.name === name))
    .map((one) => labelShape(place, one));
}

/** Shows a label. */
export function labelShape(place: Place, { id, name, color, description }: State["labels"][number]) {
  return {
    id,
    node_id: nodeId("Label", id),
    url: apiPath(place, `/labels/${encodeURIComponent(name)}`),
    name,
    color,
    default: false,
    description,
  };
}

/** Shows a comment. */
export function commentShape({ place, state }: World, comment: State["comments"][number]) {
  const number = state.issues.find((one) => one.id === comment.issue)?.number ?? 0;
  return {
    id: comment.id,
    node_id: nodeId("IssueComment", comment.id),
    url: apiPath(place, `/issues/comments/${comment.id}`),
    body: comment.body,
    html_url: htmlPath(place, `/issues/${number}#issuecomment-${comment.id}`),
    user: userShape(place, comment.author),
    created_at: comment.createdAt,
    updated_at: comment.updatedAt,
    issue_url: apiPath(place, `/issues/${number}`),
    author_association: "NONE",
  };
}

function milestoneOf(world: World, number: number | null) {
  const found = world.state.milestones.find((one) => one.number === number);
  return found ? milestoneShape(world, found) : null;
}

/** Only a part of another issue has the field. */
function parentAddress({ place, state }: World, { parent }: Issue): { parent_issue_url?: string } {
  const found = state.issues.find(({ id }) => id === parent);
  return found ? { parent_issue_url: apiPath(place, `/issues/${found.number}`) } : {};
}

function summary({ issues }: State, issue: Issue) {
  const children = issues.filter((one) => one.parent === issue.id);
  const completed = children.filter((one) => one.state === "closed").length;
  return {
    total: children.length,
    completed,
    percent_completed: children.length === 0 ? 0 : Math.floor((completed * 100) / children.length),
  };
}
