import type { BranchHistory } from "#src/ports/branch-history";
import type { Branches } from "#src/ports/branches";
import type { CheckRuns } from "#src/ports/check-runs";
import type { Checkout } from "#src/ports/checkout";
import type { Clock } from "#src/ports/clock";
import type { GitHistory } from "#src/ports/git-history";
import type { Issues } from "#src/ports/issues";
import type { ProjectFiles } from "#src/ports/project-files";
import type { PullRequests } from "#src/ports/pull-requests";
import type { RemoteRepository } from "#src/ports/remote-refs";

/** What a promotion asks, and what it writes through: branches, or one pull request. */
export interface Ports {
  local: Checkout & ProjectFiles & Pick<GitHistory, "commitsSince">;
  history: BranchHistory;
  remote: RemoteRepository;
  checkRuns: CheckRuns;
  branches: Branches;
  pulls: PullRequests;
  issues: Pick<Issues, "list">;
  clock: Clock;
}
