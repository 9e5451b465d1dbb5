/** How an environment is protected. */
export interface EnvironmentProtection {
  /** People and teams of whom one must approve; teams as `team:<slug>`. */
  reviewers: string[];
  preventsSelfReview: boolean;
  restrictsBranches: boolean;
  url: string;
}

/** What a reviewer answered to a run that waited for environments. */
export interface RunReview {
  state: string;
  by: string;
  automated: boolean;
  comment: string;
  environments: string[];
}

/** What a stage may ask about approvals. A question that was not understood throws, as cannot tell is never yes. */
export interface Approvals {
  protection(environment: string): Promise<EnvironmentProtection | "absent">;
  /** The reviews of this very run, of all its environments. */
  reviews(): Promise<RunReview[]>;
  /** Who started the run, and who started this attempt of it; the login of automation ends in `[bot]`. */
  actors(): Promise<string[]>;
  /** The account of a commit's author; undefined where GitHub knows none. */
  author(sha: string): Promise<string | undefined>;
}
