import { copyFolder } from "#src/ports/repository-copy";
import type { Execution, Shell } from "#src/ports/shell";
import type { Workspace } from "#src/ports/workspaces";
import type { Source } from "./source.ts";
import type { Installation } from "./trial.ts";

/** Folder of the workspace's directory that source builds go into. */
export const buildFolder = "build";

const patience = 10 * 60_000;

/**
 * Builds the clone of the released commit into a folder of its own, and asks what was built for its version, with that
 * folder first on PATH. What the machine has of the same name is never asked.
 */
export async function buildFromSource(
  { build, version }: Extract<Source, { kind: "build" }>,
  { directory, environment }: Workspace,
  { shell }: { shell: Shell },
): Promise<Installation> {
  const folder = `${directory}/${buildFolder}`;
  const variables = { ...environment, PATH: `${folder}:${environment.PATH ?? ""}`, BUILD: folder };
  const run = (line: string, into: string) =>
    shell.run({ line, directory: into, environment: variables, timeout: patience });
  const built = await run(`mkdir -p "$BUILD"\n${build.run}`, `${directory}/${copyFolder}`);
  if (!succeeded(built)) return troubleOf(built);
  const told = await run(build.version, directory);
  if (!succeeded(told)) return troubleOf(told);
  return { kind: "build", programs: build.programs, version, printed: told.output };
}

function succeeded({ ending, exit }: Execution): boolean {
  return ending === "exited" && exit === 0;
}

function troubleOf({ ending, exit, output }: Execution): Installation {
  const ended = ending === "exited" ? `exit code ${exit}` : ending;
  return { kind: "trouble", step: "build", ended, said: output };
}
