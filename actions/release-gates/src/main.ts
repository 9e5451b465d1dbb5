/** Wiring only: which adapters stand behind which ports. Logic lives in `release-gates.ts`. */
import { artifactLedgerStore } from "#src/adapters/artifact-ledger-store";
import { checkoutFiles } from "#src/adapters/checkout-files";
import { readEnvironment } from "#src/adapters/environment";
import { gateSurroundings } from "#src/adapters/gate-surroundings";
import { gitWorktrees } from "#src/adapters/git-worktrees";
import { githubApprovals } from "#src/adapters/github-approvals";
import { githubCheckRuns } from "#src/adapters/github-check-runs";
import { githubCommitSignatures } from "#src/adapters/github-commit-signatures";
import { githubIssues } from "#src/adapters/github-issues";
import { githubMergeReviews } from "#src/adapters/github-merge-reviews";
import { githubWorkflowRuns } from "#src/adapters/github-workflow-runs";
import { systemClock } from "#src/adapters/system-clock";
import { systemShell } from "#src/adapters/system-shell";
import { runAction } from "#src/run-action";
import { contract } from "./contract.ts";
import { releaseGates } from "./release-gates.ts";

await runAction(contract, (given, context) => {
  const { repository, run, workspace, temp } = readEnvironment();
  const token = given["github-token"];
  const { environment, secrets, variables } = gateSurroundings({ ...given, token });
  const tracker = githubIssues(token, repository);
  const store = artifactLedgerStore(temp);
  return releaseGates(given, context, {
    shell: systemShell(),
    checkout: { directory: workspace, environment, secrets },
    variables,
    files: checkoutFiles(workspace),
    worktrees: gitWorktrees({ workspace, temp }),
    checkRuns: githubCheckRuns(token, repository),
    approvals: githubApprovals(token, repository, run.id),
    merges: githubMergeReviews(token, repository),
    runs: {
      read: (id) => githubWorkflowRuns(token, repository).read(id),
      succeededJobs: (id) => githubWorkflowRuns(token, repository).succeededJobs(id),
    },
    signatures: githubCommitSignatures(token, repository),
    clock: systemClock,
    store,
    issues: tracker,
    filing: {
      ...{ tracker, store, run },
      runs: { failedJobs: (id) => githubWorkflowRuns(token, repository).failedJobs(id) },
    },
  });
});
