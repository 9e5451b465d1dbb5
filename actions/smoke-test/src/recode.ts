import type { Code } from "#src/domain/catalogue";
import { stepsOf } from "./scenario-steps.ts";
import type { Finding, Trial } from "./trial.ts";

/** Codes that say what failed and not what for. */
const plain: Code[] = ["smoke.case-failed", "smoke.probe-failed", "smoke.hung", "smoke.wrong-version"];

/** Gives findings the code of what the scenario is there to prove: a claim, an upgrade, a companion, or the baseline. */
export function recode(findings: Finding[], trial: Trial): Finding[] {
  const code = codeOf(trial);
  if (!code) return findings;
  const codes = code === "smoke.upgrade-failed" ? [...plain, "smoke.install-failed"] : plain;
  return findings.map((finding) => (codes.includes(finding.code) ? { ...finding, code } : finding));
}

function codeOf(trial: Trial): Code | undefined {
  const { scenario, steps } = trial;
  if (scenario.companion) return "smoke.companion";
  if (scenario.capability && steps.length > 1) return "smoke.capability-dishonest";
  if (upgraded(trial)) return "smoke.upgrade-failed";
  return scenario.baseline ? "smoke.baseline-failed" : undefined;
}

/** Tells whether the release was being installed over the version before, or had been, when the scenario ended. */
function upgraded({ scenario, steps }: Trial): boolean {
  const wanted = stepsOf(scenario).flatMap((step, index) => (step.kind === "install" ? [{ index, step }] : []));
  const [before, after] = wanted;
  return before?.step.version === "previous" && after?.step.version === "released" && steps.length > after.index;
}
