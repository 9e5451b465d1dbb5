/** Reads a workflow with all workflows that it calls, and holds each to what its caller grants and gives. */
import { type Complaint, complaintsAbout, type Place } from "./files.ts";
import { declaredInputs, triggerOf, undeclared, undeclaredInputs } from "./inputs.ts";
import { excess, type Permissions } from "./permissions.ts";
import type { Sources } from "./sources.ts";
import { entriesOf, field, sourceText, type Template } from "./template.ts";
import { type JobFile, readWorkflowFile, type WorkflowFile } from "./workflow-file.ts";

/** A workflow in its place in the tree of calls. */
export interface WorkflowNode {
  file: WorkflowFile;
  jobs: JobNode[];
}

/** A job with the scopes that its token, or what it calls, may have. */
export interface JobNode {
  file: JobFile;
  permissions: Permissions;
  called?: WorkflowNode;
}

interface Reading {
  sources: Sources;
  complaints: Complaint[];
  /** The files from the top to here: a file among them would call itself. */
  chain: string[];
  seen: Set<string>;
}

interface Caller {
  place: Place;
  job: JobFile;
  uses: string;
  line: number;
  grant: Permissions;
}

/** GitHub's limits: the caller and nine levels below it, and fifty different files. */
const deepest = 10;
const mostFiles = 50;

/** Reads the whole tree. With complaints the tree must not be run. */
export async function readTree(
  top: Place,
  grant: Permissions,
  sources: Sources,
): Promise<{ tree: WorkflowNode | undefined; complaints: Complaint[] }> {
  const complaints: Complaint[] = [];
  const reading = { sources, complaints, chain: [], seen: new Set<string>() };
  return { tree: await readNode(top, grant, reading), complaints };
}

async function readNode(place: Place, grant: Permissions, reading: Reading): Promise<WorkflowNode | undefined> {
  const { workflow, complaints } = await readWorkflowFile(place);
  reading.complaints.push(...complaints);
  if (!workflow) return undefined;
  const below = { ...reading, chain: [...reading.chain, place.label] };
  reading.seen.add(place.label);
  const jobs: JobNode[] = [];
  for (const file of workflow.jobs) {
    const permissions = file.permissions ?? workflow.permissions ?? grant;
    const called = file.call
      ? await readCalled({ place, job: file, ...file.call, grant: permissions }, below)
      : undefined;
    jobs.push({ file, permissions, ...(called ? { called } : {}) });
  }
  return { file: workflow, jobs };
}

async function readCalled(caller: Caller, reading: Reading): Promise<WorkflowNode | undefined> {
  const complain = complaintsAbout(caller.place.label, reading.complaints);
  const place = await reading.sources.workflow(caller.uses, caller.place);
  if (typeof place === "string") {
    complain(caller.line, place);
    return undefined;
  }
  if (reading.chain.includes(place.label)) {
    complain(caller.line, `'${caller.uses}' calls itself: ${[...reading.chain, place.label].join(" -> ")}`);
    return undefined;
  }
  if (reading.chain.length >= deepest || reading.seen.size > mostFiles) {
    complain(caller.line, `more than ${deepest} levels or ${mostFiles} files of called workflows`);
    return undefined;
  }
  const node = await readNode(place, caller.grant, reading);
  if (!node) return undefined;
  const wrong = (because: string) => complain(caller.line, `Error calling workflow '${caller.uses}'. ${because}`);
  for (const because of [...excessOf(node, caller.grant), ...interfaceErrors(node, caller.job)]) wrong(because);
  return node;
}

const grantHint = " Grant it under 'permissions' of the calling job.";

/** Words the ceiling rule as GitHub does. A job within the ceiling may stand beside a workflow entry above it. */
function excessOf({ file, jobs }: WorkflowNode, grant: Permissions): string[] {
  const whole = file.permissions && excess(file.permissions, grant);
  const messages = whole
    ? [`The workflow is requesting '${whole.asked}', but is only allowed '${whole.allowed}'.${grantHint}`]
    : [];
  for (const { file: job } of jobs) {
    const above = job.permissions && excess(job.permissions, grant);
    if (!above) continue;
    messages.push(
      `The nested job '${job.id}' is requesting '${above.asked}', but is only allowed '${above.allowed}'.${grantHint}`,
    );
  }
  return messages;
}

function interfaceErrors({ file }: WorkflowNode, job: JobFile): string[] {
  const trigger = triggerOf(file.on, "workflow_call");
  if (!trigger) return ["The workflow is not callable: it has no workflow_call trigger."];
  const given = keys(field(job.body, "with"));
  const inputs = declaredInputs(trigger);
  return [
    ...undeclaredInputs(inputs, given),
    ...inputs
      .filter((input) => input.required && !has(given, input.id))
      .map(({ id }) => `Input ${id} is required, but not provided while calling.`),
    ...secretErrors(trigger, field(job.body, "secrets")),
  ];
}

function secretErrors(trigger: Template, secrets: Template | undefined): string[] {
  if (sourceText(secrets) === "inherit") return [];
  const given = keys(secrets);
  const declared = entriesOf(field(trigger, "secrets")).map(({ key, value }) => ({
    id: key,
    required: sourceText(field(value, "required")) === "true",
  }));
  return [
    ...undeclared(declared, given).map((id) => `Invalid secret, ${id} is not defined in the referenced workflow.`),
    ...declared
      .filter(({ id, required }) => required && !has(given, id))
      .map(({ id }) => `Secret ${id} is required, but not provided while calling.`),
  ];
}

function keys(mapping: Template | undefined): Record<string, null> {
  return Object.fromEntries(entriesOf(mapping).map(({ key }) => [key, null]));
}

function has(given: Record<string, null>, id: string): boolean {
  return Object.keys(given).some((key) => key.toLowerCase() === id.toLowerCase());
}
