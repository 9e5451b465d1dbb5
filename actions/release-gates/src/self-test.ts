import type { Finding } from "./leg-report.ts";

/** How a gate judged one of the inputs of its self-test; `looked` tells whether it saw the input at all. */
export interface Proof {
  finding: Finding;
  looked: boolean;
}

/**
 * Judges a self-test: the known-good must pass and the known-bad must not. A gate that cannot tell them apart is itself a
 * failure, and one that never saw its inputs has proven nothing. Undefined where the gate has proven itself.
 */
export function judgeSelfTest(good: Proof, bad: Proof): Finding | undefined {
  const unseen = [
    { name: "known-good", proof: good },
    { name: "known-bad", proof: bad },
  ].filter(({ proof }) => !proof.looked);
  if (unseen.length > 0) {
    const found = unseen.map(({ name, proof }) => `${name}: ${proof.finding.because}`).join("; ");
    const because = `expected the gate to judge both inputs of its self-test, found ${found}`;
    return { result: "inconclusive", code: "gates.self-test-not-run", because, evidence: ["class config"] };
  }
  if (good.finding.result !== "pass") {
    return failed(`expected the known-good input to pass, found ${good.finding.code}: ${good.finding.because}`);
  }
  if (bad.finding.result === "pass") return failed("expected the known-bad input to be refused, found that it passes");
  return undefined;
}

function failed(because: string): Finding {
  return { result: "fail", code: "gates.self-test-failed", because, evidence: ["class config"] };
}
