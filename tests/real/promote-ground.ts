import { fakeClock } from "#src/testing/fake-clock";
import type { Ports } from "../../actions/promote/src/promote-ports.ts";
import type { Fixture } from "../../rehearsal/github/testing.ts";

/** Puts the real adapters behind the ports of promote. They are loaded late, when the server's address is known. */
export async function promotePorts(at: Fixture, token: string): Promise<Ports> {
  const [{ localGit }, { localBranchHistory }, { remoteRepository }, { githubCheckRuns }] = await Promise.all([
    import("#src/adapters/local-git"),
    import("#src/adapters/local-branch-history"),
    import("#src/adapters/remote-repository"),
    import("#src/adapters/github-check-runs"),
  ]);
  const [{ githubBranches }, { githubPullRequests }, { githubIssues }] = await Promise.all([
    import("#src/adapters/github-branches"),
    import("#src/adapters/github-pull-requests"),
    import("#src/adapters/github-issues"),
  ]);
  const place = { workspace: at.work, serverUrl: at.github.apiUrl, repository: "acme/rocket", token, temp: at.folder };
  const clock = fakeClock();
  return {
    local: localGit(place),
    history: localBranchHistory(place),
    remote: remoteRepository(place, clock),
    checkRuns: githubCheckRuns(token, place.repository),
    branches: githubBranches(token, place.repository),
    pulls: githubPullRequests(token, place.repository),
    issues: githubIssues(token, place.repository),
    clock,
  };
}

/** The commit on which a branch of the remote stands. */
export async function remoteHead({ git, gitDir }: Fixture, branch: string): Promise<string> {
  return (await git("ls-remote", gitDir, `refs/heads/${branch}`)).slice(0, 40);
}

/** The operations that were asked of the API, in order; git's own traffic is left out. */
export function apiRoutes({ journalled }: Fixture): (string | null)[] {
  return journalled()
    .map(({ route }) => route)
    .filter((route) => !route?.startsWith("git/git-"));
}
