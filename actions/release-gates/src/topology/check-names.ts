import type { Job, Workflow } from "./workflow.ts";

/** Lists the workflows of a commit that make a check run of a name, by the names of their jobs. */
export function makersOf(name: string, workflows: Workflow[]): Workflow[] {
  return workflows.filter((workflow) => makes(name, workflow, workflows));
}

function makes(name: string, { jobs }: Workflow, workflows: Workflow[]): boolean {
  return jobs.some((job) => {
    const called = job.uses?.match(/^\.\/\.github\/workflows\/([\w.-]+)@?/)?.[1];
    const callee = called === undefined ? undefined : workflows.find(({ file }) => file === called);
    if (job.uses === undefined) return patternOf(job, "").test(name);
    const [, rest] = splitOff(job, name) ?? [];
    if (rest === undefined) return false;
    return callee === undefined || makes(rest, callee, workflows);
  });
}

/** A called workflow's jobs are named `<caller> / <callee>`. */
function splitOff(job: Job, name: string): string[] | undefined {
  const match = patternOf(job, " / (.+)").exec(name);
  return match ? [name, match.at(-1) ?? ""] : undefined;
}

/** What an expression gives is not known here, so any text may stand for it; a matrix without one adds its values. */
function patternOf({ id, name, strategy }: Job, end: string): RegExp {
  const own = name ?? id;
  const literal = own
    .split(/\$\{\{[\s\S]*?\}\}/)
    .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"))
    .join(".*");
  const legs = strategy && !own.includes("${{") ? "(?: \\(.+\\))?" : "";
  return new RegExp(`^${literal}${legs}${end}$`);
}
