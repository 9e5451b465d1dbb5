import type { GateOf } from "#src/contract/config/gates";
import { makersOf } from "./check-names.ts";
import { type Complaint, complain } from "./complaint.ts";
import { inputsOf, type Workflow } from "./workflow.ts";

type Expected = GateOf<"topology">["workflows"][number];

/** Judges whether each event that starts a workflow can happen, and none starts it on less than the release's own evidence. */
export function judgeTriggers(workflow: Workflow, all: Workflow[], expected: Expected | undefined): Complaint[] {
  return [
    ...declared(workflow, expected),
    ...dead(workflow, all),
    ...unchecked(workflow),
    ...inputs(workflow, expected),
  ];
}

/** Judges whether the required checks run on pushes to the gated branches (GAT-14). A check that no workflow makes comes from elsewhere. */
export function judgeCiTriggers(required: string[], branches: string[], workflows: Workflow[]): Complaint[] {
  return required.flatMap((check) => {
    const makers = makersOf(check, workflows);
    const [first] = makers;
    if (!first) return [];
    const missing = branches.filter((branch) => !makers.some(({ triggers }) => runsOn(triggers, branch)));
    if (missing.length === 0) return [];
    const because = `expected ${check} to run on every push to ${missing.join(", ")}, found ${told(first.triggers)}`;
    return [complain("ci-trigger", { workflow: first }, because)];
  });
}

function declared(workflow: Workflow, expected: Expected | undefined): Complaint[] {
  if (!expected?.triggers) return [];
  const found = Object.keys(workflow.triggers).sort();
  const wanted = [...expected.triggers].sort();
  if (found.join() === wanted.join()) return [];
  const because = `expected to be started by ${wanted.join(", ")} and nothing else, found ${found.join(", ")}`;
  return [complain("triggers", { workflow }, because)];
}

function dead(workflow: Workflow, all: Workflow[]): Complaint[] {
  const known = all.map(({ name, file }) => name ?? `.github/workflows/${file}`);
  return listAt(workflow.triggers.workflow_run, "workflows")
    .filter((name) => !known.includes(name))
    .map((name) =>
      complain("dead-triggers", { workflow }, `expected workflow_run of a workflow of this commit, found ${name}`),
    );
}

/** A run that ended may have failed; its end alone is no evidence. */
function unchecked(workflow: Workflow): Complaint[] {
  if (!("workflow_run" in workflow.triggers)) return [];
  return workflow.jobs
    .filter(({ needs, if: condition = "" }) => needs.length === 0 && !/workflow_run\.conclusion/.test(condition))
    .map((job) => {
      const because = "expected `if: github.event.workflow_run.conclusion == 'success'`, found no such condition";
      return complain("run-conclusion", { workflow, job }, because);
    });
}

function inputs(workflow: Workflow, expected: Expected | undefined): Complaint[] {
  const offered = inputsOf(workflow, "workflow_dispatch");
  const missing = (expected?.inputs ?? []).filter((input) => !offered.includes(input));
  if (missing.length === 0) return [];
  const found = offered.join(", ") || "none";
  return [complain("inputs", { workflow }, `expected the inputs ${missing.join(", ")} of a dispatch, found ${found}`)];
}

function runsOn(triggers: Record<string, unknown>, branch: string): boolean {
  if (!("push" in triggers)) return false;
  const { push } = triggers;
  if (isMapping(push) && ("paths" in push || "paths-ignore" in push)) return false;
  const only = listAt(push, "branches");
  if (only.length > 0) return chosen(only, branch);
  const ignored = listAt(push, "branches-ignore");
  if (ignored.length > 0) return !chosen(ignored, branch);
  return listAt(push, "tags").length === 0;
}

/** The last pattern that fits decides; one that begins with `!` takes back. */
function chosen(patterns: string[], branch: string): boolean {
  return patterns.reduce((held, pattern) => {
    const negated = pattern.startsWith("!");
    return glob(negated ? pattern.slice(1) : pattern).test(branch) ? !negated : held;
  }, false);
}

function glob(pattern: string): RegExp {
  const source = pattern
    .replace(/[.^${}()|\\]/g, "\\$&")
    .replaceAll("**", "\u0000")
    .replaceAll("*", "[^/]*")
    .replaceAll("\u0000", ".*");
  try {
    return new RegExp(`^${source}$`);
  } catch {
    return /$^/;
  }
}

function told(triggers: Record<string, unknown>): string {
  const push = "push" in triggers ? ` (push ${JSON.stringify(triggers.push ?? {})})` : "";
  return `triggers ${Object.keys(triggers).join(", ") || "none"}${push}`;
}

function listAt(value: unknown, key: string): string[] {
  const list = isMapping(value) ? value[key] : undefined;
  return [list].flat().flatMap((entry) => (typeof entry === "string" ? entry : []));
}

function isMapping(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
