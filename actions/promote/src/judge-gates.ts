import { awaitChecks, type RequiredChecks } from "#src/await-checks";
import { question } from "#src/domain/question";
import { joinFindings } from "#src/domain/required-checks";
import type { Check } from "#src/domain/verdict";
import type { CheckRuns } from "#src/ports/check-runs";
import type { Clock } from "#src/ports/clock";

/** Judges whether the required checks have succeeded on exactly a commit, after waiting as long as the policy says. */
export async function judgeGates(
  required: RequiredChecks,
  sha: string,
  ports: { checkRuns: CheckRuns; clock: Clock },
): Promise<Check> {
  const findings = await awaitChecks(required, sha, ports);
  const { result, code, because, evidence } = joinFindings(findings, sha);
  const ask = gatesQuestion();
  if (result === "pass") return ask.pass(because, evidence);
  const found = `expected success on ${sha}, found: ${because} (${code})`;
  return result === "fail"
    ? ask.fail("promote.gates-not-passed", found, evidence)
    : ask.unsure("promote.gates-not-passed", found, evidence);
}

/** States that nothing needs to be proven, as no branch is to move. */
export function idleGates(): Check {
  return gatesQuestion().notApplicable(
    "promote.nothing-to-ship",
    "no branch is to move, so nothing needs to be proven",
  );
}

const gatesQuestion = () => question("gates", "The required checks have succeeded on exactly this commit");
