import type { ScenarioPolicy } from "#src/contract/config/smoke-scenario";
import { refuseImports } from "./importing.ts";
import { type Conduct, guardsFixOf, type JudgedTrial, judgedAs } from "./judge-conduct.ts";
import { judgeTrial } from "./judge-trial.ts";
import type { PlantedDefect } from "./planted-defect.ts";
import { refusalsOf } from "./refusals.ts";
import { waitAfter } from "./retry.ts";
import { judgeSelfTest } from "./self-test.ts";
import { channelOf } from "./source.ts";
import type { Finding, Trial } from "./trial.ts";
import type { Manner, TrialPorts, TrialSetting } from "./trial-setting.ts";
import { installsItself, tryScenario } from "./try-scenario.ts";

/** Tries a scenario once in a named place. */
type TryOnce = (product: Manner["product"], name: string) => Promise<JudgedTrial>;

/**
 * Conducts a scenario: tries it until it is told whose it is, repeats a suspect one, tries a failing one with the version before,
 * and a passing one with a product that is broken on purpose.
 */
export async function conductScenario(
  scenario: ScenarioPolicy,
  { setting, deadline }: { setting: TrialSetting; deadline: number },
  ports: TrialPorts,
): Promise<Conduct> {
  const left = () => deadline - ports.clock.now().getTime();
  const refused = [
    ...refusalsOf(scenario, setting.policy),
    ...refuseImports(scenario, setting),
    ...withoutValue(scenario, setting),
    ...(left() > 0 ? [] : [outOfTime()]),
  ];
  const conduct: Conduct = { scenario, attempts: [], repeats: [], planted: {}, refused };
  if (refused.length > 0) return conduct;
  const once: TryOnce = async (product, name) => {
    const trial = await tryScenario(scenario, { setting, manner: { product, name: scenario.id + name, left } }, ports);
    return judgedAs(
      trial,
      judgeTrial(trial, setting.policy.signs).map((finding) => ofBudget(finding, left())),
    );
  };
  conduct.attempts = await attempts(once, { left, ports });
  for (let round = 2; round <= scenario.repeat; round += 1) {
    conduct.repeats.push(await once("released", `-repeat-${round}`));
  }
  await compare(conduct, { setting, once });
  await plant(conduct, { setting, once });
  return conduct;
}

async function attempts(
  once: TryOnce,
  { left, ports: { clock } }: { left: () => number; ports: TrialPorts },
): Promise<JudgedTrial[]> {
  const began = clock.now().getTime();
  const tries: JudgedTrial[] = [];
  for (;;) {
    tries.push(await once("released", tries.length === 0 ? "" : `-try-${tries.length + 1}`));
    const wait = waitAfter(tries, { elapsed: clock.now().getTime() - began, left: left() });
    if (wait === undefined) return tries;
    await clock.sleep(wait);
  }
}

/** Tries the version before where the release fails in its steps, or where the scenario guards what the release has fixed. */
async function compare(conduct: Conduct, { setting, once }: { setting: TrialSetting; once: TryOnce }): Promise<void> {
  const { scenario, attempts: tries } = conduct;
  const last = tries.at(-1);
  const failedInSteps = last?.ending === "fail" && last.trial.steps.length > 0 && setting.policy.compare === "previous";
  const guards = last?.ending === "pass" && guardsFixOf(scenario, setting.release.version);
  const takesProduct =
    scenario.install === "channel" && !installsItself(scenario) && !("finding" in channelOf(scenario, setting));
  if (!setting.previous || !takesProduct || !(failedInSteps || guards)) return;
  conduct.previous = await once("previous", "-previous");
}

/** Tries a passing scenario with programs that fail; where it notices those, with programs that do nothing, too. */
async function plant(conduct: Conduct, { setting, once }: { setting: TrialSetting; once: TryOnce }): Promise<void> {
  const last = conduct.attempts.at(-1);
  if (setting.policy["self-test"] === "off" || last?.ending !== "pass") return;
  const programs = programsOf(last.trial);
  const planted = (silent: boolean): PlantedDefect => ({ programs, silent });
  conduct.planted.failing = await once(planted(false), "-planted");
  if (!judgeSelfTest(conduct.planted.failing).canFail) return;
  conduct.planted.silent = await once(planted(true), "-silent");
}

/** Names the product's own programs, as far as its installation and the scenario tell. */
function programsOf({ scenario, installation, steps }: Trial): string[] {
  const installations = [
    installation,
    ...steps.flatMap(({ facts }) => (facts.kind === "install" ? [facts.installation] : [])),
  ];
  const found = installations.flatMap((one) => {
    if (one.kind === "package") return one.found.programs.map(({ name }) => name);
    return one.kind === "build" ? one.programs : [];
  });
  return [...new Set([...scenario.programs, ...found])];
}

function ofBudget(finding: Finding, left: number): Finding {
  if (finding.code !== "smoke.hung" || left > 0) return finding;
  return { ...finding, code: "smoke.over-budget", because: `${finding.because}, as the channel's budget was used up` };
}

/** A credential that the job was not given is told by its name, and never replaced by an empty one. */
function withoutValue({ uses }: ScenarioPolicy, { policy, values }: TrialSetting): Finding[] {
  const absent = policy.parameters.filter(({ id }) => uses.includes(id) && !values.has(id));
  return absent.map(({ id, value }) => {
    const because = `expected the variable ${value} of the job for ${id}, found none`;
    return { code: "smoke.credential-missing", class: "environment", because };
  });
}

function outOfTime(): Finding {
  const because = "expected some of the channel's budget to be left, found none";
  return { code: "smoke.over-budget", class: "harness", because };
}
