import { unprocessable } from "./problem.ts";
import type { Issue, IssueEvent } from "./records.ts";
import { nextId, nowIn, type World } from "./world.ts";

/** Who changes an issue. */
export interface Editor {
  readonly login: string;
}

/** Gives an issue its labels, and remembers each that comes or goes. */
export function relabel(world: World, issue: Issue, labels: readonly string[], { login }: Editor): void {
  const wanted = [...new Set(labels)];
  const note = notes(world, issue, login);
  for (const name of issue.labels.filter((one) => !wanted.includes(one))) note("unlabeled", name);
  for (const name of wanted.filter((one) => !issue.labels.includes(one))) note("labeled", name);
  issue.labels = wanted;
}

/** Puts an issue into a milestone, by its number, or out of one, and remembers it. */
export function assignMilestone(world: World, issue: Issue, number: number | null, { login }: Editor): void {
  const titleOf = (wanted: number | null) => world.state.milestones.find((one) => one.number === wanted)?.title;
  const [former, title] = [titleOf(issue.milestone), titleOf(number)];
  if (number !== null && title === undefined)
    throw unprocessable("Validation Failed", { resource: "Issue", code: "invalid", field: "milestone" });
  if (number === issue.milestone) return;
  const note = notes(world, issue, login);
  if (former !== undefined) note("demilestoned", former);
  if (title !== undefined) note("milestoned", title);
  issue.milestone = number;
}

function notes(world: World, { id: issue }: Issue, actor: string) {
  return (event: IssueEvent["event"], about: string) =>
    void world.state.issueEvents.push({
      id: nextId(world.state),
      issue,
      event,
      about,
      actor,
      createdAt: nowIn(world),
    });
}
