import type { ScenarioPolicy } from "#src/contract/config/smoke-scenario";
import type { StepOf, StepPolicy } from "#src/contract/config/smoke-steps";
import { followPointer } from "#src/domain/json-pointer";
import { parseJson } from "#src/domain/parse-json";
import type { Snapshot } from "#src/domain/snapshot";
import type { Workspace } from "#src/ports/workspaces";
import { blame, signOf } from "./blame.ts";
import { environmentAfter, findPrograms } from "./found-programs.ts";
import { importing } from "./importing.ts";
import { install } from "./install.ts";
import { judgeEnding, limitsOf } from "./judge-command.ts";
import { judgeStep } from "./judge-step.ts";
import { stubsOf } from "./planted-defect.ts";
import { releaseOf } from "./release-paths.ts";
import { runStep } from "./run-step.ts";
import { stepsOf } from "./scenario-steps.ts";
import { previousSource, releasedSource } from "./source.ts";
import type { Finding, Installation, StepFacts, StepTrial, Trial } from "./trial.ts";
import type { Manner, TrialPorts, TrialSetting } from "./trial-setting.ts";

interface Following {
  workspace: Workspace;
  setting: TrialSetting;
  manner: Manner;
  /** What the workspace held before the first step. */
  ready: Snapshot;
}

/** What changes from step to step. */
interface State {
  installation: Installation;
  before: Snapshot;
  nonces: Map<string, string>;
  kept: string[];
}

const canaryPatience = 60_000;

/** Follows the steps of a scenario until one fails, says that it did not run, or the product says that it honestly cannot. */
export async function followSteps(trial: Trial, following: Following, ports: TrialPorts): Promise<void> {
  const { scenario } = trial;
  const state: State = { installation: trial.installation, before: following.ready, nonces: new Map(), kept: [] };
  const steps: StepPolicy[] = [...(scenario.capability ? [claimOf(scenario.capability)] : []), ...stepsOf(scenario)];
  for (const [index, step] of steps.entries()) {
    const { facts, after } = await take(step, { scenario, state, following }, ports);
    state.before = after;
    const claim = scenario.capability && index === 0 ? judgeClaim(facts, scenario) : undefined;
    trial.ended = claim?.ended ?? skipped(step, facts);
    if (trial.ended) return;
    const findings = claim?.findings ?? (await judged(step, { facts, state, following, scenario }, ports));
    trial.steps.push({ step, facts, findings });
    if (findings.length > 0) return;
  }
  trial.lost = state.kept.filter((path) => !state.before.has(path));
}

interface Taking {
  scenario: ScenarioPolicy;
  state: State;
  following: Following;
}

async function take(
  step: StepPolicy,
  taking: Taking,
  ports: TrialPorts,
): Promise<{ facts: StepFacts; after: Snapshot }> {
  if (step.kind === "install") return takeInstallation(step, taking, ports);
  const { scenario, state, following } = taking;
  const { workspace, setting, manner } = following;
  const environment = {
    ...environmentOf(taking),
    ...(step.kind === "probe" && step.act === "store" ? { PROBE_VALUE: stored(step, state, ports) } : {}),
  };
  const place = { scenario, endpoints: setting.policy.endpoints, workspace, environment, before: state.before };
  return runStep(step, { ...place, importing: importing(scenario, setting), left: manner.left() }, ports);
}

async function takeInstallation(
  step: StepOf<"install">,
  { scenario, state, following: { workspace, setting, manner } }: Taking,
  ports: TrialPorts,
): Promise<{ facts: StepFacts; after: Snapshot }> {
  state.kept.push(...step.keeps);
  if (typeof manner.product === "object") {
    return { facts: { kind: "install", installation: { kind: "none" }, programs: [] }, after: state.before };
  }
  const source = step.version === "previous" ? previousSource(scenario, setting) : releasedSource(scenario, setting);
  const installation = await install(source, { workspace, ...setting }, ports);
  state.installation = installation;
  const programs = await findPrograms(scenario, { installation, workspace }, ports.shell);
  const after = await ports.workspaces.snapshot(workspace.directory);
  return { facts: { kind: "install", installation, programs }, after };
}

function environmentOf({ scenario, state, following: { workspace, setting, manner } }: Taking): Record<string, string> {
  const { tag, version } = releaseOf(manner, setting);
  const environment = environmentAfter(state.installation, workspace);
  const planted = typeof manner.product === "object";
  return {
    ...environment,
    ...(planted ? { PATH: `${stubsOf(workspace)}:${environment.PATH}`, STUBS: stubsOf(workspace) } : {}),
    RELEASE_TAG: tag,
    RELEASE_VERSION: version,
    ...Object.fromEntries(scenario.uses.map((id) => [variableOf(id), setting.values.get(id) ?? ""])),
  };
}

/** Names the variable that a parameter's value comes in. */
function variableOf(id: string): string {
  return `PARAM_${id.toUpperCase().replaceAll("-", "_")}`;
}

function stored({ value }: StepOf<"probe">, { nonces }: State, ports: TrialPorts): string {
  const nonce = ports.nonces.next();
  nonces.set(value, nonce);
  return nonce;
}

async function judged(
  step: StepPolicy,
  { facts, state, following, scenario }: Taking & { facts: StepFacts },
  ports: TrialPorts,
): Promise<Finding[]> {
  const { setting, manner } = following;
  const { signs } = setting.policy;
  const { version } = releaseOf(manner, setting);
  const terms = { scenario, version, parameters: setting.values, nonces: state.nonces, signs };
  const findings = judgeStep(step, facts, terms);
  const sign = findings.length > 0 ? signOf(facts, signs) : undefined;
  if (!sign || typeof manner.product === "object") return findings;
  return (await isHealthy(sign.canary, following, ports)) ? findings : blame(findings, { sign, step, facts, terms });
}

/** A dependency that answers without the product is not what the product failed of. */
async function isHealthy(
  canary: string | undefined,
  { workspace }: Following,
  { shell }: TrialPorts,
): Promise<boolean> {
  if (canary === undefined) return false;
  const { directory, environment } = workspace;
  const asked = await shell.run({ line: canary, directory, environment, timeout: canaryPatience });
  return asked.ending === "exited" && asked.exit === 0;
}

function skipped(step: StepPolicy, facts: StepFacts): Trial["ended"] {
  if (step.kind !== "command" || facts.kind !== "command" || step["skip-exit"] === undefined) return undefined;
  const { ending, exit } = facts.execution;
  if (ending !== "exited" || exit !== step["skip-exit"]) return undefined;
  return { how: "skipped", because: `its command said by exit code ${exit} that it did not run` };
}

function claimOf({ run }: NonNullable<ScenarioPolicy["capability"]>): StepPolicy {
  const nothing = { "output-contains": [], version: false, files: [], "json-lines": [], sequences: [], models: [] };
  return { kind: "command", run, expect: nothing, installs: false };
}

/** Reads what a product that ends well says of itself: `false` is honest, `true` has to be proven, and anything else says nothing. */
function judgeClaim(
  facts: StepFacts,
  scenario: ScenarioPolicy,
): { ended?: Trial["ended"]; findings: StepTrial["findings"] } {
  const pointer = scenario.capability?.pointer ?? "";
  if (facts.kind !== "command") return { findings: [unclaimed(pointer)] };
  const { execution } = facts;
  const trouble = judgeEnding(execution, { wanted: 0, limits: limitsOf({}, { scenario }) });
  if (trouble.length > 0) return { findings: trouble };
  const claimed = followPointer(parseJson(execution.output), pointer)?.value;
  if (claimed === true) return { findings: [] };
  if (claimed !== false) return { findings: [unclaimed(pointer)] };
  return { ended: { how: "honest", because: `the product says at ${pointer} that it cannot` }, findings: [] };
}

function unclaimed(pointer: string): Finding {
  const because = `expected true or false at ${JSON.stringify(pointer)} of what the product says of itself, found neither`;
  return { code: "smoke.case-failed", class: "product", because };
}
