/** What jobs came to, as the jobs after them see it. */
import type { Conclusion, JobResult } from "./contract.ts";
import type { JsonObject } from "./json.ts";

/** A job of a workflow with all its legs, as `needs` sees it. */
export interface JobOutcome {
  result: Conclusion;
  outputs: Record<string, string>;
  /** Whether any of it ran in this attempt: then its dependents run again too. */
  fresh: boolean;
}

/** Merges the legs of a job. A later leg's output wins; for called workflows only a successful leg's that is not empty. */
export function mergeLegs(legs: JobOutcome[], called: boolean): JobOutcome {
  const outputs: Record<string, string> = {};
  for (const leg of legs) {
    for (const [name, value] of Object.entries(leg.outputs)) {
      const wins = !(name in outputs) || (value !== "" && (!called || leg.result === "success"));
      if (wins) outputs[name] = value;
    }
  }
  return { result: worst(legs.map(({ result }) => result)), outputs, fresh: legs.some(({ fresh }) => fresh) };
}

/** Finds the result of several: lost, then failed, then cancelled; skipped only when all are. */
export function worst(results: Conclusion[]): Conclusion {
  for (const bad of ["lost", "failure", "cancelled"] as const) if (results.includes(bad)) return bad;
  return results.length > 0 && results.every((result) => result === "skipped") ? "skipped" : "success";
}

/** Finds the conclusion of a whole run. A cancelled run is cancelled unless all of it succeeded regardless. */
export function runConclusion(jobs: JobResult[], cancelled: boolean): Conclusion {
  const results = jobs.map(({ result }) => result);
  const regardless = results.length > 0 && results.every((result) => result === "success");
  return cancelled && !regardless ? "cancelled" : worst(results);
}

/** Writes the `needs` context of a job. */
export function needsContext(needs: string[], outcomes: Map<string, JobOutcome>): JsonObject {
  return Object.fromEntries(
    needs.map((id) => [
      id,
      { result: outcomes.get(id)?.result ?? "skipped", outputs: outcomes.get(id)?.outputs ?? {} },
    ]),
  );
}
