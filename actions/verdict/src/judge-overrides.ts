import { approvalLeg } from "#src/domain/approval";
import { canonicalJson } from "#src/domain/digest";
import { isOverridden, type Override } from "#src/domain/override";
import { question } from "#src/domain/question";
import type { Check } from "#src/domain/verdict";
import { allRecords, type Facts } from "./facts.ts";

type Evidence = Pick<Facts, "admitted" | "legs" | "mode">;

/** Lists what a person overrode, each once, as the plan recorded it. */
export function overridesOf({ admitted }: Pick<Facts, "admitted">): Override[] {
  const plan = admitted.find(({ record }) => record.stage === "plan-release");
  const found = (plan?.record.checks ?? []).flatMap((check) => (isOverridden(check) && check.override) || []);
  return [...new Map(found.map((one) => [one.code, one])).values()];
}

/** Judges that every override comes from the plan, and that people approved the release which bears it. Without any, nothing is asked. */
export function judgeOverrides(facts: Evidence): Check[] {
  const borne = allRecords(facts).flatMap(({ record }) =>
    record.checks.flatMap((check) => (isOverridden(check) && check.override) || []),
  );
  if (borne.length === 0) return [];
  const ask = question("overrides", "Every override comes from the plan, and people approved it");
  const known = overridesOf(facts).map((one) => canonicalJson(one));
  const strange = borne.filter((one) => !known.includes(canonicalJson(one))).map(({ code }) => code);
  if (strange.length > 0)
    return [
      ask.fail("all.override-refused", `expected overrides of the plan alone, found ${strange.join(", ")} elsewhere`),
    ];
  const codes = [...new Set(borne.map(({ code }) => code))].join(", ");
  if (facts.mode === "rehearsal")
    return [ask.pass(`${codes}; a rehearsal asks nobody, and a live run needs an approval`)];
  const answers = facts.admitted.find(({ record }) => record.stage === "release-gates" && record.leg === approvalLeg);
  const given = answers?.record.verdict.result === "pass" ? answers.record.checks.filter(isApproval) : [];
  const who = given.map(({ because }) => because).join("; ");
  return answers && given.length > 0
    ? [ask.pass(`${codes}; the release that bears it: ${who}`, [answers.digest])]
    : [ask.fail("all.override-refused", `expected people's approval of ${codes}, found none`)];
}

/** The record of answers also says that the gates were collected, which is no answer. */
function isApproval({ id, required, result }: Check): boolean {
  return required && result === "pass" && id !== "gates-collected";
}
