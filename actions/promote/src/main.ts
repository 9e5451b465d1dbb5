/** Wiring only: which adapters stand behind which ports. Logic lives in `promote.ts`. */
import { readEnvironment } from "#src/adapters/environment";
import { githubBranches } from "#src/adapters/github-branches";
import { githubCheckRuns } from "#src/adapters/github-check-runs";
import { githubIssues } from "#src/adapters/github-issues";
import { githubPullRequests } from "#src/adapters/github-pull-requests";
import { localBranchHistory } from "#src/adapters/local-branch-history";
import { localGit } from "#src/adapters/local-git";
import { remoteRepository } from "#src/adapters/remote-repository";
import { systemClock } from "#src/adapters/system-clock";
import { runAction } from "#src/run-action";
import { contract } from "./contract.ts";
import { promote } from "./promote.ts";

await runAction(contract, (given) => {
  const token = given["github-token"];
  const place = { ...readEnvironment(), token };
  return promote(
    given,
    { ...place, attempt: place.run.attempt },
    {
      local: localGit(place),
      history: localBranchHistory(place),
      remote: remoteRepository(place, systemClock),
      checkRuns: githubCheckRuns(token, place.repository),
      branches: githubBranches(token, place.repository),
      pulls: githubPullRequests(token, place.repository),
      issues: githubIssues(token, place.repository),
      clock: systemClock,
    },
  );
});
