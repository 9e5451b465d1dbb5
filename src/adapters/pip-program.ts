import { mkdir } from "node:fs/promises";
import { devNull } from "node:os";
import { join } from "node:path";
import { type PipAnswer, pipAnswer } from "#src/adapters/pip-answers";
import { toolEnvironment } from "#src/adapters/tool-environment";
import { Failure } from "#src/domain/failure";
import type { Shell } from "#src/ports/shell";

type Variables = Record<string, string | undefined>;

/** Runs one pip command in a clean place; its arguments are names of variables, never texts of others. */
export type Pip = (words: string, variables: Record<string, string>) => Promise<PipAnswer>;

/** Where a clean pip runs, and what it is told besides. */
export interface CleanPip {
  folder: string;
  source: Variables;
  variables: Record<string, string>;
  /** Milliseconds for one command. */
  patience: number;
}

/** Everything of pip and of Python that would reach into the clean place. */
const replaced = /^(HOME|USERPROFILE|PIP_.+|PYTHON.+|XDG_.+|PYENV_ROOT)$/i;
const proxies = /^(https?_|all_|no_)?proxy$/i;

/** Finds pip by its usual names. Throws `all.tool-missing` without it. */
export async function pipProgram(shell: Shell): Promise<string> {
  for (const program of ["pip", "pip3"]) if (await shell.which(program)) return program;
  throw new Failure({
    kind: "input",
    code: "all.tool-missing",
    message: "expected pip on PATH, found none",
    hint: "Install Python with pip in the job before this step.",
  });
}

/** Sets pip up with a new home and no cache, and with no other configuration than it is given. Retries are left to the stage. */
export async function cleanPip(shell: Shell, program: string, place: CleanPip): Promise<Pip> {
  const { folder, source, variables, patience } = place;
  const home = join(folder, "home");
  await mkdir(home, { recursive: true });
  const environment = { ...pipEnvironment(source), HOME: home, ...variables };
  return async (words, more) =>
    pipAnswer(
      await shell.run({
        line: `${program} ${words} 2>&1`,
        directory: folder,
        environment: { ...environment, ...more },
        timeout: patience,
      }),
    );
}

/** The job's variables without anything that pip or Python remembers; a pip of pyenv finds its versions by the old home. */
export function pipEnvironment(source: Variables): Record<string, string> {
  const lent = Object.entries(source).filter(
    (entry): entry is [string, string] => entry[1] !== undefined && proxies.test(entry[0]),
  );
  const all = Object.entries(toolEnvironment({ source, extra: Object.fromEntries(lent) }));
  const versions = source.PYENV_ROOT ?? (source.HOME === undefined ? undefined : join(source.HOME, ".pyenv"));
  return {
    ...Object.fromEntries(all.filter(([name]) => !replaced.test(name))),
    ...(versions === undefined ? {} : { PYENV_ROOT: versions }),
    PIP_CONFIG_FILE: devNull,
    PIP_DISABLE_PIP_VERSION_CHECK: "1",
    PIP_NO_CACHE_DIR: "1",
    PIP_NO_INPUT: "1",
    PIP_RETRIES: "0",
    PYTHONNOUSERSITE: "1",
    PYTHONDONTWRITEBYTECODE: "1",
  };
}
