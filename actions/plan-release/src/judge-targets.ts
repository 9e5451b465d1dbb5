import { amount } from "#src/domain/amount";
import { question } from "#src/domain/question";
import type { Check } from "#src/domain/verdict";
import type { Facts } from "./facts.ts";

/** Judges whether it is known what has to be built; without targets in the configuration there is nothing to know. */
export function judgeTargets({ targets }: Pick<Facts, "targets">): Check[] {
  if (!targets) return [];
  const ask = question("targets", "It is known which platforms are built, and where each is offered");
  if ("complaints" in targets) return [ask.fail("build.targets-invalid", targets.complaints.join("; "))];
  return [ask.pass(`${amount(targets.targets.length, "target")}: ${targets.targets.map(({ id }) => id).join(", ")}`)];
}
