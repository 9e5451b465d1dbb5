import type { GateOf } from "#src/contract/config/gates";
import { amount } from "#src/domain/amount";
import type { Code } from "#src/domain/catalogue";
import type { IssueChange, TrackedIssue } from "#src/ports/issues";
import type { Finding } from "../leg-report.ts";

type IssuesPolicy = GateOf<"issues">;

/** What is known of the issues. `changed` holds each issue that was touched since the run began, with its changes. */
export interface IssueFacts {
  open: TrackedIssue[];
  changed: { issue: TrackedIssue; changes: IssueChange[] }[];
  began: Date;
  /** Title of the milestone that gives the scope, where one does. */
  milestone: string | undefined;
}

/** An issue that holds the release back, and why. */
export interface HeldBack {
  issue: TrackedIssue;
  code: Code;
  why: string;
}

const mostNamed = 20;

/** Judges the issues in scope: none of a severity that blocks, none open where none may be, and every ticket ready. */
export function judgeIssues(policy: IssuesPolicy, facts: IssueFacts): { finding: Finding; held: HeldBack[] } {
  const held = [...severe(policy, facts), ...unfinished(policy, facts), ...notReady(policy, facts)];
  const evidence = [...new Set(held.map(({ issue }) => issue.url))].slice(0, 100);
  const [first] = held;
  if (!first) {
    const because = `${amount(facts.open.length, "open issue")} in scope, none of which holds the release back`;
    return { finding: { result: "pass", because, evidence }, held };
  }
  const named = held.slice(0, mostNamed).map(({ issue, why }) => `#${issue.number} ${issue.title} (${why})`);
  const more = held.length > mostNamed ? `; and ${held.length - mostNamed} more` : "";
  const because = `expected no issue to hold the release back, found ${named.join("; ")}${more}`;
  return { finding: { result: "fail", code: first.code, because, evidence }, held };
}

function severe({ "severity-labels": labels }: IssuesPolicy, { open }: IssueFacts): HeldBack[] {
  return open.flatMap((issue) => {
    const label = shared(issue.labels, labels);
    return label === undefined ? [] : [{ issue, code: "gates.severity-open", why: `open and ${label}` }];
  });
}

function unfinished({ "none-open": none }: IssuesPolicy, { open }: IssueFacts): HeldBack[] {
  return none ? open.map((issue) => ({ issue, code: "gates.scope-open", why: "open" })) : [];
}

/** GAT-56: a ticket that was moved after the run had begun counts as what it was then, so that no move helps it to pass. */
function notReady(policy: IssuesPolicy, facts: IssueFacts): HeldBack[] {
  const labels = policy["not-ready-labels"];
  const code = "gates.ticket-not-ready";
  const now = facts.open.flatMap((issue): HeldBack[] => {
    const label = shared(issue.labels, labels);
    return label === undefined ? [] : [{ issue, code, why: label }];
  });
  const moved = facts.changed.flatMap(({ issue, changes }): HeldBack[] => {
    if (now.some((one) => one.issue.number === issue.number)) return [];
    const before = atBeginning(issue, changes, facts.began);
    const label = before.open && inScope(policy, facts, before) ? shared(before.labels, labels) : undefined;
    return label === undefined ? [] : [{ issue, code, why: `${label} when the run began, and moved since` }];
  });
  return [...now, ...moved];
}

type Standing = Pick<TrackedIssue, "open" | "labels" | "milestone">;

/** Undoes what has changed since the run began, newest first: changes come in the order in which they were made. */
function atBeginning(issue: TrackedIssue, changes: IssueChange[], began: Date): Standing {
  const since = changes.filter(({ at }) => at >= began).toReversed();
  const closedSince = issue.closed !== undefined && issue.closed >= began;
  const start: Standing = { open: issue.open || closedSince, labels: issue.labels, milestone: issue.milestone };
  return since.reduce(undo, start);
}

function undo(standing: Standing, { change, about }: IssueChange): Standing {
  switch (change) {
    case "labeled":
      return { ...standing, labels: standing.labels.filter((label) => !same(label, about)) };
    case "unlabeled":
      return { ...standing, labels: [...standing.labels, about] };
    case "milestoned":
      return { ...standing, milestone: undefined };
    case "demilestoned":
      return { ...standing, milestone: about };
  }
}

function inScope({ scope }: IssuesPolicy, { milestone }: IssueFacts, standing: Standing): boolean {
  const labelled = scope.label === undefined || shared(standing.labels, [scope.label]) !== undefined;
  return labelled && (milestone === undefined || standing.milestone === milestone);
}

/** GitHub takes labels that differ in their case only for one. */
function shared(labels: string[], wanted: string[]): string | undefined {
  return labels.find((label) => wanted.some((one) => same(label, one)));
}

function same(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}
