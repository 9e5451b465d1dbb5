import { type Change, liesWithin } from "#src/domain/snapshot";
import { expectedFiles, judgeEnding, judgeFiles, judgeOutput, judgeWritten } from "./expectations.ts";
import { judgeInstallation, judgePrograms } from "./judge-installation.ts";
import type { Aftermath, Finding, Trial } from "./trial.ts";

/** Folders of a home in which programs may cache. */
const cacheFolders = [".cache", ".npm", "Library/Caches"];
const listed = 5;

/** Judges one scenario by all it left behind. No finding at all is what passing means. */
export function judgeTrial(trial: Trial, version: string): Finding[] {
  const { scenario, installation, programs = [], execution, aftermath, broken } = trial;
  if (broken !== undefined) return [{ code: "smoke.harness-failed", class: "harness", because: broken }];
  const installing = [...judgeInstallation(installation), ...judgePrograms(programs)];
  if (installing.length > 0) return installing;
  if (!execution || !aftermath) {
    const because = "expected the command to have run, found that it was not reached";
    return [{ code: "smoke.harness-failed", class: "harness", because }];
  }
  const ending = judgeEnding(scenario, execution);
  const oracles =
    execution.ending === "exited"
      ? [
          ...judgeOutput(scenario.expect, execution.output, version),
          ...judgeFiles(scenario.expect, aftermath),
          ...judgeWritten(scenario.expect, aftermath),
        ]
      : [];
  return [...ending, ...oracles, ...judgeIsolation(aftermath)];
}

/** Lists what the scenario wrote into its workspace without declaring it. */
export function strays({ scenario, aftermath }: Trial): Change[] {
  const declared = [...scenario.writes, ...expectedFiles(scenario.expect)];
  return (aftermath?.workspace ?? []).filter(({ path }) => !liesWithin(path, declared));
}

/** Writes a few changes for people, and how many more there are. */
export function listChanges(changes: Change[]): string {
  const named = changes.slice(0, listed).map(({ path, change }) => `${path} (${change})`);
  const more = changes.length - named.length;
  return named.join(", ") + (more > 0 ? ` and ${more} more` : "");
}

function judgeIsolation({ home, checkout }: Aftermath): Finding[] {
  const leaks = home.filter(({ path }) => !liesWithin(path, cacheFolders));
  return [
    ...(checkout.length > 0
      ? [
          {
            code: "smoke.tree-dirty",
            class: "product",
            because: `expected the checkout untouched, found ${listChanges(checkout)}`,
          } as const,
        ]
      : []),
    ...(leaks.length > 0
      ? [
          {
            code: "smoke.isolation-leak",
            class: "product",
            because: `expected no writes to the home, found ${listChanges(leaks)}`,
          } as const,
        ]
      : []),
  ];
}
