import { parse } from "yaml";
import * as z from "zod";

const texts = z.union([z.string().transform((one) => [one]), z.array(z.string())]);
const mapping = z.record(z.string(), z.unknown());
const condition = z.union([z.string(), z.boolean(), z.number()]).transform(String).optional();
const triggers = z.union([
  texts.transform((names): Record<string, unknown> => Object.fromEntries(names.map((name) => [name, null]))),
  mapping,
]);

const step = z.object({
  name: z.string().optional(),
  uses: z.string().optional(),
  run: z.string().optional(),
  if: condition,
  with: mapping.nullish().transform((value) => value ?? {}),
  "working-directory": z.string().default("."),
});

const job = z.object({
  name: z.string().optional(),
  uses: z.string().optional(),
  needs: texts.default([]),
  if: condition,
  permissions: z.unknown().optional(),
  with: mapping.nullish().transform((value) => value ?? {}),
  strategy: z.object({ matrix: z.unknown().optional() }).optional(),
  steps: z.array(step).default([]),
});

const file = z.object({
  name: z.string().optional(),
  on: triggers,
  permissions: z.unknown().optional(),
  jobs: z.record(z.string(), job),
});

/** A step as a workflow states it. */
export type Step = z.output<typeof step>;

/** A job with its id. */
export type Job = z.output<typeof job> & { id: string };

/** A workflow file, as far as its shape matters to a release. */
export interface Workflow {
  /** File in `.github/workflows`. */
  file: string;
  name: string | undefined;
  /** Events that start it, each with its filters as they stand. */
  triggers: Record<string, unknown>;
  permissions: unknown;
  jobs: Job[];
}

/** Reads a workflow; `broken` says why it is none. What GitHub alone would refuse is not looked for. */
export function readWorkflow(path: string, text: string): Workflow | { broken: string } {
  try {
    const parsed = file.safeParse(parse(text, { logLevel: "error" }));
    if (!parsed.success) return { broken: `${path}: ${z.prettifyError(parsed.error).replaceAll("\n", " ")}` };
    const { name, on, permissions, jobs } = parsed.data;
    const ids = Object.entries(jobs).map(([id, one]) => ({ ...one, id }));
    return { file: path.replace(/^.*\//, ""), name, triggers: on, permissions, jobs: ids };
  } catch (thrown) {
    return { broken: `${path}: ${thrown instanceof Error ? thrown.message : "cannot be parsed"}` };
  }
}

/** Names the inputs that a workflow offers to what starts it by an event. */
export function inputsOf({ triggers }: Workflow, event: string): string[] {
  const { data } = z.object({ inputs: mapping }).safeParse(triggers[event]);
  return Object.keys(data?.inputs ?? {});
}
