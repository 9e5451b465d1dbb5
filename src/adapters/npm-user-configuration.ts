import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { whereAbsent } from "#src/adapters/error-code";

/** Where the job says that the npm client's user configuration is, or where the client looks without being told. */
export function userConfigurationPath(source: Record<string, string | undefined>): string {
  const told = Object.entries(source).find(([name]) => /^npm_config_userconfig$/i.test(name))?.[1];
  return told ?? join(source.HOME ?? source.USERPROFILE ?? "", ".npmrc");
}

/** Settings of the client that say where packages are, and nothing of who asks. All others may carry a credential. */
const harmless =
  /^(registry|@[^\s:]+:registry|cafile|strict-ssl|proxy|https-proxy|noproxy|audit|fund|update-notifier|fetch-[a-z-]+)$/;

/** Reads the client's user configuration without anything that could be a credential; a file that is not there is empty. */
export async function harmlessConfiguration(path: string): Promise<string> {
  const text = await readFile(path, "utf8").catch(whereAbsent(""));
  const settings = text.split(/\r?\n/).filter((line) => {
    const [, key = "", value = ""] = /^\s*([^=\s]+)\s*=\s*(.*)$/.exec(line) ?? [];
    return harmless.test(key) && !/\/\/[^/]*@|\$\{/.test(value);
  });
  return settings.map((line) => `${line.trim()}\n`).join("");
}
