import { posix } from "node:path";
import type { GateOf } from "#src/contract/config/gates";
import { isCheckout, takesAnother } from "./checkout-step.ts";
import { type Complaint, complain } from "./complaint.ts";
import type { Job, Step, Workflow } from "./workflow.ts";

/** A shell script that a line starts, by a path without variables. */
const started =
  /(?:^|[\s;&|(])(?:(?:bash|sh|source|\.)\s+(?:-\w+\s+)*)?((?:\.\/)?(?:[\w.-]+\/)*[\w.-]+\.(?:sh|bash))(?=$|[\s;&|)])/gm;

/** Lists the scripts of the commit that a step starts, by their paths. */
export function scriptsOf({ run = "", "working-directory": folder }: Step): string[] {
  const found = [...run.matchAll(started)].map(([, path = ""]) => posix.normalize(posix.join(folder, path)));
  return [...new Set(found)].filter((path) => !path.startsWith(".."));
}

/** Lists the files that workflows refer to or the gate names, so that they can be looked for at once. */
export function referencesOf(workflows: Workflow[], { files, workflows: expected }: GateOf<"topology">): string[] {
  const named = workflows.flatMap(({ jobs }) =>
    jobs.flatMap((job) => [...localOf(job), ...job.steps.flatMap(scriptsOf)]),
  );
  return [...new Set([...files, ...expected.map(({ file }) => `.github/workflows/${file}`), ...named])];
}

/** Judges whether everything is there that is named: by the gate, and by each workflow. */
export function judgeReferences(workflow: Workflow, present: ReadonlyMap<string, string>): Complaint[] {
  return workflow.jobs.flatMap((job) => {
    const wanted = [...localOf(job), ...(isElsewhere(job) ? [] : writtenNowhere(job))];
    return wanted
      .filter((path) => !isThere(path, present))
      .map((path) => complain("files", { workflow, job }, `expected ${path} in the commit, found none`));
  });
}

/** A workflow or an action of the same repository. */
function localOf(job: Job): string[] {
  return [job.uses, ...job.steps.map(({ uses }) => uses)].flatMap((uses = "") => {
    if (!uses.startsWith("./")) return [];
    return posix.normalize(uses.slice(2));
  });
}

/** A job that checks another repository or another folder out has its scripts from there. */
function isElsewhere({ steps }: Job): boolean {
  return steps.some((step) => isCheckout(step) && (takesAnother(step) || "path" in step.with));
}

/** Scripts that no line of the job writes or fetches itself. */
function writtenNowhere({ steps }: Job): string[] {
  const text = steps.map(({ run = "" }) => run).join("\n");
  return steps.flatMap(scriptsOf).filter((path) => {
    const name = posix.basename(path).replace(/[.]/g, "\\.");
    return !new RegExp(`(?:>|-o|-O|--output|cp|mv|tar|unzip|curl|wget)\\s.*${name}|>\\s*\\S*${name}`).test(text);
  });
}

function isThere(path: string, present: ReadonlyMap<string, string>): boolean {
  return ["", "/action.yml", "/action.yaml"].some((end) => present.has(path + end));
}
