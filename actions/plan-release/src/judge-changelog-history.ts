import { findEdits } from "#src/domain/changelog/history";
import type { SectionRules } from "#src/domain/changelog/rules";
import { question } from "#src/domain/question";
import type { Check } from "#src/domain/verdict";
import { type Aim, isUnnamed } from "./aim.ts";
import type { Facts } from "./facts.ts";

/** Judges that what earlier versions said of themselves is as it was at the base. */
export function judgeHistory(file: string, rules: SectionRules, { facts, aim }: { facts: Facts; aim: Aim }): Check {
  const ask = question("changelog-history", "Sections of earlier versions are as they were");
  const { base } = aim;
  if (isUnnamed(base)) return ask.unsure(base.code, "this needs the release before, which is not known");
  if (base.kind === "first")
    return ask.notApplicable("plan.not-applicable", "no release went before, as the configuration says");
  if (facts.baseReachable !== true)
    return ask.unsure("plan.history-truncated", `expected ${base.at.tag} in the checkout, found it missing`);
  const { before } = facts.setting;
  if (before === undefined) return ask.pass(`${base.at.tag} holds no ${file}`);
  const edits = findEdits({ before, now: facts.changelog ?? "" }, base.at.text, rules.heading);
  if (edits.length === 0) return ask.pass(`all are as at ${base.at.tag}`, [base.at.commit]);
  const list = edits.map(({ version, change, line }) =>
    change === "edited" ? `${version} edited (line ${line})` : `${version} removed (line ${line} at ${base.at.tag})`,
  );
  return ask.fail(
    "plan.changelog-history-edited",
    `expected the sections of ${base.at.tag}, found ${list.join(", ")}`,
    [base.at.commit],
  );
}
