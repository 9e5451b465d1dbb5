import type { Config } from "#src/contract/config/schema";
import type { World } from "./world.ts";

/** Who answers for an environment that the rehearsal makes up: neither the starter of the run nor an author. */
export const reviewer = "reviewer";

/**
 * Sets up the environments that the configuration's approvals name, with a reviewer and without self-review, and names those that
 * are only assumed.
 */
export function assumeEnvironments({ github }: World, config: Config | undefined): string[] {
  const named = (config?.gates ?? []).flatMap((gate) => (gate.kind === "approval" ? (gate.environment ?? []) : []));
  const assumed = [...new Set(named)].filter((name) => github.reviewersOf(name) === undefined);
  for (const name of assumed) github.recordEnvironment({ name, reviewers: [reviewer], preventSelfReview: true });
  return assumed;
}
