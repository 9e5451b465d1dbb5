import { constants } from "node:fs";
import { access, stat } from "node:fs/promises";
import { delimiter, isAbsolute, join } from "node:path";

/** Finds an executable file by its name in the folders of a PATH, or by its absolute path; relative folders do not count. */
export async function findProgram(program: string, path: string): Promise<string | undefined> {
  const places = program.includes("/") ? [program] : path.split(delimiter).map((folder) => join(folder, program));
  for (const place of places.filter(isAbsolute)) if (await isExecutable(place)) return place;
  return undefined;
}

async function isExecutable(file: string): Promise<boolean> {
  try {
    await access(file, constants.X_OK);
    return (await stat(file)).isFile();
  } catch {
    return false;
  }
}
