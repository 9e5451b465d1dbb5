/** Finds everything in a tree of workflows that this runner does not emulate, so that it is refused and never skipped. */
import type { ActionFile } from "./action-file.ts";
import type { JobNode, WorkflowNode } from "./called-workflows.ts";
import { evaluateTemplate } from "./expressions.ts";
import { type Complaint, complaintsAbout, type Place } from "./files.ts";
import type { JsonObject } from "./json.ts";
import { expandStrategy } from "./matrix.ts";
import { shellCommand } from "./shells.ts";
import type { Sources } from "./sources.ts";
import type { StepFile } from "./step-file.ts";
import { entriesOf, field, holdsExpression, sourceText, type Template } from "./template.ts";

/** What the search needs: the files, the labels this host stands for, and what is known before anything runs. */
export interface Search {
  sources: Sources;
  labels: string[];
  known: { github: JsonObject; vars: JsonObject; inputs: JsonObject };
  /** The source of the run: where a local action will most likely be checked out. */
  workspace: string;
}

/** The labels this host stands for unless told otherwise. */
export const linuxLabels = ["ubuntu-latest", "ubuntu-24.04", "ubuntu-22.04", "ubuntu-slim"];

const notEmulated = ["container", "services", "snapshot", "cancel-timeout-minutes"];
const notEmulatedInSteps = ["background", "wait", "wait-all", "cancel", "parallel"];

/** Lists what is not emulated in a workflow and everything below it. */
export async function findUnemulated(node: WorkflowNode, search: Search): Promise<Complaint[]> {
  const { place } = node.file;
  const found: Complaint[] = [];
  const complain = complaintsAbout(place.label, found);
  shellComplaint(node.file.defaults, complain);
  for (const job of node.jobs) {
    jobComplaints(job, search, complain);
    found.push(...(await stepComplaints(job.file.steps, { place, search, chain: [] })));
    const known = { ...search.known, inputs: {} };
    if (job.called) found.push(...(await findUnemulated(job.called, { ...search, known })));
  }
  return unique(found);
}

function jobComplaints(job: JobNode, search: Search, complain: Complain): void {
  const { body, id, line: start } = job.file;
  for (const { key, line } of entriesOf(body)) {
    if (notEmulated.includes(key)) complain(line, `'${key}' is not emulated by this runner (job '${id}')`);
  }
  if (field(field(body, "environment"), "deployment")) {
    complain(start, `'environment.deployment' is not emulated by this runner (job '${id}')`);
  }
  for (const { key, value, line } of entriesOf(field(body, "secrets"))) {
    if (/GITHUB_TOKEN|github\.token/i.test(sourceText(value) ?? "")) {
      complain(line, `handing GITHUB_TOKEN on as the secret '${key}' is not emulated by this runner`);
    }
  }
  shellComplaint(field(body, "defaults"), complain);
  labelComplaints(job, search, complain);
}

type Complain = ReturnType<typeof complaintsAbout>;

function shellComplaint(holder: Template | undefined, complain: Complain): void {
  const shell = field(field(holder, "run"), "shell") ?? field(holder, "shell");
  if (!shell || holdsExpression(shell) || shellCommand(sourceText(shell))) return;
  complain(shell.line, `the shell '${sourceText(shell)}' is not emulated by this runner`);
}

/** Labels that depend on what only the run will know are judged when the leg starts. */
function labelComplaints(job: JobNode, search: Search, complain: Complain): void {
  const runsOn = field(job.file.body, "runs-on");
  if (!runsOn) return;
  if (field(runsOn, "group")) complain(runsOn.line, "'runs-on.group' is not emulated by this runner");
  for (const label of labelsKnownNow(job, runsOn, search)) {
    if (!search.labels.includes(label)) complain(runsOn.line, refusedLabel(label, search.labels));
  }
}

function labelsKnownNow(job: JobNode, runsOn: Template, { known }: Search): string[] {
  if (!holdsExpression(runsOn)) return labelsOf(runsOn, {});
  try {
    const legs = expandStrategy(field(job.file.body, "strategy"), { contexts: known });
    // What is not known yet evaluates to nothing, and is no label.
    return legs.flatMap((leg) => labelsOf(runsOn, { ...known, ...leg })).filter((label) => label !== "");
  } catch {
    return [];
  }
}

/** Evaluates `runs-on` to its labels. */
export function labelsOf(runsOn: Template, contexts: JsonObject): string[] {
  const labels = evaluateTemplate(field(runsOn, "labels") ?? runsOn, { contexts });
  return (Array.isArray(labels) ? labels : [labels]).map((label) => (label === null ? "" : String(label)));
}

/** Words the refusal of a label. */
export function refusedLabel(label: string, labels: string[]): string {
  return `'runs-on: ${label}' is not emulated by this runner; this host stands for ${labels.join(", ")}`;
}

interface StepSearch {
  place: Place;
  search: Search;
  /** The actions around these steps: one among them would use itself. */
  chain: string[];
}

async function stepComplaints(steps: StepFile[], around: StepSearch): Promise<Complaint[]> {
  const found: Complaint[] = [];
  const complain = complaintsAbout(around.place.label, found);
  for (const step of steps) {
    for (const { key, line } of entriesOf(step.body)) {
      if (notEmulatedInSteps.includes(key)) complain(line, `'${key}' is not emulated by this runner`);
    }
    shellComplaint(step.body, complain);
    if (step.uses === undefined) continue;
    found.push(...(await usesComplaints(step, step.uses, around)));
  }
  return found;
}

async function usesComplaints(step: StepFile, uses: string, around: StepSearch): Promise<Complaint[]> {
  const { place, search, chain } = around;
  const line = field(step.body, "uses")?.line ?? step.line;
  const at = (message: string) => ({ file: place.label, line, message });
  const { action, complaints } = await search.sources.action(uses, place, search.workspace);
  // A local action may be made by an earlier step: whether it is there is known only when its step starts.
  if (!action && uses.startsWith("./") && complaints.every((one) => typeof one === "object" && one.file === uses))
    return [];
  if (!action) return complaints.map((one) => (typeof one === "string" ? at(one) : one));
  if (chain.includes(action.place.label)) return [at(`'${uses}' uses itself`)];
  const refused = refusedInputs(step, action).map(({ key, line: where }) => ({
    file: place.label,
    line: where,
    message: `'${key}' is not emulated by the stand-in for ${action.place.label}; it honours ${Object.keys(action.honours ?? {}).join(", ")}`,
  }));
  if (action.runs.using === "node" && action.runs.pre !== undefined && chain.length > 0 && !uses.startsWith("./")) {
    return [...refused, at(`the pre phase of '${uses}' inside a composite action is not emulated by this runner`)];
  }
  if (action.runs.using !== "composite") return refused;
  const inside = { ...around, place: action.place, chain: [...chain, action.place.label] };
  return [...refused, ...(await stepComplaints(action.runs.steps, inside))];
}

function refusedInputs(step: StepFile, { honours }: ActionFile): { key: string; line: number }[] {
  return entriesOf(field(step.body, "with")).filter(({ key }) => honours && !(key.toLowerCase() in honours));
}

function unique(complaints: Complaint[]): Complaint[] {
  return [...new Map(complaints.map((one) => [JSON.stringify(one), one])).values()];
}
