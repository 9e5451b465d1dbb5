import type { Expectation } from "../case-files.ts";
import type { RebuiltCase } from "../repository.ts";
import type { Desk } from "../run-plan.ts";

/** Where a question is asked: a rebuilt history, its default branch, and the desk that runs the shipped bundle. */
export interface Place {
  built: RebuiltCase;
  branch: string;
  desk: Desk;
}

/** Answers a question by the shipped bundle, in the words of the recorded answer: what it gives must equal `expected`. */
export type Answerer = (expectation: Expectation, place: Place) => Promise<Record<string, unknown>>;

/** Takes what a question must give, such as its push. */
export function mustGive<Value>(value: Value | undefined, what: string): Value {
  if (value === undefined) throw new Error(`expected the question to give ${what}, found none`);
  return value;
}

/** Translates the commit ids in a recorded answer; all else stays as it is. */
export function translated(expected: Record<string, unknown>, built: RebuiltCase): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(expected).map(([key, value]) => [key, typeof value === "string" ? built.idOf(value) : value]),
  );
}
