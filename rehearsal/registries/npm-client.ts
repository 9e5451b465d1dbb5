import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type Client, clientOf } from "./client-run.ts";

/** The machine's npm with its own empty home, cache and configuration, so that nothing of the user's is read or written. */
export async function npmClient(home: string, npmrc: string): Promise<Client> {
  await mkdir(home, { recursive: true });
  await writeFile(join(home, ".npmrc"), npmrc, { mode: 0o600 });
  return clientOf(process.platform === "win32" ? "npm.cmd" : "npm", {
    PATH: process.env.PATH ?? "",
    HOME: home,
    USERPROFILE: home,
    npm_config_userconfig: join(home, ".npmrc"),
    npm_config_globalconfig: join(home, "global.npmrc"),
    npm_config_cache: join(home, "cache"),
    npm_config_prefix: join(home, "prefix"),
  });
}
