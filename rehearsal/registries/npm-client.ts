import { spawn } from "node:child_process";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { text } from "node:stream/consumers";

/** How a run of the npm client ended. */
export interface NpmRun {
  code: number;
  stdout: string;
  stderr: string;
}

/** Runs one npm command in a folder; a non-zero exit is an answer, not an error. */
export type NpmClient = (cwd: string, ...args: string[]) => Promise<NpmRun>;

/** The machine's npm with its own empty home, cache and configuration, so that nothing of the user's is read or written. */
export async function npmClient(home: string, npmrc: string): Promise<NpmClient> {
  await mkdir(home, { recursive: true });
  await writeFile(join(home, ".npmrc"), npmrc, { mode: 0o600 });
  const env = {
    PATH: process.env.PATH ?? "",
    HOME: home,
    USERPROFILE: home,
    npm_config_userconfig: join(home, ".npmrc"),
    npm_config_globalconfig: join(home, "global.npmrc"),
    npm_config_cache: join(home, "cache"),
    npm_config_prefix: join(home, "prefix"),
  };
  return async (cwd, ...args) => {
    const windows = process.platform === "win32";
    const child = spawn(windows ? "npm.cmd" : "npm", args, {
      cwd,
      env,
      shell: windows,
      stdio: ["ignore", "pipe", "pipe"],
    });
    const code = new Promise<number>((resolve, reject) => {
      child.once("error", reject);
      child.once("close", (exit) => resolve(exit ?? 1));
    });
    const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr), code]);
    return { code: await code, stdout, stderr };
  };
}
