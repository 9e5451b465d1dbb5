import { spawn } from "node:child_process";
import { text } from "node:stream/consumers";

/** How a run of a registry's client ended. */
export interface ClientRun {
  code: number;
  stdout: string;
  stderr: string;
}

/** Runs one command of a client in a folder; a non-zero exit is an answer, not an error. */
export type Client = (cwd: string, ...args: string[]) => Promise<ClientRun>;

/** Makes a client of a program on PATH that sees this environment and no other. */
export function clientOf(program: string, env: Record<string, string>): Client {
  const windows = process.platform === "win32";
  return async (cwd, ...args) => {
    const child = spawn(program, args, { cwd, env, shell: windows, stdio: ["ignore", "pipe", "pipe"] });
    const code = new Promise<number>((resolve, reject) => {
      child.once("error", reject);
      child.once("close", (exit) => resolve(exit ?? 1));
    });
    const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr), code]);
    return { code: await code, stdout, stderr };
  };
}
