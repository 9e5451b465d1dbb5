import { type Change, liesWithin } from "#src/domain/snapshot";
import type { Sign } from "./classify-trouble.ts";
import { judgeCompanion } from "./judge-companion.ts";
import { judgeInstallation, judgePrograms } from "./judge-installation.ts";
import { recode } from "./recode.ts";
import { filesOf, stepsOf } from "./scenario-steps.ts";
import type { Aftermath, Finding, Installation, Trial } from "./trial.ts";

/** Folders of a home in which programs may cache. */
const cacheFolders = [".cache", ".npm", "Library/Caches"];
const listed = 5;

/** Judges one try of a scenario by all it left behind. No finding at all is what passing means. */
export function judgeTrial(trial: Trial, signs: Sign[] = []): Finding[] {
  const { installation, programs, steps, ended, aftermath, broken, lost } = trial;
  if (broken !== undefined) return [{ code: "smoke.harness-failed", class: "harness", because: broken }];
  const installing = [...judgeInstallation(installation, signs), ...judgePrograms(programs)];
  if (installing.length > 0) return recode(installing, trial);
  if (!aftermath || (steps.length === 0 && !ended)) {
    const because = "expected its steps to have run, found that none was reached";
    return [{ code: "smoke.harness-failed", class: "harness", because }];
  }
  const found = [...steps.flatMap(({ findings }) => findings), ...judgeCompanion(trial), ...judgeLost(lost)];
  return [...recode(found, trial), ...judgeIsolation(aftermath)];
}

/** Lists what the scenario wrote into its workspace without declaring it. */
export function strays({ scenario, steps, aftermath }: Trial): Change[] {
  const expected = stepsOf(scenario).flatMap((step) => {
    if (step.kind === "install") return step.keeps;
    if (step.kind !== "command") return [];
    return [...filesOf(step.expect), ...(step.results ? [step.results.junit] : [])];
  });
  const ofInstallations = steps.flatMap(({ facts }) => (facts.kind === "install" ? writtenBy(facts.installation) : []));
  const records = scenario.graceful ? filesOf(scenario.graceful) : [];
  const declared = [...scenario.writes, ...expected, ...records, ...ofInstallations];
  return (aftermath?.workspace ?? []).filter(({ path }) => !liesWithin(path, declared));
}

/** What an installation by a step writes into the workspace: the folders of its client, and the project's own files beside them. */
function writtenBy(installation: Installation): string[] {
  if (installation.kind !== "package") return ["repository", "build"];
  const { within, path } = installation.found;
  const tops = [...within, ...path].flatMap((folder) => folder.split("/")[0] ?? []);
  return [...tops, "package.json", "package-lock.json"];
}

/** Writes a few changes for people, and how many more there are. */
export function listChanges(changes: Change[]): string {
  const named = changes.slice(0, listed).map(({ path, change }) => `${path} (${change})`);
  const more = changes.length - named.length;
  return named.join(", ") + (more > 0 ? ` and ${more} more` : "");
}

function judgeLost(lost: string[]): Finding[] {
  return lost.map((path) => {
    const because = `expected ${path} to survive the upgrade, found it nowhere`;
    return { code: "smoke.upgrade-state", class: "product", because };
  });
}

function judgeIsolation({ home, checkout }: Aftermath): Finding[] {
  const leaks = home.filter(({ path }) => !liesWithin(path, cacheFolders));
  const found: Finding[] = [];
  if (checkout.length > 0) {
    const because = `expected the checkout untouched, found ${listChanges(checkout)}`;
    found.push({ code: "smoke.tree-dirty", class: "product", because });
  }
  if (leaks.length > 0) {
    const because = `expected no writes to the home, found ${listChanges(leaks)}`;
    found.push({ code: "smoke.isolation-leak", class: "product", because });
  }
  return found;
}
