import { issueOf } from "./issue-of.ts";
import { newCheckRun } from "./new-check-run.ts";
import { newRun } from "./new-run.ts";
import type {
  Approval,
  CheckRun,
  Comment,
  Environment,
  Issue,
  Job,
  PullRequest,
  Ruleset,
  Run,
  SigningKey,
} from "./records.ts";
import { ensureLabels } from "./routes/labels.ts";
import type { State } from "./state.ts";
import { nextId, nextNumber, nowIn, type World } from "./world.ts";

/** A check run as the runner or a test reports it; with an id it changes the one it made before. */
export type CheckRunReport = Pick<CheckRun, "name" | "headSha"> & Partial<CheckRun>;
/** A workflow run as the runner reports it. */
export type RunReport = Pick<Run, "path" | "headSha" | "event"> & Partial<Run>;
/** A job as the runner reports it; its check run follows by itself. */
export type JobReport = Pick<Job, "runId" | "name"> & Partial<Job>;
/** An environment as it is configured; without reviewers and waiting time it protects nothing. */
export type EnvironmentReport = Pick<Environment, "name"> & Partial<Environment>;
/** A ruleset as it is configured. */
export type RulesetReport = Pick<Ruleset, "name" | "target" | "include" | "rules"> & Partial<Ruleset>;

/** An issue as people filed it before. */
export type IssueReport = Pick<Issue, "title"> & Partial<Issue>;
/** What a person wrote on an issue, which is named by its number. */
export type CommentReport = Pick<Comment, "author" | "body"> & { on: number };
/** A pull request as it was merged before, with the commits that it brought. */
export type PullRequestReport = Pick<PullRequest, "title" | "commits"> & Partial<PullRequest>;

/** How the runner and the set-up tell the embedded GitHub what happened outside of it. Each gives the id of what it wrote. */
export interface Recorder {
  recordCheckRun(report: CheckRunReport): number;
  recordRun(report: RunReport): number;
  recordJob(report: JobReport): number;
  recordEnvironment(report: EnvironmentReport): number;
  /** A ruleset recorded after the start holds for the API at once, for pushes from the next start on. */
  recordRuleset(report: RulesetReport): number;
  /** Gives the issue's number. */
  recordIssue(report: IssueReport): number;
  recordComment(report: CommentReport): number;
  /** Gives the pull request's number. */
  recordPullRequest(report: PullRequestReport): number;
  /** A person's answer; what it answers is no longer pending. */
  recordApproval(approval: Approval): void;
  recordPending(runId: number, environment: string): void;
  /** What this key signs is verified where the committer's address belongs to the account. */
  recordSigningKey(key: SigningKey): void;
}

/** Makes a recorder that tells `changed` after each record. */
export function createRecorder(world: World, changed: () => void): Recorder {
  const { state } = world;
  const kept = <T>(result: T): T => {
    changed();
    return result;
  };
  return {
    recordCheckRun: (report) => kept(recordCheckRun(world, given(report))),
    recordRun: (report) => kept(recordRun(world, given(report))),
    recordJob: (report) => kept(recordJob(world, given(report))),
    recordEnvironment: (report) => kept(recordEnvironment(world, given(report))),
    recordRuleset: (report) => kept(recordRuleset(world, given(report))),
    recordIssue: (report) => kept(recordIssue(world, given(report))),
    recordComment: (report) => kept(recordComment(world, report)),
    recordPullRequest: (report) => kept(recordPullRequest(world, given(report))),
    recordApproval(approval) {
      state.approvals.push(approval);
      state.pending = state.pending.filter(
        (one) => one.runId !== approval.runId || !approval.environments.includes(one.environment),
      );
      changed();
    },
    recordSigningKey: (key) => kept(void state.signingKeys.push(key)),
    recordPending: (runId, environment) => kept(void state.pending.push({ runId, environment, since: nowIn(world) })),
  };
}

/** Writes a check run and gives its id. */
function recordCheckRun(world: World, report: CheckRunReport): number {
  const app = report.app ?? "github-actions";
  return upsert(world.state, world.state.checkRuns, report, (id) => ({
    ...newCheckRun(world, { ...report, id, app }),
    status: "completed",
    ...report,
    id,
  }));
}

/** Writes a workflow run and gives its id. */
function recordRun(world: World, report: RunReport): number {
  const { state } = world;
  return upsert(state, state.runs, { updatedAt: nowIn(world), ...report }, (id) => newRun(world, { ...report, id }));
}

/** Writes a job with its check run, which carries the job's name, and gives the job's id. Throws when its run was never recorded. */
function recordJob(world: World, report: JobReport): number {
  const { state } = world;
  const run = state.runs.find((one) => one.id === report.runId);
  if (!run) throw new Error(`expected run ${report.runId} to be recorded before its job "${report.name}"`);
  const now = nowIn(world);
  const id = upsert(state, state.jobs, report, (fresh) => ({
    attempt: run.attempt,
    checkRun: nextId(state),
    status: "queued",
    conclusion: null,
    labels: ["ubuntu-latest"],
    createdAt: now,
    startedAt: now,
    completedAt: null,
    steps: [],
    ...report,
    id: fresh,
  }));
  const job = state.jobs.find((one) => one.id === id);
  if (!job) throw new Error(`expected job ${id} to be recorded`);
  const { name, status, conclusion, startedAt, completedAt } = job;
  recordCheckRun(world, {
    id: job.checkRun,
    suite: run.suite,
    headSha: run.headSha,
    name,
    status,
    conclusion,
    startedAt,
    completedAt,
  });
  return id;
}

/** Writes an environment and gives its id. */
function recordEnvironment(world: World, report: EnvironmentReport): number {
  const { state } = world;
  const former = state.environments.find((one) => one.name === report.name);
  return upsert(state, state.environments, { ...(former ? { id: former.id } : {}), ...report }, (id) => ({
    reviewers: [],
    waitMinutes: 0,
    preventSelfReview: false,
    branches: "any",
    createdAt: nowIn(world),
    ...report,
    id,
  }));
}

/** Writes a ruleset and gives its id. */
function recordRuleset(world: World, report: RulesetReport): number {
  const { state } = world;
  return upsert(state, state.rulesets, report, (id) => ({
    enforcement: "active",
    exclude: [],
    createdAt: nowIn(world),
    ...report,
    id,
  }));
}

/** Writes an issue and gives its number. */
function recordIssue(world: World, report: IssueReport): number {
  const { state } = world;
  const now = nowIn(world);
  const issue: Issue = {
    id: nextId(state),
    number: nextNumber(state),
    body: null,
    state: "open",
    reason: null,
    author: "ada",
    labels: [],
    assignees: [],
    parent: null,
    milestone: null,
    createdAt: now,
    updatedAt: now,
    closedAt: report.state === "closed" ? now : null,
    closer: null,
    ...report,
  };
  ensureLabels(world, issue.labels);
  state.issues.push(issue);
  return issue.number;
}

/** Writes a comment, which changes its issue too, and gives its id. */
function recordComment(world: World, { on, author, body }: CommentReport): number {
  const { state } = world;
  const now = nowIn(world);
  const issue = issueOf(world, String(on));
  const comment: Comment = { id: nextId(state), issue: issue.id, author, body, createdAt: now, updatedAt: now };
  state.comments.push(comment);
  issue.updatedAt = now;
  return comment.id;
}

/** Writes a pull request and gives its number. */
function recordPullRequest(world: World, report: PullRequestReport): number {
  const { state } = world;
  const now = nowIn(world);
  const pull: PullRequest = {
    id: nextId(state),
    number: nextNumber(state),
    body: null,
    state: "merged",
    headBranch: "topic",
    labels: [],
    closes: [],
    baseBranch: "main",
    headSha: report.commits.at(-1) ?? null,
    mergeCommit: report.commits.at(-1) ?? null,
    reviews: [],
    author: "ada",
    createdAt: now,
    updatedAt: now,
    closedAt: now,
    ...report,
  };
  state.pulls.push(pull);
  return pull.number;
}

/** Drops what was passed as undefined: it was not reported, so it must not hide a default or an earlier report. */
function given<T extends object>(report: T): T {
  const copy = { ...report };
  for (const [key, value] of Object.entries(copy)) if (value === undefined) Reflect.deleteProperty(copy, key);
  return copy;
}

function upsert<T extends { id: number }>(
  state: State,
  list: T[],
  report: Partial<T>,
  make: (id: number) => T,
): number {
  const known = list.find((one) => one.id === report.id);
  if (known) {
    Object.assign(known, report);
    return known.id;
  }
  const fresh = make(report.id ?? nextId(state));
  list.push(fresh);
  return fresh.id;
}
