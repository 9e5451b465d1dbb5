/** A review of a pull request. */
export interface Review {
  by: string;
  automated: boolean;
  /** GitHub's word, such as `APPROVED`. */
  state: string;
  /** Commit that was reviewed; undefined where GitHub does not tell. */
  commit: string | undefined;
  /** GitHub's word for what the reviewer is to the repository, such as `MEMBER`. */
  standing: string;
  submitted: Date | undefined;
  url: string;
}

/** A merged pull request with its reviews, oldest first. */
export interface MergedPullRequest {
  number: number;
  url: string;
  author: string;
  /** Branch that it was merged into. */
  base: string;
  /** Last commit of its branch. */
  head: string;
  reviews: Review[];
}

/** What a stage may ask about the merge that brought a commit. */
export interface MergeReviews {
  /** Pull requests whose merge is this very commit. */
  mergedAs(sha: string): Promise<MergedPullRequest[]>;
  /** How many approving reviews the branch's rules ask for; zero where no rule does. */
  required(branch: string): Promise<number>;
}
