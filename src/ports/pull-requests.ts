import type { Code } from "#src/domain/catalogue";

/** A pull request as the server shows it. */
export interface PullRequest {
  number: number;
  url: string;
  state: "open" | "merged" | "closed";
  /** Commit that it would merge, or has merged. */
  head: string;
  draft: boolean;
  body: string;
  /** Whether it can be merged without conflicts; `unknown` in lists, and while the server works it out. */
  mergeable: boolean | "unknown";
}

/** A pull request that is to be opened, between branches of one repository. */
export interface NewPullRequest {
  from: string;
  into: string;
  title: string;
  body: string;
}

/** Why a write was refused. */
export type PullRefusalCode = Extract<
  Code,
  "promote.pr-refused" | "promote.permission-missing" | "all.auth-unhealthy" | "all.rate-limited"
>;

/** What became of a write. `unclear` obliges the writer to look again: it may have been done. */
export type PullWriting =
  | { outcome: "accepted" }
  | { outcome: "unclear"; because: string }
  | { outcome: "refused"; code: PullRefusalCode; because: string };

/** The pull requests of the remote repository. None of them is ever merged, closed or deleted here. */
export interface PullRequests {
  /** Lists those from one branch into another, open or not, newest first, in one request. Throws a `Failure` where it cannot be asked. */
  between(from: string, into: string): Promise<PullRequest[]>;
  /** Reads one. Throws a `Failure` where it cannot be asked. */
  read(number: number): Promise<PullRequest>;
  /** Opens one, asking once. */
  open(wanted: NewPullRequest): Promise<PullWriting>;
  /** Replaces the text of one, asking once. */
  describe(number: number, body: string): Promise<PullWriting>;
}
