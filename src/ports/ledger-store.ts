import type { Files } from "#src/domain/admission";

/** Where evidence travels between jobs of a run: artifacts by name, immutable once written. */
export interface LedgerStore {
  /**
   * Reads an artifact's files: `absent` where this run holds none of that name, `altered` where the bytes are not those
   * that were stored. Throws `all.upstream-unreachable`.
   */
  fetch(artifact: string): Promise<Files | "absent" | "altered">;
  /** Lists the names of this run's artifacts. Throws `all.upstream-unreachable`. */
  list(): Promise<string[]>;
  /** Writes an artifact. Throws `all.evidence-unwritable`. */
  save(artifact: string, files: Files): Promise<void>;
}
