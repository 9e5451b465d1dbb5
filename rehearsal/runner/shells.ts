/** The shells that `run` steps may name, with GitHub's exact arguments. */

const known: Record<string, string> = {
  bash: "bash --noprofile --norc -eo pipefail {0}",
  sh: "sh -e {0}",
  python: "python {0}",
};

/** What runs a script when no shell is named: less strict than `shell: bash`. */
const unnamed = "bash -e {0}";

/** Finds the command line of a shell: a known name, or an own one with `{0}`. `undefined` means it is not emulated. */
export function shellCommand(shell: string | undefined): string[] | undefined {
  const line = shell === undefined || shell === "" ? unnamed : (known[shell] ?? shell);
  return line.includes("{0}") ? line.trim().split(/\s+/) : undefined;
}
