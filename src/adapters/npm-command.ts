import { copyFile, mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { whereAbsent } from "#src/adapters/error-code";
import { npmEnvironment } from "#src/adapters/npm-environment";
import type { Execution, Shell } from "#src/ports/shell";

/** Where the client works, and what it takes from the machine. */
export interface NpmPlace {
  /** Folder for clean places, one a look. */
  temp: string;
  /** Checkout, whose `.npmrc` belongs to the client's configuration. */
  workspace: string;
  source?: Record<string, string | undefined>;
  /** Milliseconds after which one request is given up. */
  patience?: number;
  /** Further variables that the client's configuration refers to. */
  lent?: string[];
}

/** Runs one npm command; its arguments are names of variables, never texts of others. */
export type NpmCommand = (line: string, variables?: Record<string, string>) => Promise<Execution>;

/** Prepares a clean place in a folder, with cold caches and the configuration of the job, and gives the client in it. */
export async function npmCommandIn(
  folder: string,
  shell: Shell,
  { workspace, source, patience = 30_000, lent = [] }: NpmPlace,
): Promise<NpmCommand> {
  const directory = join(folder, "project");
  await mkdir(directory);
  await mkdir(join(folder, "downloads"));
  // A manifest of its own keeps npm from looking for one in the folders above.
  await writeFile(join(directory, "package.json"), "{}\n");
  await copyFile(join(workspace, ".npmrc"), join(directory, ".npmrc")).catch(whereAbsent(undefined));
  const environment = npmEnvironment({ folder, source: source ?? process.env, patience, lent });
  return (line, variables = {}) =>
    shell.run({
      line: `${line} --json 2>/dev/null`,
      directory,
      environment: { ...environment, ...variables },
      timeout: 2 * patience + 30_000,
    });
}
