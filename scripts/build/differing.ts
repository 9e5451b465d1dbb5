import { lstatSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** Names what a folder holds otherwise than it was built, byte for byte: a link is never the file that it leads to. */
export function differingFiles(folder: string, wanted: ReadonlyMap<string, string>): string[] {
  const present = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1));
  return [...new Set([...wanted.keys(), ...present])].filter((name) => !holds(join(folder, name), wanted.get(name)));
}

function holds(path: string, text: string | undefined): boolean {
  const found = lstatSync(path, { throwIfNoEntry: false });
  return text !== undefined && found?.isFile() === true && readFileSync(path).equals(Buffer.from(text));
}
