import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { findOnPath } from "../../on-path.ts";

const run = promisify(execFile);

/** Finds this machine's pip by its usual names. */
export function machinePip(): string | undefined {
  return findOnPath(["pip", "pip3"]);
}

/**
 * Asks this machine's pip which index it is set up for, from which projects of others may be read; the default is in its
 * own help. Undefined where there is no usable answer.
 */
export async function machineIndex(): Promise<string | undefined> {
  const pip = machinePip();
  if (pip === undefined) return undefined;
  const env = { ...process.env, COLUMNS: "400" };
  const told = await run(pip, ["config", "get", "global.index-url"], { env }).catch(() => ({ stdout: "" }));
  const configured = process.env.PIP_INDEX_URL ?? told.stdout.trim();
  if (configured !== "") return configured;
  const help = await run(pip, ["download", "--help"], { env }).catch(() => ({ stdout: "" }));
  return /--index-url <url>.*?\(default (https?:\/\/[^\s)]+)\)/s.exec(help.stdout)?.[1];
}
