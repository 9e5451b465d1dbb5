import type { ScenarioPolicy } from "#src/contract/config/smoke-scenario";
import { conductScenario } from "./conduct-scenario.ts";
import { judgeConduct, type Outcome } from "./judge-conduct.ts";
import { atMost, lanesOf } from "./lanes.ts";
import { refusalsOf } from "./refusals.ts";
import type { Finding } from "./trial.ts";
import type { TrialPorts, TrialSetting } from "./trial-setting.ts";

/**
 * Conducts all scenarios: baselines first, then the others where every baseline has passed; channels side by side, each with
 * its own budget from the start of the stage. Nothing is tried at all while one of them would write to real data.
 */
export async function conductAll(
  scenarios: ScenarioPolicy[],
  setting: TrialSetting,
  ports: TrialPorts,
): Promise<Outcome[]> {
  const began = ports.clock.now().getTime();
  const [stop] = scenarios.flatMap((scenario) => touchesRealData(scenario, setting));
  if (stop) return scenarios.map((scenario) => untried(scenario, [touchesRealData(scenario, setting)[0] ?? stop]));

  const baselines = await conductSome(
    scenarios.filter(({ baseline }) => baseline),
    { setting, began },
    ports,
  );
  const others = scenarios.filter(({ baseline }) => !baseline);
  const red = baselines.find(({ ending, conduct }) => ending !== "pass" && conduct.scenario.required);
  const because = `expected the baseline ${red?.conduct.scenario.id} to pass first, found ${red?.ending}`;
  const rest = red
    ? others.map((scenario) => untried(scenario, [{ code: "smoke.not-tried", class: "harness", because }]))
    : await conductSome(others, { setting, began }, ports);
  return [...baselines, ...rest];
}

async function conductSome(
  scenarios: ScenarioPolicy[],
  { setting, began }: { setting: TrialSetting; began: number },
  ports: TrialPorts,
): Promise<Outcome[]> {
  const lanes = lanesOf(scenarios, setting);
  const conducted = await Promise.all(
    lanes.map(({ scenarios: ofLane, budget }) =>
      atMost(setting.policy.parallel, ofLane, (scenario) =>
        conductScenario(scenario, { setting, deadline: began + budget }, ports),
      ),
    ),
  );
  return conducted.flat().map((conduct) => judgeConduct(conduct, setting.release.version));
}

function touchesRealData(scenario: ScenarioPolicy, { policy }: TrialSetting): Finding[] {
  return refusalsOf(scenario, policy).filter(({ code }) => code === "smoke.real-data");
}

function untried(scenario: ScenarioPolicy, refused: Finding[]): Outcome {
  const conduct = { scenario, attempts: [], repeats: [], planted: {}, refused };
  return { conduct, findings: refused, ending: "missing" };
}
