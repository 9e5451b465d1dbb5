import { lstat, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { FormulaFile } from "#src/ports/formula-file";

/** The text files of a folder of this machine; links are not followed. */
export function workspaceFormula(folder: string): FormulaFile {
  return {
    async read(path) {
      const entry = await lstat(join(folder, path)).catch(() => undefined);
      return entry?.isFile() ? await readFile(join(folder, path), "utf8") : undefined;
    },
    write: (path, text) => writeFile(join(folder, path), text),
  };
}
