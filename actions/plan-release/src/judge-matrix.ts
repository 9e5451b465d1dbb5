import type { RiskDocument } from "#src/domain/changes/risk-document";
import { question } from "#src/domain/question";
import type { Check } from "#src/domain/verdict";

/** Jobs that GitHub makes of one matrix; with one more it makes none. */
const mostJobs = 256;

/** Judges that each gate that applies gets its job. Nothing is asked where they all fit. */
export function judgeMatrix({ gates }: Pick<RiskDocument, "gates">): Check[] {
  const applying = gates.filter(({ applies }) => applies).length;
  if (applying <= mostJobs) return [];
  const because = `expected at most ${mostJobs} gates that apply, found ${applying}`;
  return [question("gates-fit", "Every gate that applies gets a job").fail("plan.gates-too-many", because)];
}
