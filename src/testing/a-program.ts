import { execFile } from "node:child_process";
import { promisify } from "node:util";

const run = promisify(execFile);

/**
 * Writes a script that can be run, in a folder that need not be there. A child process writes it: a file that this process
 * had open for writing could be inherited by whatever another thread starts meanwhile, and could then not be run.
 */
export async function aProgram(path: string, text: string): Promise<void> {
  const line = 'mkdir -p "$(dirname "$1")" && printf %s "$2" > "$1" && chmod 755 "$1"';
  await run("/bin/sh", ["-c", line, "sh", path, text]);
}
