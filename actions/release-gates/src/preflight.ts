import type { JobVariables } from "#src/ports/job-variables";
import type { Shell } from "#src/ports/shell";
import { judgeReadiness, judgeScratch } from "./decide-command.ts";
import type { Finding } from "./leg-report.ts";

/** Where commands of the project run, and the whole environment that they get. */
export interface WorkingCopy {
  directory: string;
  environment: Record<string, string>;
  /** What was withheld from that environment: texts that no log may show. */
  secrets: string[];
}

/** The commit that the gate judges, and the token that no log may show. */
export interface Candidate {
  sha: string;
  token: string;
}

/** What the preflight asks. */
export interface PreflightPorts {
  shell: Shell;
  checkout: WorkingCopy;
  variables: JobVariables;
}

type Preconditions = { tools: string[]; environment: (string | string[])[]; scratch?: string[] | undefined };

const readHead = `git -c safe.directory='*' rev-parse --verify 'HEAD^{commit}'`;

/** Looks whether a gate may start: tools, variables, the commit of the checkout, folders to write to. Undefined where it may. */
export async function preflight(
  { tools, environment, scratch = [] }: Preconditions,
  { sha }: Candidate,
  { shell, checkout, variables }: PreflightPorts,
): Promise<Finding | undefined> {
  const programs = [...new Set([...tools, "git"])];
  const paths = await Promise.all(programs.map((program) => shell.which(program)));
  const missing = programs.filter((_program, index) => paths[index] === undefined);
  const empty = environment
    .map((name) => [name].flat())
    .filter((alternatives) => !alternatives.some((name) => variables.filled(name)));
  const blocked = missing.length + empty.length > 0;
  const head = blocked ? undefined : await shell.run({ ...checkout, line: readHead, timeout: 60_000 });
  const unready = judgeReadiness({ sha, missing, empty, head });
  if (unready || scratch.length === 0) return unready;
  return judgeScratch(scratch, await shell.run({ ...checkout, line: tryToWrite(scratch), timeout: 60_000 }));
}

/** Makes each folder, the machine's own one for temporary files too, and writes a file there that is gone afterwards. */
function tryToWrite(scratch: string[]): string {
  const folders = scratch.map((folder) => `'${folder.replaceAll("'", "'\\''")}'`).join(" ");
  const attempt = 'mkdir -p "$folder" && file=$(mktemp "$folder/probe.XXXXXX") && rm "$file"';
  return `for folder in "\${TMPDIR:-/tmp}" ${folders}; do ${attempt} || exit 1; done`;
}
