import type { ScenarioPolicy } from "#src/contract/config/smoke-scenario";
import type { HttpRequests } from "#src/ports/http-requests";
import type { Shell } from "#src/ports/shell";
import type { Workspace } from "#src/ports/workspaces";

/** A product that is broken on purpose: its programs fail at once, or do nothing and call it success. */
export interface PlantedDefect {
  programs: string[];
  silent: boolean;
}

const patience = 30_000;

/** Names the folder of the broken programs, which comes first on PATH. */
export function stubsOf({ root }: Workspace): string {
  return `${root}/stubs`;
}

/** Puts a broken program in the place of each of the product's own, and lets the scenario plant what it wants besides. */
export async function plantDefect(
  { programs, silent }: PlantedDefect,
  { scenario, workspace }: { scenario: ScenarioPolicy; workspace: Workspace },
  shell: Shell,
): Promise<void> {
  const stub = silent ? "#!/bin/sh\nexit 0\n" : "#!/bin/sh\necho 'a planted defect' >&2\nexit 70\n";
  const line = [
    'mkdir -p "$STUBS"',
    'for program in $PROGRAMS; do printf "%s" "$STUB" > "$STUBS/$program"; chmod 755 "$STUBS/$program"; done',
    scenario.defect ?? "",
  ].join("\n");
  const variables = { STUBS: stubsOf(workspace), STUB: stub, PROGRAMS: programs.join(" ") };
  const planted = await shell.run({
    line,
    directory: workspace.directory,
    environment: { ...workspace.environment, ...variables },
    timeout: patience,
  });
  if (planted.exit !== 0) {
    const ended = planted.ending === "exited" ? `exit code ${planted.exit}` : planted.ending;
    throw new Error(`expected the defect to be planted, found ${ended}: ${planted.output}`);
  }
}

/** Answers in the place of a broken service. */
export function plantedHttp({ silent }: PlantedDefect): HttpRequests {
  return { ask: async () => ({ came: true, code: silent ? 200 : 500, body: "", cut: false, duration: 0 }) };
}
