import type { Attestations, BundleFinding } from "#src/ports/attestations";

/** Bundles in memory: the server's by digest, and what becomes of each. A bundle is what its finding is looked up by. */
export class FakeAttestations implements Attestations {
  readonly asked: string[] = [];
  readonly #served: Record<string, string[]>;
  readonly #findings: Record<string, BundleFinding>;

  constructor(served: Record<string, string[]> = {}, findings: Record<string, BundleFinding> = {}) {
    this.#served = served;
    this.#findings = findings;
  }

  async find(sha256: string): Promise<unknown[]> {
    this.asked.push(sha256);
    return this.#served[sha256] ?? [];
  }

  async verify(bundle: unknown): Promise<BundleFinding> {
    return this.#findings[String(bundle)] ?? { holds: false, because: "signature verification failed" };
  }
}
