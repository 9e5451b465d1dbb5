import { existsSync, readFileSync } from "node:fs";
import { Complaint } from "./complaint.ts";
import type { RunResult } from "./runner/contract.ts";
import { writeWhole } from "./write-whole.ts";

/** What a resumed rehearsal must know of the one before, besides the worlds' own state. */
export interface Memory {
  subject: string;
  staged: boolean;
  repository: string;
  workflow: string;
  branch: string;
  sha: string;
  event: string;
  inputs: Record<string, string>;
  /** Secrets and variables of the repository. */
  secrets: Record<string, string>;
  vars: Record<string, string>;
  run: { id: number; number: number; attempt: number };
  result: RunResult;
}

/** Writes the memory of a rehearsal, whole or not at all. */
export function remember(file: string, memory: Memory): void {
  writeWhole(file, `${JSON.stringify(memory, null, 2)}\n`);
}

/** Reads the memory of a rehearsal back; the file is our own. Throws a `Complaint` where there is none. */
export function recall(file: string): Memory {
  if (!existsSync(file)) {
    throw new Complaint(
      "expected the memory of an earlier rehearsal, found none: it ended before its first job",
      "Start a new one with `npm run rehearse`.",
    );
  }
  const memory: Memory = JSON.parse(readFileSync(file, "utf8"));
  return memory;
}
