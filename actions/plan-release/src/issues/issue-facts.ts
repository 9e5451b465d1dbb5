import type { Change, CommitClass, Reversal } from "#src/domain/conventional-commit";
import type { IssueAddress } from "#src/domain/issue-address";
import type { IssueReference } from "#src/domain/issue-reference";
import type { Found, FoundIssue, FoundPullRequest, PullRequestsOf } from "#src/ports/linked-issues";

/** A commit as the audit reads it. */
export interface AuditedCommit extends Change {
  sha: string;
  class: CommitClass;
  subject: string;
  /** The beginning of the whole message. */
  message: string;
  parents: string[];
  reverts: Reversal[];
  carried: Change[];
  references: IssueReference[];
}

/** Issues that the suite has filed for commits that lacked one. */
export interface FiledIssues {
  /** By the fingerprint of the draft that was filed. */
  known: ReadonlyMap<string, FoundIssue>;
  /** Why there may be others; undefined where these are all, or no commit lacks an issue. */
  doubt: string | undefined;
}

/** What is known of the issues of a release. */
export interface IssueFacts {
  /** The newest commits since the base, newest first. */
  commits: AuditedCommit[];
  /** How many older ones were not looked at. */
  older: number;
  /** Pull requests by commit. */
  brought: ReadonlyMap<string, PullRequestsOf>;
  /** Issues that the mapping file names, by commit. */
  mapped: ReadonlyMap<string, IssueAddress[]>;
  /** Issues that the version's section of the changelog links to. */
  described: IssueAddress[];
  /** What stands at each address that was asked for, by its text. */
  found: ReadonlyMap<string, Found>;
  /** Asked for only where a commit lacks an issue. */
  filed: FiledIssues;
  /** Why an address, or a commit, that is not among them is unknown. */
  silence: string;
  /** Paths that a commit without an issue changed, as far as the checkout tells. */
  paths: ReadonlyMap<string, string[]>;
}

/** A commit with what it refers to. `exempt` needs no issue, `missing` lacks one, `unknown` may have one. */
export interface CommitLink {
  commit: AuditedCommit;
  state: "linked" | "exempt" | "missing" | "unknown";
  why: string;
  issues: FoundIssue[];
  pulls: FoundPullRequest[];
  /** Addresses of issues that the commit, or its pull request, settles. */
  settles: string[];
  /** Of those, the ones that only the mapping file or a filed draft ties to it: GitHub shows no reference at them. */
  untold: string[];
  /** What in the project's own repositories could not be looked up. */
  doubts: string[];
}

/** An issue, or a pull request that stands for one, with what it lacks. */
export interface AuditedIssue {
  subject: FoundIssue | FoundPullRequest;
  /** Commits that refer to it. */
  commits: string[];
  /** `title`, and names of `issues.required-fields`. */
  missing: string[];
  unlabelled: boolean;
}

/** An issue that is settled by the range, and whether the tracker shows that. */
export interface SettledIssue {
  issue: FoundIssue;
  /** Commits that settle it. */
  commits: string[];
  state: "closed" | "open" | "unreferenced";
}

/** All that the audit found out, without a judgement of whether it blocks. */
export interface IssueAudit {
  links: CommitLink[];
  issues: AuditedIssue[];
  settled: SettledIssue[];
  /** What could not be looked up, with the commit that needs it. */
  doubts: string[];
  /** Issues that the changelog links to and that do not exist, and those of which nobody can tell. */
  described: { absent: string[]; unknown: string[] };
}

/** What is judged: the facts, and what the audit made of them; undefined where the range is not known. */
export type Audited = { facts: IssueFacts; audit: IssueAudit } | undefined;
