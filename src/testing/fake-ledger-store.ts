import type { AdmittedRecord, Files } from "#src/domain/admission";
import { recordFile } from "#src/domain/admission";
import { canonicalJson } from "#src/domain/digest";
import type { LedgerStore } from "#src/ports/ledger-store";

/** Artifacts in memory. */
export class FakeLedgerStore implements LedgerStore {
  readonly artifacts = new Map<string, Files | "altered">();

  constructor(arrivals: AdmittedRecord[] = []) {
    for (const arrival of arrivals) this.put(arrival);
  }

  put({ artifact, record, attachments }: AdmittedRecord, name = artifact): void {
    this.artifacts.set(name, new Map([[recordFile, new TextEncoder().encode(canonicalJson(record))], ...attachments]));
  }

  async fetch(artifact: string): Promise<Files | "absent" | "altered"> {
    return this.artifacts.get(artifact) ?? "absent";
  }

  async list(): Promise<string[]> {
    return [...this.artifacts.keys()];
  }

  async save(artifact: string, files: Files): Promise<void> {
    this.artifacts.set(artifact, files);
  }
}
