/** Runs git for the checkout stand-in, with its output in the log of the step. */
import { spawnSync } from "node:child_process";

/** Runs a git command in a directory; anything but exit code 0 throws. */
export function git(directory: string, ...args: string[]): void {
  process.stdout.write(`[command]git ${args.join(" ")}\n`);
  const { status, error } = spawnSync("git", args, { cwd: directory, stdio: ["ignore", "inherit", "inherit"] });
  if (error) throw error;
  if (status !== 0) throw new Error(`git ${subcommandOf(args)} ended with exit code ${status}`);
}

/** The command's own name, behind what is configured for it alone. */
function subcommandOf(args: string[]): string {
  const [first = "", , ...rest] = args;
  return first === "-c" ? subcommandOf(rest) : first;
}

/** Reads what a git command answers, without its last line break; `undefined` when it fails. */
export function gitAnswer(directory: string, ...args: string[]): string | undefined {
  const { status, stdout } = spawnSync("git", args, { cwd: directory, encoding: "utf8" });
  return status === 0 ? stdout.trimEnd() : undefined;
}
