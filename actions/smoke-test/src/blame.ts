import type { ExpectationPolicy } from "#src/contract/config/smoke-expectations";
import type { StepPolicy } from "#src/contract/config/smoke-steps";
import type { Code } from "#src/domain/catalogue";
import { findSign, neverReached, type Sign } from "./classify-trouble.ts";
import { judgeFiles, judgeModels, judgeOutput, judgeWritten } from "./expectations.ts";
import type { Terms } from "./judge-command.ts";
import { filesOf } from "./scenario-steps.ts";
import type { FileContents, Finding, FindingClass, StepFacts } from "./trial.ts";

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

/** What a step was, what it did, and by what it is judged. */
interface Blaming {
  sign: Sign;
  step: StepPolicy;
  facts: StepFacts;
  terms: Terms;
}

/** What an agent's refusal can explain: that its work is not there. Another version, another model or a failed import is the product's own. */
const agentsWork: Code[] = ["smoke.case-failed", "smoke.probe-failed", "smoke.too-few-executed"];

/**
 * Blames what a step found wrong on whom its sign speaks of. An agent's refusal excuses the product only where it ended as
 * the scenario says a graceful end looks; a crash, a hang, a missing file without a record in its place, or a missing record is the
 * product's, whatever the output says.
 */
export function blame(findings: Finding[], blaming: Blaming): Finding[] {
  const { sign } = blaming;
  if (sign.class !== "agent") return findings.map((finding) => blamed(finding, sign.class, sign));
  const crude = ungraceful(blaming);
  if (crude.length === 0) {
    return findings.map((finding) => (agentsWork.includes(finding.code) ? blamed(finding, "agent", sign) : finding));
  }
  const because = `the agent's refusal (${sign.id}) was not handled gracefully: ${crude.join("; ")}`;
  return [{ code: "smoke.product-failure", class: "product", because }, ...findings];
}

function blamed(finding: Finding, whose: FindingClass, { id }: Sign): Finding {
  if (finding.class !== "product") return finding;
  return { ...finding, class: whose, because: `${finding.because} (sign: ${id})` };
}

function ungraceful({ step, facts, terms }: Blaming): string[] {
  const { graceful } = terms.scenario;
  if (!graceful) return ["expected the scenario to state `graceful`, found nothing"];
  if (facts.kind === "http") return facts.answer.came ? [] : ["expected an answer, found none"];
  if (facts.kind === "install") return ["expected a command, found an installation"];
  const { execution, files } = facts;
  const wanted = graceful.exit ?? 0;
  if (execution.ending !== "exited") return [`expected an end of its own, found it ${execution.ending}`];
  const exit = execution.exit === wanted ? [] : [`expected exit code ${wanted}, found ${execution.exit}`];
  const rest = [
    ...judgeOutput(graceful, execution.output, terms.version),
    ...judgeFiles(graceful, files),
    ...judgeWritten(graceful, facts),
    ...judgeModels(graceful, { files, parameters: terms.parameters }),
  ];
  return [...exit, ...rest.map(({ because }) => because), ...unrecorded(step, { graceful, files })];
}

/** A file that is missing is the product's failure, unless the product wrote in a record of its own that it got no further. */
function unrecorded(
  step: StepPolicy,
  { graceful, files }: { graceful: ExpectationPolicy; files: FileContents },
): string[] {
  if (step.kind !== "command" || filesOf(graceful).length > 0) return [];
  const wanted = [...filesOf(step.expect), ...(step.results ? [step.results.junit] : [])];
  const missing = wanted.filter((path) => files.get(path) === undefined);
  return missing.map((path) => `expected ${path}, or a record that \`graceful\` names in its place, found none`);
}
