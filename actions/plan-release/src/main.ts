/** Wiring only: which adapters stand behind which ports. Logic lives in `plan-release.ts`. */
import { readEnvironment, readEvent } from "#src/adapters/environment";
import { githubLinkedIssues } from "#src/adapters/github-linked-issues";
import { publishedTags } from "#src/adapters/github-published-tags";
import { localGit } from "#src/adapters/local-git";
import { remoteRepository } from "#src/adapters/remote-repository";
import { systemClock } from "#src/adapters/system-clock";
import { localTagDates } from "#src/adapters/tag-dates";
import { runAction } from "#src/run-action";
import { contract } from "./contract.ts";
import { planRelease } from "./plan-release.ts";

await runAction(contract, (given) => {
  const run = { ...readEnvironment(), token: given["github-token"] };
  return planRelease(given, run, {
    local: localGit(run),
    remote: remoteRepository(run, systemClock),
    pushEvent: () => readEvent(run.eventFile),
    released: () => publishedTags(run.token, run.repository),
    issues: githubLinkedIssues(run.token, run.repository),
    tagDates: localTagDates(run.workspace),
    clock: systemClock,
  });
});
