import { milliseconds } from "#src/contract/config/fields";
import type { SmokePolicy } from "#src/contract/config/smoke";
import type { ScenarioPolicy } from "#src/contract/config/smoke-scenario";
import type { Code } from "#src/domain/catalogue";
import type { Check, CheckResult } from "#src/domain/verdict";
import type { Outcome } from "./judge-conduct.ts";
import { listChanges, strays } from "./judge-trial.ts";
import { judgeSelfTest } from "./self-test.ts";
import type { Trial } from "./trial.ts";

const slowFrom = 0.6;

/** States the checks of a scenario: itself, whether it can fail, and, as advice, what it wrote and where it was slow. */
export function checksOf(outcome: Outcome, policy: SmokePolicy): Check[] {
  const last = outcome.conduct.attempts.at(-1)?.trial;
  return [
    scenarioCheck(outcome, policy),
    ...selfTestChecks(outcome, policy),
    ...(last ? [...strayChecks(last), ...runningChecks(last), ...slowChecks(last)] : []),
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

const results: Record<Outcome["ending"], CheckResult> = {
  pass: "pass",
  fail: "fail",
  inconclusive: "inconclusive",
  external: "inconclusive",
  skipped: "inconclusive",
  missing: "inconclusive",
};

function scenarioCheck({ conduct, findings, ending }: Outcome, policy: SmokePolicy): Check {
  const { scenario, attempts } = conduct;
  const last = attempts.at(-1)?.trial;
  const excused = ending === "external" && policy["on-external"] === "report";
  const digests = last?.steps.flatMap(({ facts }) => (facts.kind === "command" ? [facts.execution.outputDigest] : []));
  const check = {
    id: `scenario-${scenario.id}`,
    title: titleOf(scenario),
    required: scenario.required && !excused,
    result: results[ending],
    evidence: ["smoke.json", logName(scenario), ...(digests ?? [])],
  };
  if (ending === "pass")
    return { ...check, because: last?.ended?.because ?? `${spent(last)} ms, and every expectation holds` };
  if (ending === "skipped") {
    const because = `expected it to be executed, found that ${last?.ended?.because}`;
    return { ...check, code: "smoke.skipped", because };
  }
  const [deciding] = ending === "fail" ? findings.filter((finding) => finding.class === "product") : findings;
  const refused = ending === "external" && deciding?.code !== "smoke.model-unavailable";
  const code = refused ? "smoke.external" : (deciding?.code ?? "smoke.harness-failed");
  return { ...check, code, because: reasons(findings) + aside(conduct) };
}

function reasons(findings: Outcome["findings"]): string {
  return findings.map((finding) => `${finding.because} [${finding.class}]`).join("; ");
}

/** Tells of the tries before, of the version before, and of the workspace that was kept. */
function aside({ attempts, previous }: Outcome["conduct"]): string {
  const [first] = attempts;
  const root = attempts.at(-1)?.trial.root;
  const tries = attempts.length > 1 ? `; tried ${attempts.length} times, first: ${first?.findings[0]?.because}` : "";
  const before = previous ? `; with the version before: ${previous.ending}` : "";
  return `${tries}${before}${root ? `; the workspace was kept in ${root}` : ""}`;
}

function selfTestChecks({ conduct, ending }: Outcome, policy: SmokePolicy): Check[] {
  const { scenario, planted } = conduct;
  if (ending !== "pass" || policy["self-test"] === "off") return [];
  const title = `${titleOf(scenario)}: it can fail`;
  const check = { id: `self-test-${scenario.id}`, title, evidence: ["smoke.json"] };
  const required = scenario.required && policy["self-test"] === "required";
  const shown = judgeSelfTest(planted.failing);
  if (!shown.canFail) {
    const { code, found } = shown;
    const because = `expected it to fail with a product that is broken on purpose, found ${found}; it does not count`;
    return [{ ...check, required, result: "inconclusive", code, because }];
  }
  if (planted.silent?.ending === "pass") {
    const because = "expected it to notice a product that does nothing and calls it success, found that it passes";
    return [{ ...check, required: false, result: "fail", code: "smoke.blind-to-silence", because }];
  }
  return [];
}

function strayChecks(trial: Trial): Check[] {
  const stray = strays(trial);
  if (stray.length === 0) return [];
  const because = `expected no undeclared files in the workspace, found ${listChanges(stray)}`;
  return [advice(trial, { id: "strays", says: "it writes only what it declares", code: "smoke.stray-write", because })];
}

function runningChecks(trial: Trial): Check[] {
  const { running = [] } = trial;
  if (running.length === 0) return [];
  const because = `expected no process to outlive the scenario, found ${running.join(", ")}; it was ended`;
  const says = "it leaves no process running";
  return [advice(trial, { id: "left-running", says, code: "smoke.left-running", because })];
}

function slowChecks(trial: Trial): Check[] {
  const limit = milliseconds(trial.scenario["idle-timeout"]);
  const longest = Math.max(
    0,
    ...trial.steps.map(({ facts }) => (facts.kind === "command" ? facts.execution.silence : 0)),
  );
  if (longest < slowFrom * limit) return [];
  const because = `expected less than ${slowFrom * limit} ms of silence, which is 60 % of its limit, found ${longest} ms`;
  return [advice(trial, { id: "slowing", says: "it is not silent for long", code: "smoke.slowing", because })];
}

function advice(
  { scenario }: Trial,
  { id, says, code, because }: { id: string; says: string; code: Code; because: string },
): Check {
  const title = `${titleOf(scenario)}: ${says}`;
  return {
    id: `${id}-${scenario.id}`,
    title,
    required: false,
    result: "fail",
    code,
    because,
    evidence: ["smoke.json"],
  };
}

function spent(trial: Trial | undefined): number {
  const durations = trial?.steps.map(({ facts }) =>
    facts.kind === "command" ? facts.execution.duration : facts.kind === "http" ? facts.answer.duration : 0,
  );
  return (durations ?? []).reduce((sum, one) => sum + one, 0);
}
