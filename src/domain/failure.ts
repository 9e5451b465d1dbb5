import type { Code } from "#src/domain/catalogue";

/** Whose move it is: the workflow's author, the repository's admin, wait and retry, look before acting, or ours. */
export type FailureKind = "input" | "permission" | "upstream" | "conflict" | "bug";

/** What a failure says: what was expected and found, what to do about it, and what caused it. */
export interface FailureFacts {
  kind: FailureKind;
  code: Code;
  message: string;
  hint: string;
  cause?: unknown;
}

/** The one exception of the suite: "we could not ask". "The checks said no" is a verdict and is never thrown. */
export class Failure extends Error {
  readonly kind: FailureKind;
  readonly code: Code;
  readonly hint: string;

  constructor(facts: FailureFacts) {
    super(facts.message, facts.cause === undefined ? undefined : { cause: facts.cause });
    this.name = "Failure";
    this.kind = facts.kind;
    this.code = facts.code;
    this.hint = facts.hint;
  }
}

/** Turns anything thrown into a `Failure`. What is not one already, even `undefined`, is our bug and never a pass. */
export function toFailure(thrown: unknown): Failure {
  if (thrown instanceof Failure) return thrown;
  const text = thrown instanceof Error ? thrown.message : String(thrown);
  return new Failure({
    kind: "bug",
    code: "all.unexpected",
    message: `expected the stage to end with a report, found a thrown ${nameOf(thrown)}: ${text}`,
    hint: "This is a defect of the suite: please report it with the step's log. The stage did not pass.",
    cause: thrown,
  });
}

function nameOf(thrown: unknown): string {
  if (thrown instanceof Error) return thrown.name;
  return thrown === null ? "null" : typeof thrown;
}
