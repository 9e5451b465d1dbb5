import { question } from "#src/domain/question";
import type { Check } from "#src/domain/verdict";
import type { Facts } from "./facts.ts";

/** Judges that every gate without evidence was left out by the plan, and by nobody else. Nothing is asked where none was. */
export function judgeLeftOut({ admitted }: Pick<Facts, "admitted">): Check[] {
  const left = leftOutIn(admitted, "release-gates");
  if (left.length === 0) return [];
  const ask = question("gates-left-out", "Only gates that the plan leaves out are without evidence");
  const allowed = leftOutIn(admitted, "plan-release");
  const wrong = left.filter((id) => !allowed.includes(`gate:${id}`));
  return wrong.length === 0
    ? [ask.pass(left.join(", "))]
    : [ask.fail("all.evidence-mismatch", `expected the plan to leave out ${wrong.join(", ")}, found that it does not`)];
}

/** The plan names a gate as `gate:<id>`, the collector by its id alone. */
function leftOutIn(admitted: Facts["admitted"], stage: "plan-release" | "release-gates"): string[] {
  const record = admitted.find((one) => one.record.stage === stage)?.record;
  return (record?.checks ?? []).filter(({ result }) => result === "not-applicable").map(({ id }) => id);
}
