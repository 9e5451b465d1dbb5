/** A run that built something, as the server tells it. */
export interface BuildRun {
  id: string;
  /** Owner and name of the repository whose workflow ran. */
  repository: string;
  /** Path of the workflow's file in the repository. */
  workflow: string;
  /** Owner and name of the repository that the run's commit came from: a fork's, for its pull requests. */
  source: string;
  event: string;
  /** Commit that the run was started from; a job may have checked out another one. */
  sha: string;
  /** Branch or tag that the run is of, by its short name. */
  branch: string;
  /** Page for people. */
  url: string;
  finished: boolean;
  /** GitHub's own word; empty until the run has finished. */
  conclusion: string;
}

/** A job of a run's latest attempt, by the name that its page shows; the conclusion is empty until it has ended. */
export interface RunJob {
  name: string;
  conclusion: string;
}

/** The runs of the repository, as far as what they built is published. Questions throw `publish.remote-unknown` or `all.…`. */
export interface BuildRuns {
  read(id: string): Promise<BuildRun | "absent">;
  /** Lists the ids of the runs that were started from a commit, newest first, a hundred at most. */
  on(sha: string): Promise<string[]>;
  /** Lists the ids of the runs that have kept a record of auto-tag, newest first, forty at most. */
  tagged(): Promise<string[]>;
  /** Lists the first hundred jobs of the run's latest attempt. */
  jobs(id: string): Promise<RunJob[]>;
}
