import { milliseconds } from "#src/contract/config/fields";
import type { SmokePolicy } from "#src/contract/config/smoke";
import type { ScenarioPolicy } from "#src/contract/config/smoke-scenario";
import type { StepOf, StepPolicy } from "#src/contract/config/smoke-steps";
import { changesBetween, type Snapshot } from "#src/domain/snapshot";
import type { HttpAnswer, HttpRequests } from "#src/ports/http-requests";
import type { Shell } from "#src/ports/shell";
import type { Workspace, Workspaces } from "#src/ports/workspaces";
import { addressOf, fill } from "./address.ts";
import { filesOf } from "./scenario-steps.ts";
import type { FileContents, StepFacts } from "./trial.ts";

/** What running a step needs. */
export interface StepPorts {
  shell: Shell;
  http: HttpRequests;
  workspaces: Workspaces;
}

/** Where a step runs, and what it may see. */
export interface StepPlace {
  scenario: ScenarioPolicy;
  endpoints: SmokePolicy["endpoints"];
  workspace: Workspace;
  environment: Record<string, string>;
  /** What the workspace held before the step. */
  before: Snapshot;
  /** Line that imports `MODULES`; undefined where the product comes from no channel of packages that are imported. */
  importing: string | undefined;
  /** Milliseconds that are left of the budget. */
  left: number;
}

type RunStep = Exclude<StepPolicy, { kind: "install" }>;

/** Runs a step that is no installation; tells what the workspace holds afterwards, too. */
export async function runStep(
  step: RunStep,
  place: StepPlace,
  ports: StepPorts,
): Promise<{ facts: StepFacts; after: Snapshot }> {
  const request = step.kind === "http" || step.kind === "probe" ? step.request : undefined;
  if (request) return { facts: await ask(request, { step, place }, ports.http), after: place.before };
  return command(step, place, ports);
}

async function command(step: RunStep, place: StepPlace, { shell, workspaces }: StepPorts) {
  const { workspace, environment, scenario, before } = place;
  const execution = await shell.run({
    line: lineOf(step, place),
    directory: workspace.directory,
    environment: step.kind === "import" ? { ...environment, MODULES: step.modules.join(" ") } : environment,
    timeout: timeoutOf(step, place),
    idleTimeout: milliseconds(scenario["idle-timeout"]),
  });
  const after = await workspaces.snapshot(workspace.directory);
  const files = await readFiles(filesNamedBy(step, scenario), workspace, workspaces);
  const facts: StepFacts = { kind: "command", execution, files, changes: changesBetween(before, after) };
  return { facts, after };
}

function lineOf(step: RunStep, { importing }: StepPlace): string {
  if (step.kind === "http") return "";
  return (step.kind === "import" ? importing : step.run) ?? "";
}

async function ask(
  request: StepOf<"http">["request"],
  { step, place }: { step: RunStep; place: StepPlace },
  http: HttpRequests,
): Promise<StepFacts> {
  const { environment: variables, endpoints } = place;
  const endpoint = endpoints.find(({ id }) => id === request.endpoint)?.url ?? "";
  const url = addressOf(request, { endpoint, variables });
  if (url === undefined) return { kind: "http", url: endpoint, answer: refused("an address that leaves its endpoint") };
  const headers = Object.entries(request.headers).map(([name, value]) => [name, fill(value, variables)] as const);
  const answer = await http.ask({
    method: request.method,
    url,
    headers: {
      ...(request.body === undefined ? {} : { "content-type": "application/json" }),
      ...Object.fromEntries(headers),
    },
    body: request.body === undefined ? undefined : fillJson(request.body, variables),
    timeout: timeoutOf(step, place),
  });
  return { kind: "http", url, answer };
}

function refused(because: string): HttpAnswer {
  return { came: false, late: false, because, duration: 0 };
}

/** Fills the texts of a body one by one, so that a value can break no JSON. */
function fillJson(body: unknown, variables: Record<string, string>): string {
  return JSON.stringify(body, (_key, value: unknown) => (typeof value === "string" ? fill(value, variables) : value));
}

function timeoutOf({ timeout }: RunStep, { scenario, left }: StepPlace): number {
  return Math.max(1, Math.min(milliseconds(timeout ?? scenario.timeout), left));
}

function filesNamedBy(step: RunStep, { graceful }: ScenarioPolicy): string[] {
  const own = step.kind === "command" ? [...filesOf(step.expect), ...(step.results ? [step.results.junit] : [])] : [];
  return [...new Set([...own, ...(graceful ? filesOf(graceful) : [])])];
}

async function readFiles(paths: string[], workspace: Workspace, workspaces: Workspaces): Promise<FileContents> {
  const read = async (path: string) => [path, await workspaces.read(workspace, path)] as const;
  return new Map(await Promise.all(paths.map(read)));
}
