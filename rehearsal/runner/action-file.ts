/** Reads an `action.yml` into the model that the runner executes. */
import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { plainCondition } from "./conditions.ts";
import type { Complaint, Place } from "./files.ts";
import { convertActionTemplate, NoOperationTraceWriter, parseAction } from "./official.ts";
import { readSteps, type StepFile } from "./step-file.ts";
import { entriesOf, field, readTemplate, sourceText, type Template } from "./template.ts";

/** An action as far as the runner needs it. `place.path` is the path of its `action.yml`. */
export interface ActionFile {
  place: Place;
  /** Directory of the action on disk. */
  directory: string;
  name: string;
  inputs: { id: string; default: Template | undefined; deprecation: string | undefined }[];
  outputs: { id: string; value: Template | undefined }[];
  runs: NodeRuns | CompositeRuns;
  /** The inputs that a stand-in honours; absent for an action that runs as it is. */
  honours?: Record<string, string>;
}

/** How a JavaScript action starts: paths are relative to the directory of the action. */
export interface NodeRuns {
  using: "node";
  main: string;
  pre?: string;
  preIf: string;
  post?: string;
  postIf: string;
}

/** The steps of a composite action. */
export interface CompositeRuns {
  using: "composite";
  steps: StepFile[];
}

/** Reads the action in a directory of a repository; with complaints there is no action. */
export async function readActionFile(origin: Place): Promise<{ action?: ActionFile; complaints: Complaint[] }> {
  for (const name of ["action.yml", "action.yaml"]) {
    const place = { ...origin, path: join(origin.path, name), label: `${origin.label}/${name}` };
    const text = await readFile(join(place.directory, place.path), "utf8").catch(() => undefined);
    if (text !== undefined) return parsed(place, text);
  }
  return { complaints: [{ file: origin.label, line: 1, message: "no action.yml or action.yaml stands there" }] };
}

function parsed(place: Place, content: string): { action?: ActionFile; complaints: Complaint[] } {
  const { context, value } = parseAction({ name: place.label, content }, new NoOperationTraceWriter());
  if (value && context.errors.count === 0) convertActionTemplate(context, value);
  const complaints = context.errors
    .getErrors()
    .map((error) => ({ file: place.label, line: error.range?.start.line ?? 1, message: error.rawMessage }));
  if (complaints.length > 0) return { complaints };
  const root = readTemplate(content);
  const runs = runsOf(root);
  if (typeof runs === "string") {
    const line = field(root, "runs")?.line ?? 1;
    return { complaints: [{ file: place.label, line, message: `runs.using: ${runs} is not emulated` }] };
  }
  return { action: modelOf(place, root, runs), complaints };
}

function modelOf(place: Place, root: Template, runs: NodeRuns | CompositeRuns): ActionFile {
  return {
    place,
    directory: dirname(join(place.directory, place.path)),
    name: sourceText(field(root, "name")) ?? place.path,
    inputs: entriesOf(field(root, "inputs")).map(({ key, value }) => ({
      id: key,
      default: field(value, "default"),
      deprecation: sourceText(field(value, "deprecationMessage")),
    })),
    outputs: entriesOf(field(root, "outputs")).map(({ key, value }) => ({ id: key, value: field(value, "value") })),
    runs,
  };
}

/** GitHub moves node20 actions to Node.js 24; everything older, and docker, is refused by its name. */
function runsOf(root: Template): NodeRuns | CompositeRuns | string {
  const runs = field(root, "runs");
  const using = sourceText(field(runs, "using")) ?? "";
  if (using === "composite") return { using, steps: readSteps(field(runs, "steps")) };
  if (using !== "node24" && using !== "node20") return using;
  const pre = sourceText(field(runs, "pre"));
  const post = sourceText(field(runs, "post"));
  return {
    using: "node",
    main: sourceText(field(runs, "main")) ?? "",
    ...(pre === undefined ? {} : { pre }),
    preIf: plainCondition(field(runs, "pre-if")) ?? "always()",
    ...(post === undefined ? {} : { post }),
    postIf: plainCondition(field(runs, "post-if")) ?? "always()",
  };
}
