import { type Change, liesWithin } from "#src/domain/snapshot";
import { classifyTrouble } from "./classify-trouble.ts";
import { expectedFiles, judgeEnding, judgeFiles, judgeOutput, judgeWritten } from "./expectations.ts";
import type { Aftermath, Finding, Installation, Trial } from "./trial.ts";

/** Folders of a home in which programs may cache. */
const cacheFolders = [".cache", ".npm", "Library/Caches"];
const listed = 5;

/** Judges one scenario by all it left behind. No finding at all is what passing means. */
export function judgeTrial(trial: Trial, version: string): Finding[] {
  const { scenario, installation, execution, aftermath, broken } = trial;
  if (broken !== undefined) return [{ code: "smoke.harness-failed", class: "harness", because: broken }];
  const installing = judgeInstallation(installation);
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

/** Judges what was installed: the wanted package in the wanted version, whose programs lie inside it; or the wanted commit. */
export function judgeInstallation(installation: Installation): Finding[] {
  switch (installation.kind) {
    case "none":
      return [];
    case "refused":
      return [installation.finding];
    case "trouble": {
      const { step, ended, said, tries } = installation;
      const because = `expected the ${step} to succeed, found ${ended} at try ${tries}`;
      return [{ code: "smoke.install-failed", class: classifyTrouble(said), because }];
    }
    case "repository": {
      const { wanted, head } = installation;
      const because = `expected the clone on ${wanted}, found ${head}`;
      return head === wanted ? [] : [{ code: "smoke.wrong-binary", class: "product", because }];
    }
    case "package":
      return judgePackage(installation);
  }
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

function judgePackage({ wanted, found }: Extract<Installation, { kind: "package" }>): Finding[] {
  const wrong = (because: string): Finding => ({ code: "smoke.wrong-binary", class: "product", because });
  if (found.name !== wanted.name) return [wrong(`expected the package ${wanted.name}, found ${found.name}`)];
  if (found.version !== wanted.version) {
    const because = `expected ${wanted.name} ${wanted.version}, found ${found.version}`;
    return [{ code: "smoke.wrong-version", class: "product", because }];
  }
  const home = `node_modules/${wanted.name}`;
  if (found.resolved !== home) return [wrong(`expected ${wanted.name} in ${home}, found it in ${found.resolved}`)];
  const foreign = found.programs.filter(({ resolved }) => !resolved || !liesWithin(resolved, [home]));
  return foreign.map(({ name, resolved }) =>
    wrong(`expected the program ${name} inside ${home}, found ${resolved ?? "nothing that can be run"}`),
  );
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
