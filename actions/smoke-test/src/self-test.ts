import type { Code } from "#src/domain/catalogue";
import { type JudgedTrial, outsideOfSteps } from "./judge-conduct.ts";

/** What a scenario with a product that is broken on purpose has shown; `found` tells why that is nothing. */
export type Shown = { canFail: true } | { canFail: false; code: Code; found: string };

/**
 * Judges whether a scenario was seen to fail with a broken product. Only its own steps' failure within the budget shows that; a
 * self-test that was not carried out, or was wrong about something else, shows nothing.
 */
export function judgeSelfTest(failing: JudgedTrial | undefined): Shown {
  if (failing?.ending === "pass") return { canFail: false, code: "smoke.cannot-fail", found: "that it passes" };
  const [shown] = (failing?.findings ?? []).filter(
    (finding) =>
      finding.class === "product" && finding.code !== "smoke.over-budget" && !outsideOfSteps.includes(finding.code),
  );
  if (shown) return { canFail: true };
  const found = failing?.findings[0]?.because ?? failing?.trial.ended?.because ?? "that it was not tried";
  return { canFail: false, code: "smoke.self-test-incomplete", found };
}
