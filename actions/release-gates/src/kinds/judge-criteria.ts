import * as z from "zod";
import type { Code } from "#src/domain/catalogue";
import { type TestResults, testsNamed } from "#src/domain/junit-report";
import type { Finding } from "../leg-report.ts";

/** The criteria: at least one, each with an id of its own. */
export const criteriaSchema = z
  .array(
    z.strictObject({
      id: z.string().min(1),
      text: z.string().default(""),
      tests: z.array(z.string().min(1)).default([]),
      critical: z.boolean().default(false),
    }),
  )
  .min(1)
  .refine((list) => new Set(list.map(({ id }) => id)).size === list.length, "an id stands there twice");

/** A criterion of the file. */
export type Criterion = z.infer<typeof criteriaSchema>[number];

/** What the tests say of a criterion. `unmapped` names no test; `skipped` is a critical one whose test was skipped. */
export type CriterionState = "met" | "unmet" | "unmapped" | "skipped" | "unverified" | "excluded";

/** One criterion with its state. */
export interface JudgedCriterion {
  criterion: Criterion;
  state: CriterionState;
}

/** Finds each criterion's state: unmet by one failed test, met by passed tests only, unverified in all other cases. */
export function judgeEach(criteria: Criterion[], results: TestResults, excluded: string[]): JudgedCriterion[] {
  return criteria.map((criterion) => {
    const state = stateOf(criterion, results);
    const open = state !== "met" && state !== "unmet";
    return { criterion, state: open && excluded.includes(criterion.id) ? "excluded" : state };
  });
}

/** Joins the states into the gate's finding: unmet before unmapped, before a critical test that was skipped, before unverified. */
export function judgeCriteria(judged: JudgedCriterion[], exit: number): Finding {
  for (const { state, result, code } of order) {
    const ids = judged.filter((one) => one.state === state).map(({ criterion }) => criterion.id);
    if (ids.length > 0)
      return {
        result,
        code,
        because: `expected every criterion to be met, found ${state}: ${ids.join(", ")}`,
        evidence: [],
      };
  }
  const met = judged.filter(({ state }) => state === "met").length;
  if (met === 0) {
    return {
      result: "inconclusive",
      code: "gates.criterion-unverified",
      because: "expected a criterion that is met, found all excluded",
      evidence: [],
    };
  }
  if (exit !== 0) {
    return {
      result: "fail",
      code: "gates.failed",
      because: `expected exit code 0, found ${exit}, although every criterion is met`,
      evidence: [],
    };
  }
  return { result: "pass", because: `${met} criteria met, ${judged.length - met} excluded`, evidence: [] };
}

const order: { state: CriterionState; result: "fail" | "inconclusive"; code: Code }[] = [
  { state: "unmet", result: "fail", code: "gates.criterion-unmet" },
  { state: "unmapped", result: "fail", code: "gates.criterion-unmapped" },
  { state: "skipped", result: "fail", code: "gates.critical-test-skipped" },
  { state: "unverified", result: "inconclusive", code: "gates.criterion-unverified" },
];

function stateOf({ tests, critical }: Criterion, results: TestResults): CriterionState {
  if (tests.length === 0) return "unmapped";
  const endings = tests.map((test) => testsNamed(results, test));
  if (endings.some((found) => found.includes("failed"))) return "unmet";
  if (critical && endings.some((found) => found.includes("skipped"))) return "skipped";
  return endings.every((found) => found.length > 0 && found.every((ending) => ending === "passed"))
    ? "met"
    : "unverified";
}
