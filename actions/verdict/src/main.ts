/** Wiring only: which adapters stand behind which ports. Logic lives in `verdict.ts`. */
import { readEnvironment } from "#src/adapters/environment";
import { githubReleases } from "#src/adapters/github-releases";
import { systemClock } from "#src/adapters/system-clock";
import { runAction } from "#src/run-action";
import { suiteVersion } from "#src/suite-version";
import { contract } from "./contract.ts";
import { verdict } from "./verdict.ts";

await runAction(contract, (given, context) => {
  const { repository, sha, run, actor } = readEnvironment();
  const origin = {
    suite: suiteVersion,
    repository,
    sha,
    run: { id: run.id, url: run.url, actor },
    attempt: run.attempt,
  };
  const releases = githubReleases(given["github-token"], repository);
  return verdict(given, context, { releases, origin: { ...origin, now: systemClock.now() } });
});
