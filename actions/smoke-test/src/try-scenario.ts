import { milliseconds } from "#src/contract/config/fields";
import type { ScenarioPolicy } from "#src/contract/config/smoke";
import { toFailure } from "#src/domain/failure";
import { changesBetween, type Snapshot } from "#src/domain/snapshot";
import type { Workspace, Workspaces } from "#src/ports/workspaces";
import { expectedFiles } from "./expectations.ts";
import { environmentAfter, findPrograms } from "./found-programs.ts";
import { type BuiltArchives, type InstallPorts, install } from "./install.ts";
import { judgeInstallation, judgePrograms } from "./judge-installation.ts";
import { type Setting, sourceOf } from "./source.ts";
import type { Aftermath, Trial } from "./trial.ts";

/** What trying a scenario needs. */
export interface TrialPorts extends InstallPorts {
  workspaces: Workspaces;
}

/** Tries one scenario in a workspace of its own. Whatever breaks on the way is a fact of the trial and stops no other. */
export async function tryScenario(
  scenario: ScenarioPolicy,
  { setting, archives }: { setting: Setting; archives: BuiltArchives },
  ports: TrialPorts,
): Promise<Trial> {
  const source = sourceOf(scenario, setting);
  if (source.kind === "refused") return { scenario, installation: source };
  const trial: Trial = { scenario, installation: { kind: "none" } };
  try {
    const workspace = await ports.workspaces.open(scenario.id);
    trial.root = workspace.root;
    const before = await observe(workspace, ports.workspaces);
    trial.installation = await install(source, { workspace, archives }, ports);
    if (judgeInstallation(trial.installation).length > 0) return trial;
    const taken = { installation: trial.installation, workspace };
    trial.programs = await findPrograms(scenario, taken, ports.shell);
    if (judgePrograms(trial.programs).length > 0) return trial;

    const ready = await ports.workspaces.snapshot(workspace.directory);
    const { tag, version } = setting.release;
    trial.execution = await ports.shell.run({
      line: scenario.run,
      directory: workspace.directory,
      environment: { ...environmentAfter(trial.installation, workspace), RELEASE_TAG: tag, RELEASE_VERSION: version },
      timeout: milliseconds(scenario.timeout),
    });
    trial.aftermath = await lookBack(
      scenario,
      { workspace, before: { ...before, workspace: ready } },
      ports.workspaces,
    );
    return trial;
  } catch (thrown) {
    return { ...trial, broken: toFailure(thrown).message };
  }
}

interface Surroundings {
  workspace: Snapshot;
  home: Snapshot;
  checkout: Snapshot;
}

async function observe({ directory, home }: Workspace, workspaces: Workspaces): Promise<Surroundings> {
  const folders = [directory, home, workspaces.checkout];
  const [workspace, homeFolder, checkout] = await Promise.all(folders.map((folder) => workspaces.snapshot(folder)));
  const nothing: Snapshot = new Map();
  return { workspace: workspace ?? nothing, home: homeFolder ?? nothing, checkout: checkout ?? nothing };
}

async function lookBack(
  { expect }: ScenarioPolicy,
  { workspace, before }: { workspace: Workspace; before: Surroundings },
  workspaces: Workspaces,
): Promise<Aftermath> {
  const after = await observe(workspace, workspaces);
  const read = async (path: string) => [path, await workspaces.read(workspace, path)] as const;
  return {
    files: new Map(await Promise.all(expectedFiles(expect).map(read))),
    workspace: changesBetween(before.workspace, after.workspace),
    home: changesBetween(before.home, after.home),
    checkout: changesBetween(before.checkout, after.checkout),
  };
}
