import { type Complaint, complain } from "./complaint.ts";
import type { Job, Workflow } from "./workflow.ts";

const fullCommit = /@[0-9a-f]{40}$/;
const imageDigest = /^docker:\/\/.+@sha256:[0-9a-f]{64}$/;

/**
 * Contexts that others fill: events, names of refs, inputs, and what earlier steps and jobs handed on; a context as a whole, and
 * a key that is not spelt out, may be any of it. GitHub minds neither case nor blanks.
 */
const foreign =
  /\b(github\s*\.\s*(?:event|head_ref|base_ref|ref|ref_name|actor|triggering_actor)\b|github\s*\[|(?:inputs|needs|steps|env)\s*[.[]|(?<!\.\s*)(?:github|inputs|needs|steps|env)(?=\s*(?:[),]|$)))/i;

/** Judges what a workflow may do and whom it trusts: pinned actions, permissions, conditions and scripts (ALL-16, ALL-18). */
export function judgeSafety(workflow: Workflow): Complaint[] {
  return [
    ...permissionsOf(workflow),
    ...workflow.jobs.flatMap((job) => [
      ...pins(workflow, job),
      ...jobPermissions(workflow, job),
      ...conditions(workflow, job),
      ...scripts(workflow, job),
    ]),
  ];
}

function pins(workflow: Workflow, job: Job): Complaint[] {
  const used = [job.uses, ...job.steps.map(({ uses }) => uses)].flatMap((uses) => uses ?? []);
  return used
    .filter((uses) => !/^(\.|\$)\//.test(uses) && !fullCommit.test(uses) && !imageDigest.test(uses))
    .map((uses) => complain("pins", { workflow, job }, `expected a full commit id, found ${uses}`));
}

function permissionsOf(workflow: Workflow): Complaint[] {
  const { permissions } = workflow;
  if (permissions === undefined || permissions === null) {
    return [complain("permissions", { workflow }, "expected `permissions: {}` on top, found none")];
  }
  const wide = wideScopes(permissions);
  if (wide.length === 0) return [];
  const because = `expected no right to write for every job, found ${wide.join(", ")} on top`;
  return [complain("permissions", { workflow }, because)];
}

function jobPermissions(workflow: Workflow, job: Job): Complaint[] {
  if (typeof job.permissions !== "string") return [];
  const because = `expected the scopes that the job needs, found ${job.permissions}`;
  return [complain("permissions", { workflow, job }, because)];
}

function wideScopes(permissions: unknown): string[] {
  if (typeof permissions !== "object" || permissions === null) return [String(permissions)];
  return Object.entries(permissions).flatMap(([scope, right]) => (right === "write" ? `${scope}: write` : []));
}

/** GitHub refuses the whole file: the context does not exist where conditions are evaluated. */
function conditions(workflow: Workflow, job: Job): Complaint[] {
  return [job.if, ...job.steps.map((step) => step.if)]
    .flatMap((condition) => condition ?? [])
    .filter((condition) => /\bsecrets\s*[.[]/i.test(withoutTexts(condition)))
    .map((condition) => {
      const because = `expected a condition without the context secrets, found \`${condition}\``;
      return complain("secrets", { workflow, job }, because);
    });
}

function scripts(workflow: Workflow, job: Job): Complaint[] {
  const lines = job.steps.flatMap(({ run, with: given }) => [run, given.script]);
  const found = lines
    .flatMap((text) => (typeof text === "string" ? [...text.matchAll(/\$\{\{([\s\S]*?)\}\}/g)] : []))
    .flatMap(([, expression = ""]) => foreign.exec(withoutTexts(expression))?.[1] ?? []);
  return [...new Set(found)].map((context) => {
    const because = `expected foreign text as an environment variable, found \`${context}\` inside of a script`;
    return complain("injection", { workflow, job }, because);
  });
}

function withoutTexts(expression: string): string {
  return expression.replace(/'(?:[^']|'')*'/g, "''");
}
