import { isOverridden } from "#src/domain/override";
import type { Check } from "#src/domain/verdict";
import type { Planned } from "#src/stage-context";

/**
 * Lists what the plan let a person override, so that the people who are asked see it among what speaks against the release. The
 * plan has judged it; here it is only shown.
 */
export function planOverrides({ plan }: Pick<Planned, "plan">): Check[] {
  const evidence = [`${plan.artifact}@${plan.digest}`];
  return plan.record.checks.filter(isOverridden).map((check) => {
    const { override, because } = check;
    const told = `${because}; overridden by ${override?.actor}: ${override?.reason}`;
    return {
      ...check,
      id: `override:${check.id}`,
      title: `Overridden: ${check.title}`,
      required: false,
      because: told,
      evidence,
    };
  });
}
