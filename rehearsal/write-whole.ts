import { renameSync, writeFileSync } from "node:fs";

/** Writes a file whole or not at all: a process that is killed meanwhile leaves the former one. */
export function writeWhole(file: string, text: string): void {
  const partial = `${file}.${process.pid}.partial`;
  writeFileSync(partial, text);
  renameSync(partial, file);
}
