import type { ScenarioPolicy } from "#src/contract/config/smoke-scenario";
import type { Shell } from "#src/ports/shell";
import type { Workspace } from "#src/ports/workspaces";
import { buildFolder } from "./build-from-source.ts";
import type { FoundProgram, Installation } from "./trial.ts";

const patience = 30_000;

/** Finds a program, and where it really lies; the program that tells the latter is the machine's own, whatever is installed. */
export const lookup = `found=$(command -v -- "$PROGRAM")
printf '%s\\n' "$found"
command -p readlink -f "$found"`;

/** Composes what the steps of a scenario see: the workspace's own variables, with the installation first on PATH. */
export function environmentAfter(installation: Installation, { directory, environment }: Workspace) {
  const variables = installation.kind === "package" ? installation.found.variables : {};
  const folders = foldersOf(installation).map((folder) => `${directory}/${folder}`);
  return {
    ...environment,
    ...variables,
    PATH: [...folders, environment.PATH ?? ""].filter((part) => part !== "").join(":"),
  };
}

/** Finds the programs that a scenario calls, as its steps would find them; a path is relative to the workspace's directory. */
export async function findPrograms(
  { programs }: ScenarioPolicy,
  { installation, workspace }: { installation: Installation; workspace: Workspace },
  shell: Shell,
): Promise<FoundProgram[]> {
  const named = [...new Set([...programs, ...(installation.kind === "build" ? installation.programs : [])])];
  const environment = environmentAfter(installation, workspace);
  const { directory } = workspace;
  return Promise.all(
    named.map(async (name) => {
      const variables = { ...environment, PROGRAM: name };
      const found = await shell.run({ line: lookup, directory, environment: variables, timeout: patience });
      const [path, real] = found.exit === 0 ? found.output.trim().split("\n") : [];
      if (liesInside({ name, path, real }, installation, workspace)) return { name, path, inside: true };
      return { name, path: real === undefined || real === path ? path : `${path}, which is ${real}`, inside: false };
    }),
  );
}

/** A link in the installation that leads to a program of the machine makes that none of the installation's. */
function liesInside(
  { name, path, real }: { name: string; path: string | undefined; real: string | undefined },
  installation: Installation,
  { directory }: Workspace,
): boolean {
  const own = foldersOf(installation).some((folder) => path?.startsWith(`${directory}/${folder}/`));
  const borrowed = installation.kind === "package" ? (installation.found.borrowed ?? []) : [];
  return own && (borrowed.includes(name) || real?.startsWith(`${directory}/`) === true);
}

/** Folders with the programs of the installation, relative to the workspace's directory. */
function foldersOf(installation: Installation): string[] {
  if (installation.kind === "package") return installation.found.path;
  return installation.kind === "build" ? [buildFolder] : [];
}
