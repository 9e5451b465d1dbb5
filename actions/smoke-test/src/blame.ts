import type { ScenarioPolicy } from "#src/contract/config/smoke-scenario";
import { findSign, neverReached, type Sign } from "./classify-trouble.ts";
import { judgeFiles, judgeOutput } from "./expectations.ts";
import type { Finding, FindingClass, StepFacts } from "./trial.ts";

/** Finds the sign that a step which failed gives of somebody else's trouble; its canary has yet to agree. */
export function signOf(facts: StepFacts, signs: Sign[]): Sign | undefined {
  if (facts.kind === "install") return undefined;
  if (facts.kind === "command") {
    const { ending, exit, output } = facts.execution;
    return ending === "not-started" ? undefined : findSign(signs, { said: output, exit });
  }
  const { answer } = facts;
  const said = answer.came ? `HTTP ${answer.code}\n${answer.body}` : answer.because;
  const sign = findSign(signs, { said, exit: undefined });
  if (sign || answer.came || !neverReached(said)) return sign;
  return { id: "connection", class: "environment" };
}

/**
 * Blames what a step found wrong on whom its sign speaks of. An agent's refusal excuses the product only where it ended as
 * the scenario says a graceful end looks; a crash, a hang, or a missing record is the product's, whatever the output says.
 */
export function blame(
  findings: Finding[],
  { sign, facts, scenario }: { sign: Sign; facts: StepFacts; scenario: ScenarioPolicy },
): Finding[] {
  if (sign.class !== "agent") return findings.map((finding) => blamed(finding, sign.class, sign));
  const crude = ungraceful(facts, scenario);
  if (crude.length === 0) return findings.map((finding) => blamed(finding, "agent", sign));
  const because = `the agent's refusal (${sign.id}) was not handled gracefully: ${crude.join("; ")}`;
  return [{ code: "smoke.product-failure", class: "product", because }, ...findings];
}

function blamed(finding: Finding, whose: FindingClass, { id }: Sign): Finding {
  if (finding.class !== "product") return finding;
  return { ...finding, class: whose, because: `${finding.because} (sign: ${id})` };
}

function ungraceful(facts: StepFacts, { graceful }: ScenarioPolicy): string[] {
  if (!graceful) return ["expected the scenario to state `graceful`, found nothing"];
  if (facts.kind === "http") return facts.answer.came ? [] : ["expected an answer, found none"];
  if (facts.kind === "install") return ["expected a command, found an installation"];
  const { execution, files } = facts;
  const wanted = graceful.exit ?? 0;
  if (execution.ending !== "exited") return [`expected an end of its own, found it ${execution.ending}`];
  const exit = execution.exit === wanted ? [] : [`expected exit code ${wanted}, found ${execution.exit}`];
  const rest = [...judgeOutput(graceful, execution.output, ""), ...judgeFiles(graceful, files)];
  return [...exit, ...rest.map(({ because }) => because)];
}
