import type { IssueAddress } from "#src/domain/issue-address";

/** An issue as the tracker holds it. */
export interface FoundIssue extends IssueAddress {
  kind: "issue";
  title: string;
  body: string;
  /** Page for people. */
  url: string;
  open: boolean;
  labels: string[];
  /** What closed it, a commit's id or a pull request's number; undefined where a person did, or it is open. */
  closer: string | undefined;
  /** Ids of commits, or their beginnings, that its text and its newest comments name. */
  named: string[];
}

/** A pull request as the tracker holds it. */
export interface FoundPullRequest extends IssueAddress {
  kind: "pull-request";
  title: string;
  body: string;
  url: string;
  labels: string[];
  /** Branch that it came from. */
  head: string;
  /** Issues that it closes. */
  closes: IssueAddress[];
}

/** What is found at an address. `absent` takes an answer that says so; anything less is `unknown`, never absent. */
export type Found = FoundIssue | FoundPullRequest | { kind: "absent" } | { kind: "unknown"; because: string };

/** The pull requests that brought a commit, or why nobody can tell. */
export type PullRequestsOf = { known: true; numbers: number[] } | { known: false; because: string };

/** Issues of one label. */
export interface LabelledIssues {
  /** Each with the login of who opened it, an app's with `[bot]` at its end; empty where the account is gone. */
  issues: (FoundIssue & { author: string })[];
  /** Why there may be others; undefined where these are all. */
  doubt: string | undefined;
}

/** What the tracker knows about commits, and what it links with them. The number of requests grows with hundreds, not with each. */
export interface LinkedIssues {
  /** Tells for each commit of the repository which of its pull requests brought it. */
  pullRequestsOf(commits: string[]): Promise<ReadonlyMap<string, PullRequestsOf>>;
  /** Looks issues and pull requests up, by `addressText`. Throws a `Failure` where nothing could be asked. */
  find(addresses: IssueAddress[]): Promise<ReadonlyMap<string, Found>>;
  /** Reads the repository's own issues with a label, open or closed, newest first and a thousand at most. */
  labelled(label: string): Promise<LabelledIssues>;
}
