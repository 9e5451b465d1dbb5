import { createHash } from "node:crypto";
import * as yaml from "yaml";
import * as z from "zod";
import type { Git } from "./git/git.ts";

const input = z.looseObject({ required: z.boolean().default(false), default: z.unknown().optional() });
const dispatchTrigger = z.looseObject({ inputs: z.record(z.string(), input.nullable()).nullish() }).nullable();
const workflow = z.looseObject({
  name: z.string().optional(),
  on: z.union([z.string(), z.array(z.string()), z.record(z.string(), z.unknown())]).optional(),
});

/** A workflow file at one commit. `inputs` is undefined when it has no `workflow_dispatch` trigger. */
export interface WorkflowFile {
  readonly id: number;
  readonly path: string;
  readonly name: string;
  readonly inputs: Readonly<Record<string, { readonly required: boolean; readonly default?: unknown }>> | undefined;
  readonly triggers: readonly string[];
}

/** Lists the workflow files of a commit; one that is not valid YAML is listed by its path and has no trigger. */
export async function workflowFiles(git: Git, commit: string): Promise<WorkflowFile[]> {
  const listed = await git.find(["ls-tree", "--name-only", "-z", commit, "--", ".github/workflows/"]);
  const paths = (listed ?? "").split("\0").filter((path) => /\.ya?ml$/.test(path));
  return Promise.all(
    paths.map(async (path) => parse(path, (await git.run(["cat-file", "blob", `${commit}:${path}`])).toString("utf8"))),
  );
}

/** Gives a workflow its id, which depends on its path only. */
export function workflowId(path: string): number {
  return createHash("sha256").update(path).digest().readUInt32BE(0);
}

function parse(path: string, text: string): WorkflowFile {
  const parsed = workflow.safeParse(read(text));
  const { name = path, on } = parsed.success ? parsed.data : {};
  const triggers = typeof on === "string" ? [on] : Array.isArray(on) ? on : Object.keys(on ?? {});
  const dispatch = dispatchTrigger.safeParse(
    typeof on === "object" && !Array.isArray(on) ? (on.workflow_dispatch ?? null) : null,
  );
  const declared = dispatch.success ? (dispatch.data?.inputs ?? {}) : {};
  const inputs = Object.fromEntries(Object.entries(declared).map(([key, one]) => [key, one ?? { required: false }]));
  return {
    id: workflowId(path),
    path,
    name,
    triggers,
    inputs: triggers.includes("workflow_dispatch") ? inputs : undefined,
  };
}

function read(text: string): unknown {
  try {
    return yaml.parse(text);
  } catch {
    return undefined;
  }
}
