import { type Complaint, complain } from "./complaint.ts";
import { scriptsOf } from "./references.ts";
import type { Job, Step, Workflow } from "./workflow.ts";

/** Programs that are on no image of the hosted runners, with other names by which they are installed. */
const onNoImage: Record<string, string[]> = {
  rg: ["ripgrep"],
  fd: ["fd-find"],
  hyperfine: [],
  just: [],
  pnpm: ["corepack"],
  bun: [],
  deno: [],
  uv: [],
  poetry: [],
  maturin: [],
  twine: [],
  cosign: [],
  syft: [],
  actionlint: [],
  zizmor: [],
  goreleaser: [],
  "cargo-audit": [],
  "cargo-deny": [],
  "cargo-nextest": [],
};

/**
 * Judges whether each job installs the programs that it uses and that no runner image has, in its own lines or in scripts
 * of the commit, before it uses them. One that asks first whether the program is there has something to fall back on.
 */
export function judgePrograms(workflow: Workflow, files: ReadonlyMap<string, string>, more: string[]): Complaint[] {
  const programs = new Map(Object.entries(onNoImage));
  for (const program of more) programs.set(program, programs.get(program) ?? []);
  return workflow.jobs.flatMap((job) =>
    [...programs].flatMap(([program, names]) => missing(workflow, job, { program, names: [program, ...names], files })),
  );
}

interface Search {
  program: string;
  names: string[];
  files: ReadonlyMap<string, string>;
}

function missing(workflow: Workflow, job: Job, { program, names, files }: Search): Complaint[] {
  let installed = false;
  for (const step of job.steps) {
    installed ||= installs(step, names);
    const text = textOf(step, files);
    if (installed || !uses(text, program)) continue;
    if (new RegExp(`\\b(?:command -v|which|type|hash)\\s+${escaped(program)}\\b`).test(text)) continue;
    const because = `expected a step before it that installs ${program}, found none`;
    return [complain("tools", { workflow, job }, because)];
  }
  return [];
}

function installs({ uses: action = "", run = "", with: given }: Step, names: string[]): boolean {
  const settings = Object.values(given).map(String).join("\n");
  return names.some((name) => {
    const word = new RegExp(`(?<![\\w])${escaped(name)}(?![\\w])`, "i");
    const named = action !== "" && (word.test(action.replace(/@.*/, "")) || word.test(settings));
    const line = new RegExp(`\\b(?:install|add|setup|enable|get)\\b.*(?<![\\w-])${escaped(name)}(?![\\w-])`);
    return named || line.test(run);
  });
}

function textOf(step: Step, files: ReadonlyMap<string, string>): string {
  return [step.run ?? "", ...scriptsOf(step).flatMap((path) => files.get(path) ?? [])].join("\n");
}

/** A program is used where a command begins with it; comments are left out. */
function uses(text: string, program: string): boolean {
  const begin = "(?:^|[;&|({`]|\\$\\(|\\b(?:then|do|else|sudo|xargs|exec|time|env|if|!)\\s)";
  const pattern = new RegExp(`${begin}\\s*(?:[A-Za-z_]\\w*=\\S*\\s+)*${escaped(program)}(?=$|[\\s;)&|])`, "m");
  return pattern.test(text.replace(/^\s*#.*$/gm, ""));
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\-]/g, "\\$&");
}
