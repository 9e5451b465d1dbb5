import { execFile } from "node:child_process";
import { promisify } from "node:util";

const run = promisify(execFile);

/** The registry that this machine's npm client is set up for, from which dependencies may be read. */
export interface MachineRegistry {
  url: string;
  /** File of certificates, where the client is told to use one. */
  ca: string | undefined;
}

/** Asks the npm client what it is set up for in a folder; undefined where there is no client or no usable answer. */
export async function machineRegistry(folder: string): Promise<MachineRegistry | undefined> {
  try {
    const [url, ca] = await Promise.all([setting("registry", folder), setting("cafile", folder)]);
    return /^https?:\/\//.test(url) ? { url, ca: /^(null|undefined|)$/.test(ca) ? undefined : ca } : undefined;
  } catch {
    return undefined;
  }
}

async function setting(name: string, cwd: string): Promise<string> {
  const { stdout } = await run("npm", ["config", "get", name], { cwd, shell: process.platform === "win32" });
  return stdout.trim();
}
