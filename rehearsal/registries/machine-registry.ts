import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { promisify } from "node:util";
import { Complaint } from "../complaint.ts";

const run = promisify(execFile);

/** The registry that this machine's npm client is set up for, from which dependencies may be read. */
export interface MachineRegistry {
  url: string;
  /** The certificates, as PEM text, that the client is told to trust instead of the usual ones. */
  ca: string | undefined;
}

/**
 * Asks the npm client what it is set up for in a folder; undefined where there is no client or no usable answer.
 * Throws a `Complaint` where the file of certificates that it names cannot be read.
 */
export async function machineRegistry(folder: string): Promise<MachineRegistry | undefined> {
  const settings = ["registry", "cafile"].map((name) => setting(name, folder));
  const [url = "", cafile = ""] = await Promise.all(settings).catch(() => []);
  if (!/^https?:\/\//.test(url)) return undefined;
  return { url, ca: /^(null|undefined|)$/.test(cafile) ? undefined : await certificates(resolve(folder, cafile)) };
}

async function certificates(file: string): Promise<string> {
  try {
    return await readFile(file, "utf8");
  } catch (cause) {
    throw new Complaint(
      `expected certificates in ${file}, which npm's setting cafile names, found: ${cause instanceof Error ? cause.message : String(cause)}`,
      "Correct the setting, or delete it.",
    );
  }
}

async function setting(name: string, cwd: string): Promise<string> {
  const { stdout } = await run("npm", ["config", "get", name], { cwd, shell: process.platform === "win32" });
  return stdout.trim();
}
