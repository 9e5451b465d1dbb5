import type { ScenarioPolicy } from "#src/contract/config/smoke-scenario";
import type { Shell } from "#src/ports/shell";
import type { Workspace } from "#src/ports/workspaces";
import { buildFolder } from "./build-from-source.ts";
import type { FoundProgram, Installation } from "./trial.ts";

const patience = 30_000;

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
  const prefixes = foldersOf(installation).map((folder) => `${workspace.directory}/${folder}/`);
  return Promise.all(
    named.map(async (name) => {
      const line = 'command -v -- "$PROGRAM"';
      const { directory } = workspace;
      const found = await shell.run({
        line,
        directory,
        environment: { ...environment, PROGRAM: name },
        timeout: patience,
      });
      const path = found.exit === 0 ? found.output.trim() : undefined;
      return { name, path, inside: prefixes.some((prefix) => path?.startsWith(prefix)) };
    }),
  );
}

/** Folders with the programs of the installation, relative to the workspace's directory. */
function foldersOf(installation: Installation): string[] {
  if (installation.kind === "package") return installation.found.path;
  return installation.kind === "build" ? [buildFolder] : [];
}
