import type { ScenarioPolicy } from "#src/contract/config/smoke-scenario";
import { toFailure } from "#src/domain/failure";
import { changesBetween, type Snapshot } from "#src/domain/snapshot";
import type { Workspace, Workspaces } from "#src/ports/workspaces";
import { followSteps } from "./follow-steps.ts";
import { findPrograms } from "./found-programs.ts";
import { install } from "./install.ts";
import { judgeInstallation, judgePrograms } from "./judge-installation.ts";
import { plantDefect, plantedHttp } from "./planted-defect.ts";
import { releaseOf, withPaths } from "./release-paths.ts";
import { stepsOf } from "./scenario-steps.ts";
import { previousSource, releasedSource, type Source } from "./source.ts";
import type { Trial } from "./trial.ts";
import type { Manner, TrialPorts, TrialSetting } from "./trial-setting.ts";

/** Tries one scenario in a workspace of its own. Whatever breaks on the way is a fact of the trial and stops no other. */
export async function tryScenario(
  stated: ScenarioPolicy,
  { setting, manner }: { setting: TrialSetting; manner: Manner },
  ports: TrialPorts,
): Promise<Trial> {
  const scenario = withPaths(stated, releaseOf(manner, setting));
  const trial: Trial = { scenario, installation: { kind: "none" }, programs: [], steps: [], lost: [] };
  try {
    const workspace = await ports.workspaces.open(manner.name);
    trial.root = workspace.root;
    trial.directory = workspace.directory;
    const before = await surroundingsOf(workspace, ports.workspaces);
    const ready = await live(trial, { workspace, setting, manner }, ports).finally(async () => {
      trial.running = await ports.workspaces.endProcesses(workspace.root);
    });
    if (ready) trial.aftermath = await lookBack({ workspace, before, ready }, ports.workspaces);
    return trial;
  } catch (thrown) {
    return { ...trial, broken: toFailure(thrown).message };
  }
}

interface Place {
  workspace: Workspace;
  setting: TrialSetting;
  manner: Manner;
}

/** Installs the product and follows the steps; tells what the workspace held before them, where they were come to. */
async function live(trial: Trial, place: Place, ports: TrialPorts): Promise<Snapshot | undefined> {
  const { workspace, manner } = place;
  await prepare(trial, place, ports);
  if (judgeInstallation(trial.installation).length + judgePrograms(trial.programs).length > 0) return undefined;
  const ready = await ports.workspaces.snapshot(workspace.directory);
  const http = typeof manner.product === "object" ? plantedHttp(manner.product) : ports.http;
  await followSteps(trial, { ...place, ready }, { ...ports, http });
  return ready;
}

/** Installs the product before the first step, unless a step does so; a planted defect stands in its place. */
async function prepare(trial: Trial, { workspace, setting, manner }: Place, ports: TrialPorts): Promise<void> {
  const { scenario } = trial;
  if (typeof manner.product === "object") {
    await plantDefect(manner.product, { scenario, workspace }, ports.shell);
    return;
  }
  trial.installation = await install(sourceFor(trial, { setting, manner }), { workspace, ...setting }, ports);
  if (judgeInstallation(trial.installation).length > 0 || installsItself(scenario)) return;
  trial.programs = await findPrograms(scenario, { installation: trial.installation, workspace }, ports.shell);
}

function sourceFor({ scenario }: Trial, { setting, manner }: Omit<Place, "workspace">): Source {
  if (scenario.install === "none" || installsItself(scenario)) return { kind: "none" };
  return manner.product === "previous" ? previousSource(scenario, setting) : releasedSource(scenario, setting);
}

/** Tells whether a scenario installs the product by a step of its own, as one that tries an upgrade does. */
export function installsItself(scenario: ScenarioPolicy): boolean {
  return stepsOf(scenario).some(({ kind }) => kind === "install");
}

interface Surroundings {
  home: Snapshot;
  checkout: Snapshot;
}

async function surroundingsOf({ home }: Workspace, workspaces: Workspaces): Promise<Surroundings> {
  const [ofHome, checkout] = await Promise.all([workspaces.snapshot(home), workspaces.snapshot(workspaces.checkout)]);
  return { home: ofHome, checkout };
}

async function lookBack(
  { workspace, before, ready }: { workspace: Workspace; before: Surroundings; ready: Snapshot },
  workspaces: Workspaces,
) {
  const after = await surroundingsOf(workspace, workspaces);
  return {
    workspace: changesBetween(ready, await workspaces.snapshot(workspace.directory)),
    home: changesBetween(before.home, after.home),
    checkout: changesBetween(before.checkout, after.checkout),
  };
}
