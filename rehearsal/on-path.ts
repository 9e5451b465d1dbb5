import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";

/** Finds the first of several names under which a PATH has a program; undefined where it has none. */
export function findOnPath(names: string[], path = process.env.PATH ?? ""): string | undefined {
  const folders = path.split(delimiter);
  return names.find((name) => folders.some((folder) => isProgram(join(folder, name))));
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
