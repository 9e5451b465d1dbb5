/** Reads a workflow file into the model that the runner executes. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { conditionOf } from "./conditions.ts";
import type { Complaint, Place } from "./files.ts";
import { convertWorkflowTemplate, NoOperationTraceWriter, parseWorkflow } from "./official.ts";
import { type Permissions, readPermissions } from "./permissions.ts";
import { readSteps, type StepFile } from "./step-file.ts";
import { type Entry, entriesOf, field, itemsOf, readTemplate, sourceText, type Template } from "./template.ts";

/** A workflow file as far as the runner needs it. */
export interface WorkflowFile {
  place: Place;
  name: string;
  on: Template | undefined;
  env: Template | undefined;
  defaults: Template | undefined;
  concurrency: Template | undefined;
  permissions: Permissions | undefined;
  jobs: JobFile[];
}

/** A job of a workflow file: one with steps, or one that calls another workflow. */
export interface JobFile {
  id: string;
  line: number;
  /** Keys as they stand in the file, for what is evaluated late and for what is refused. */
  body: Template;
  needs: string[];
  condition: string;
  permissions: Permissions | undefined;
  steps: StepFile[];
  call: { uses: string; line: number } | undefined;
}

/** Reads a workflow file; with complaints there is no workflow. */
export async function readWorkflowFile(place: Place): Promise<{ workflow?: WorkflowFile; complaints: Complaint[] }> {
  const text = await readFile(join(place.directory, place.path), "utf8").catch(() => undefined);
  if (text === undefined) {
    return { complaints: [{ file: place.label, line: 1, message: "the workflow file does not exist at this commit" }] };
  }
  const complaints = await schemaComplaints(place, text);
  return complaints.length > 0 ? { complaints } : { workflow: modelOf(place, readTemplate(text)), complaints };
}

async function schemaComplaints(place: Place, content: string): Promise<Complaint[]> {
  const { context, value } = parseWorkflow({ name: place.label, content }, new NoOperationTraceWriter());
  if (value && context.errors.count === 0) await convertWorkflowTemplate(context, value);
  const complaints = context.errors.getErrors().map((error) => ({
    file: place.label,
    line: error.range?.start.line ?? 1,
    message: error.rawMessage,
  }));
  return shortened(complaints);
}

/** One slip of indentation makes an error of every line after it: the first few say where it is. */
const mostErrors = 3;

function shortened(complaints: Complaint[]): Complaint[] {
  const last = complaints[mostErrors - 1];
  const left = complaints.length - mostErrors;
  if (!last || left <= 0) return complaints;
  return [...complaints.slice(0, mostErrors - 1), { ...last, message: `${last.message}; and ${left} more` }];
}

function modelOf(place: Place, root: Template): WorkflowFile {
  return {
    place,
    name: sourceText(field(root, "name")) || place.path,
    on: field(root, "on"),
    env: field(root, "env"),
    defaults: field(root, "defaults"),
    concurrency: field(root, "concurrency"),
    permissions: readPermissions(field(root, "permissions")),
    jobs: entriesOf(field(root, "jobs")).map(jobOf),
  };
}

function jobOf({ key, value, line }: Entry): JobFile {
  const uses = field(value, "uses");
  return {
    id: key,
    line,
    body: value,
    needs: names(field(value, "needs")),
    condition: conditionOf(field(value, "if")),
    permissions: readPermissions(field(value, "permissions")),
    steps: readSteps(field(value, "steps")),
    call: uses ? { uses: sourceText(uses) ?? "", line: uses.line } : undefined,
  };
}

function names(template: Template | undefined): string[] {
  const single = template?.kind === "list" ? undefined : sourceText(template);
  return single === undefined ? itemsOf(template).map((item) => sourceText(item) ?? "") : [single];
}
