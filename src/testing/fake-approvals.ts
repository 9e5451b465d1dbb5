import type { Approvals, EnvironmentProtection, RunReview } from "#src/ports/approvals";
import type { MergedPullRequest, MergeReviews } from "#src/ports/merge-reviews";

/** What people have said, and who they are. */
export interface Said {
  environments?: Record<string, EnvironmentProtection>;
  reviews?: RunReview[];
  actors?: string[];
  author?: string | undefined;
}

/** Answers about approvals from memory; the author is `mara` and the run was started by `mona` unless told otherwise. */
export function fakeApprovals(said: Said = {}): Approvals {
  const { environments = {}, reviews = [], actors = ["mona"] } = said;
  return {
    protection: async (name) => environments[name] ?? "absent",
    reviews: async () => reviews,
    actors: async () => actors,
    author: async () => ("author" in said ? said.author : "mara"),
  };
}

/** Answers about merges from memory. */
export function fakeMergeReviews(pulls: MergedPullRequest[] = [], required = 1): MergeReviews {
  return { mergedAs: async () => pulls, required: async () => required };
}
