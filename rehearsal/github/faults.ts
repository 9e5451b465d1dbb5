import type { Reply } from "./problem.ts";
import { secondaryLimit } from "./rate-limit.ts";

/** Ways in which the embedded GitHub can be made to misbehave. Counts are requests; each fault ends when its count is used up. */
export interface Faults {
  /** Spends the primary budget: 403 until the window resets. */
  primaryLimit(): void;
  secondaryLimit(count: number, retryAfterSeconds: number): void;
  /** Answers an operation (or `*`) with a server error, before anything is done. */
  fail(operationId: string, code: number, count: number): void;
  /** Does what was asked, then cuts the connection: the client cannot know. */
  cutAfter(operationId: string, count: number): void;
  /** Changes the body of an operation's answers, to show what the guard does. */
  distort(operationId: string, change: (body: unknown) => unknown): void;
  clear(): void;
}

/** The fault that shaped an answer, by the name that the journal gives it. */
export type InjectedFault = "primary-limit" | "secondary-limit" | "failed" | "cut" | "distorted";

/** The server's side of the faults. */
export interface ActiveFaults extends Faults {
  /** Whether the primary budget was spent by a fault, and not by requests alone. */
  exhausted(): boolean;
  before(operationId: string): { reply: Reply; fault: InjectedFault } | undefined;
  cuts(operationId: string): boolean;
  distorted(operationId: string, body: unknown): unknown;
}

/** Starts with no fault. */
export function createFaults(exhaust: () => void): ActiveFaults {
  const failing = new Map<string, { code: number; left: number }>();
  const cutting = new Map<string, number>();
  const changes = new Map<string, (body: unknown) => unknown>();
  let slowDown = { left: 0, seconds: 0 };
  let exhausted = false;
  return {
    primaryLimit: () => {
      exhausted = true;
      exhaust();
    },
    secondaryLimit: (count, seconds) => {
      slowDown = { left: count, seconds };
    },
    fail: (operationId, code, count) => void failing.set(operationId, { code, left: count }),
    cutAfter: (operationId, count) => void cutting.set(operationId, count),
    distort: (operationId, change) => void changes.set(operationId, change),
    clear,
    exhausted: () => exhausted,
    before,
    cuts,
    distorted: (operationId, body) => changes.get(operationId)?.(body) ?? body,
  };

  function clear(): void {
    failing.clear();
    cutting.clear();
    changes.clear();
    slowDown = { left: 0, seconds: 0 };
    exhausted = false;
  }

  function before(operationId: string) {
    if (slowDown.left > 0) {
      slowDown.left -= 1;
      return { reply: secondaryLimit(slowDown.seconds), fault: "secondary-limit" as const };
    }
    const failure = failing.get(operationId) ?? failing.get("*");
    if (!failure || failure.left === 0) return undefined;
    failure.left -= 1;
    return { reply: { code: failure.code, body: { message: "Server Error" } }, fault: "failed" as const };
  }

  function cuts(operationId: string): boolean {
    const left = cutting.get(operationId) ?? 0;
    if (left > 0) cutting.set(operationId, left - 1);
    return left > 0;
  }
}
