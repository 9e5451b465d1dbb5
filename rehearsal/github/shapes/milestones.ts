import type { IssueEvent, Milestone } from "../records.ts";
import { apiPath, htmlPath, nodeId, type World } from "../world.ts";
import { userShape } from "./user.ts";

/** Shows a milestone. */
export function milestoneShape({ place, state }: World, milestone: Milestone) {
  const { id, number, title, description, createdAt, updatedAt, closedAt } = milestone;
  const url = apiPath(place, `/milestones/${number}`);
  const own = state.issues.filter((one) => one.milestone === number);
  return {
    id,
    node_id: nodeId("Milestone", id),
    url,
    html_url: htmlPath(place, `/milestone/${number}`),
    labels_url: `${url}/labels`,
    number,
    title,
    description,
    state: milestone.state,
    creator: userShape(place, milestone.creator),
    open_issues: own.filter((one) => one.state === "open").length,
    closed_issues: own.filter((one) => one.state === "closed").length,
    created_at: createdAt,
    updated_at: updatedAt,
    closed_at: closedAt,
    due_on: null,
  };
}

/** Shows a change of an issue's labels or milestone. */
export function issueEventShape({ place, state }: World, { id, event, about, actor, createdAt }: IssueEvent) {
  const color = state.labels.find(({ name }) => name === about)?.color ?? "ededed";
  return {
    id,
    node_id: nodeId("IssueEvent", id),
    url: apiPath(place, `/issues/events/${id}`),
    actor: userShape(place, actor),
    event,
    commit_id: null,
    commit_url: null,
    created_at: createdAt,
    performed_via_github_app: null,
    ...(event.endsWith("labeled") ? { label: { name: about, color } } : { milestone: { title: about } }),
  };
}
