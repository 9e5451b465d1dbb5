import { readFileSync, writeFileSync } from "node:fs";
import type { RunResult } from "./runner/contract.ts";

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
  run: { id: number; number: number; attempt: number };
  result: RunResult;
}

/** Writes the memory of a rehearsal. */
export function remember(file: string, memory: Memory): void {
  writeFileSync(file, `${JSON.stringify(memory, null, 2)}\n`);
}

/** Reads the memory of a rehearsal back; the file is our own. */
export function recall(file: string): Memory {
  const memory: Memory = JSON.parse(readFileSync(file, "utf8"));
  return memory;
}
