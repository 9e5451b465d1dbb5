import type { JudgedTrial } from "./judge-conduct.ts";

/** How long a version may take to be served, and how many tries a machine's trouble is given. */
const propagation = { longest: 15 * 60_000, every: 10_000, spread: 5_000 };
const environment = { tries: 3, first: 10_000, longest: 60_000 };

/**
 * Decides how many milliseconds to wait before the next try; undefined where there is none. What the product, the suite or an
 * agent is to blame for is not tried again, and nothing is tried beyond what is left of the budget.
 */
export function waitAfter(
  tries: JudgedTrial[],
  { elapsed, left }: { elapsed: number; left: number },
): number | undefined {
  const wait = wanted(tries, elapsed);
  return wait === undefined || wait >= left ? undefined : wait;
}

function wanted(tries: JudgedTrial[], elapsed: number): number | undefined {
  const last = tries.at(-1);
  if (last?.ending !== "inconclusive") return undefined;
  const classes = new Set(last.findings.map((finding) => finding.class));
  if (classes.has("harness")) return undefined;
  if (classes.has("environment")) {
    const wait = Math.min(environment.first * 2 ** (tries.length - 1), environment.longest);
    return tries.length < environment.tries ? wait : undefined;
  }
  // Spread over the seconds, so that several machines do not ask at the same moment for ever.
  const wait = propagation.every + ((tries.length * 1_700) % (propagation.spread + 1));
  return elapsed + wait <= propagation.longest ? wait : undefined;
}
