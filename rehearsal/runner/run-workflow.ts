/** Executes one workflow file of a repository on this host, as GitHub would, or refuses it before anything starts. */
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { readTree, type WorkflowNode } from "./called-workflows.ts";
import type { RunnerServices, RunRequest, RunResult } from "./contract.ts";
import { type Complaint, complaintText, type Place } from "./files.ts";
import { githubContext } from "./github-context.ts";
import { runGraph } from "./graph.ts";
import type { GraphFrame } from "./graph-frame.ts";
import { declaredInputs, triggerOf, typedInputs } from "./inputs.ts";
import type { JsonObject } from "./json.ts";
import { type OpenFrame, openFrame } from "./open-frame.ts";
import { runConclusion } from "./outcomes.ts";
import { restrictedDefault } from "./permissions.ts";
import { findUnemulated } from "./refusal.ts";
import { openSources } from "./sources.ts";
import { triggerComplaint } from "./triggers.ts";
import { inWorkflowGroup } from "./workflow-group.ts";

interface Admitted {
  tree: WorkflowNode;
  inputs: JsonObject;
}

/**
 * Runs a workflow. Everything that is wrong with the files, above a permission ceiling, or not emulated here refuses the
 * whole run: `startupFailure` then holds one complaint a line, and nothing has happened.
 */
export async function runWorkflow(request: RunRequest, services: RunnerServices): Promise<RunResult> {
  const frame = openFrame(request, services, openSources(services, request.repository));
  const { run } = frame;
  const admitted = await admit(frame);
  if (Array.isArray(admitted)) return refuse(frame, admitted);
  const { tree, inputs } = admitted;
  run.github = { ...githubContext(request, tree.file, inputs), ...run.github };
  await mkdir(join(request.home, "event"), { recursive: true });
  await writeFile(run.eventPath, JSON.stringify(run.github.event));
  run.emit({ type: "run-started", runId: request.run.id, attempt: request.run.attempt, workflow: tree.file.name });
  const top: GraphFrame = {
    run,
    workflow: tree,
    caller: { key: "", name: "" },
    inputs,
    secrets: request.secrets ?? {},
    keep: request.previous !== undefined,
    cancelled: run.cancelled,
    held: [],
    runCalled: async (below) => (await runGraph(below)).outcome,
  };
  const jobs = await inWorkflowGroup(frame, { file: tree.file, inputs }, (held) => runGraph({ ...top, held }));
  const conclusion = run.killed.aborted ? "lost" : runConclusion(run.results, run.cancelled.aborted);
  const outputs = Object.fromEntries([...jobs].map(([id, outcome]) => [id, outcome.outputs]));
  run.emit({ type: "run-finished", runId: request.run.id, conclusion });
  frame.close();
  return { conclusion, attempt: request.run.attempt, jobs: run.results, outputs };
}

/** Says what would refuse the run before it starts, one complaint a line, and begins nothing; undefined where nothing would. */
export async function startupFailureOf(request: RunRequest, services: RunnerServices): Promise<string | undefined> {
  const quiet = { ...services, onEvent: () => undefined };
  const frame = openFrame(request, quiet, openSources(quiet, request.repository));
  try {
    const admitted = await admit(frame);
    return Array.isArray(admitted) ? textOf(admitted) : undefined;
  } finally {
    frame.close();
  }
}

async function admit({ run }: OpenFrame): Promise<Admitted | Complaint[]> {
  const { request, sources, labels } = run;
  const { repository, ref, sha, workflow: path, source: directory } = request;
  const place: Place = { repository, ref, sha, directory, path, label: path };
  const { tree, complaints } = await readTree(place, request.defaultPermissions ?? restrictedDefault, sources);
  if (!tree) return complaints;
  const trigger = triggerOf(tree.file.on, request.event.name);
  const untriggered = triggerComplaint(trigger, request);
  const dispatched = request.event.name === "workflow_dispatch" ? declaredInputs(trigger) : [];
  const known = { github: {}, vars: request.vars ?? {}, inputs: {} };
  const typed = typedInputs(dispatched, request.inputs ?? {}, { contexts: known });
  const line = tree.file.on?.line ?? 1;
  const github = githubContext(request, tree.file, typed.inputs);
  const search = { sources, labels, workspace: directory, known: { ...known, github, inputs: typed.inputs } };
  const all = [
    ...complaints,
    ...[untriggered ?? [], typed.complaints].flat().map((message) => ({ file: path, line, message })),
    ...(await findUnemulated(tree, search)),
  ];
  return all.length > 0 ? all : { tree, inputs: typed.inputs };
}

function refuse({ run, close }: OpenFrame, complaints: Complaint[]): RunResult {
  const { request } = run;
  const startupFailure = textOf(complaints);
  run.emit({ type: "run-finished", runId: request.run.id, conclusion: "failure", startupFailure });
  close();
  return { conclusion: "failure", attempt: request.run.attempt, jobs: [], outputs: {}, startupFailure };
}

const textOf = (complaints: Complaint[]) => complaints.map(complaintText).join("\n");
