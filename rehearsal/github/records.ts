import type { State } from "./state.ts";

export type Release = State["releases"][number];
export type Asset = State["assets"][number];
export type Issue = State["issues"][number];
export type Milestone = State["milestones"][number];
export type IssueEvent = State["issueEvents"][number];
export type PullRequest = State["pulls"][number];
export type Deployment = State["deployments"][number];
export type DeploymentState = State["deploymentStates"][number];
export type Environment = State["environments"][number];
export type CheckRun = State["checkRuns"][number];
export type CommitStatus = State["statuses"][number];
export type Run = State["runs"][number];
export type Job = State["jobs"][number];
export type Ruleset = State["rulesets"][number];
export type Approval = State["approvals"][number];
export type Dispatch = State["dispatches"][number];
