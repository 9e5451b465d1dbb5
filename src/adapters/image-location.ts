import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { parse } from "smol-toml";
import * as z from "zod";
import { codeOf, whereAbsent } from "#src/adapters/error-code";
import type { ImageName } from "#src/domain/image-name";

/** Where an image is asked for. */
export interface ImageLocation {
  /** Address of the registry, without a trailing slash. */
  origin: string;
  /** The repository's path at that registry. */
  path: string;
  /** Names under which a credential for the registry may be kept, the most exact first. */
  hosts: string[];
}

type Environment = Record<string, string | undefined>;

const entry = z.looseObject({
  prefix: z.string().default(""),
  location: z.string().default(""),
  insecure: z.boolean().default(false),
  blocked: z.boolean().default(false),
});
const configuration = z.looseObject({ registry: z.array(entry).default([]) });
type Entry = z.infer<typeof entry>;

/**
 * Finds where an image is served, by the `registries.conf` of this machine's container clients (containers-registries.conf(5)):
 * the longest prefix that fits moves the image to its location. Mirrors are left out, as users need not have them.
 * Loopback and what is marked as insecure is asked without TLS.
 */
export async function locateImage(
  { host, path }: ImageName,
  environment: Environment,
): Promise<ImageLocation | { unknown: string }> {
  const entries = await readEntries(environment);
  if ("unknown" in entries) return entries;
  const found = entries.entries
    .filter(({ prefix }) => fits(prefix, host, path))
    .toSorted((a, b) => b.prefix.length - a.prefix.length)[0];
  if (found?.blocked) return { unknown: `registries.conf blocks ${found.prefix}` };
  const moved = found ? moveTo(found, `${host}/${path}`) : `${host}/${path}`;
  const [target = "", ...rest] = moved.split("/");
  const scheme = found?.insecure || isLoopback(target) ? "http" : "https";
  return { origin: `${scheme}://${target}`, path: rest.join("/"), hosts: [...new Set([host, target])] };
}

async function readEntries(environment: Environment): Promise<{ entries: Entry[] } | { unknown: string }> {
  for (const file of candidates(environment)) {
    try {
      const text = await readFile(file, "utf8").catch(whereAbsent(undefined));
      if (text === undefined) continue;
      const { registry } = configuration.parse(parse(text));
      return { entries: registry.map((each) => ({ ...each, prefix: each.prefix || each.location })) };
    } catch (error) {
      const reason = codeOf(error) ?? "it is no configuration of registries";
      return { unknown: `expected the registries.conf of this machine to be read, found: ${reason}` };
    }
  }
  return { entries: [] };
}

/** The first of these that is there counts, as for the clients themselves. */
function candidates(environment: Environment): string[] {
  const told = environment.CONTAINERS_REGISTRIES_CONF;
  if (told) return [told];
  const home = environment.HOME ?? environment.USERPROFILE;
  const own = home ? [join(home, ".config", "containers", "registries.conf")] : [];
  return [...own, "/etc/containers/registries.conf"];
}

function fits(prefix: string, host: string, path: string): boolean {
  if (prefix.startsWith("*.")) return host.endsWith(prefix.slice(1));
  const whole = `${host}/${path}`;
  return prefix !== "" && (whole === prefix || whole.startsWith(`${prefix}/`));
}

function moveTo({ prefix, location }: Entry, whole: string): string {
  return location === "" || prefix.startsWith("*.") ? whole : `${location}${whole.slice(prefix.length)}`;
}

function isLoopback(host: string): boolean {
  return /^(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d+)?$/.test(host);
}
