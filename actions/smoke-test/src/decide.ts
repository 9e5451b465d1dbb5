import type { ScenarioPolicy } from "#src/contract/config/smoke";
import type { Check } from "#src/domain/verdict";
import { judgeTrial, listChanges, strays } from "./judge-trial.ts";
import type { Finding, Trial } from "./trial.ts";

/** A trial with its judgement. */
export interface JudgedTrial {
  trial: Trial;
  findings: Finding[];
  result: "pass" | "fail" | "inconclusive";
}

/** Judges whether there is anything to try: without a required scenario that takes the published product, nothing is proven. */
export function judgeCases(scenarios: ScenarioPolicy[]): Check {
  const required = scenarios.filter((scenario) => scenario.required);
  const installing = required.filter(({ install }) => install === "channel").length;
  const check = { id: "cases", title: "A required scenario tries the published product", required: true, evidence: [] };
  const found = `found ${required.length} of ${scenarios.length} required, and ${installing} of them installing it`;
  if (installing === 0) {
    const because = `expected a required scenario with \`install: channel\`, ${found}`;
    return { ...check, result: "inconclusive", code: "smoke.no-cases", because };
  }
  return { ...check, result: "pass", because: found };
}

/** Judges a trial as a whole: the product's failure outweighs doubt, and doubt outweighs a pass. */
export function judge(trial: Trial, version: string): JudgedTrial {
  const findings = judgeTrial(trial, version);
  const blamed = findings.some((finding) => finding.class === "product");
  return { trial, findings, result: blamed ? "fail" : findings.length > 0 ? "inconclusive" : "pass" };
}

/** States the checks of a trial: the scenario itself, and, where there are any, an advisory one for undeclared writes. */
export function checksOf(judged: JudgedTrial): Check[] {
  const stray = strays(judged.trial);
  if (stray.length === 0) return [scenarioCheck(judged)];
  const { id } = judged.trial.scenario;
  return [
    scenarioCheck(judged),
    {
      id: `strays-${id}`,
      title: `${titleOf(judged.trial.scenario)}: it writes only what it declares`,
      required: false,
      result: "fail",
      code: "smoke.stray-write",
      because: `expected no undeclared files in the workspace, found ${listChanges(stray)}`,
      evidence: ["smoke.json"],
    },
  ];
}

/** Names a scenario for people. */
export function titleOf({ id, title }: ScenarioPolicy): string {
  return title ?? id;
}

/** Names the attachment that holds a scenario's log. */
export function logName({ id }: ScenarioPolicy): string {
  return `logs/${id}.txt`;
}

function scenarioCheck({ trial, findings, result }: JudgedTrial): Check {
  const { scenario, execution, root } = trial;
  const [deciding] = result === "fail" ? findings.filter((finding) => finding.class === "product") : findings;
  const check = {
    id: `scenario-${scenario.id}`,
    title: titleOf(scenario),
    required: scenario.required,
    result,
    evidence: ["smoke.json", logName(scenario), ...(execution ? [execution.outputDigest] : [])],
  };
  if (!deciding) return { ...check, because: `${execution?.duration ?? 0} ms, and every expectation holds` };
  const kept = root ? `; the workspace was kept in ${root}` : "";
  const because = findings.map((finding) => `${finding.because} [${finding.class}]`).join("; ") + kept;
  return { ...check, code: deciding.code, because };
}
