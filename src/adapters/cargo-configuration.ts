import { copyFile, mkdir, readFile, writeFile } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import { parse, stringify, TomlError } from "smol-toml";
import * as z from "zod";
import { whereAbsent } from "#src/adapters/error-code";

/** A job's variables. */
export type Variables = Record<string, string | undefined>;

/** What of cargo's configuration says where crates come from, and how they are fetched. */
const ofRegistries = ["registry", "registries", "source", "net", "http", "credential-alias"];

const named = z.looseObject({ registry: z.looseObject({ default: z.string().optional() }).optional() });

/** Where the job's cargo keeps its configuration and credentials. */
export function cargoHome(source: Variables): string {
  return source.CARGO_HOME ?? join(source.HOME ?? source.USERPROFILE ?? homedir(), ".cargo");
}

/** Where rustup keeps its toolchains: a cargo that is rustup's needs them, wherever its own home is. */
export function rustupHome(source: Variables): string {
  return source.RUSTUP_HOME ?? join(source.HOME ?? source.USERPROFILE ?? homedir(), ".rustup");
}

/** Where the configuration comes from, and where it goes. */
export interface ConfigurationMove {
  from: string;
  to: string;
}

/**
 * Copies what the configuration in a folder says of registries, and nothing else: a project's linker or vendored sources are
 * none of a stranger's. Returns the registry that it makes the default. A file that cannot be read is copied whole, for cargo to complain of.
 */
export async function copyRegistries({ from, to }: ConfigurationMove): Promise<string | undefined> {
  const texts = ["config", "config.toml"].map((name) =>
    readFile(join(from, name), "utf8").catch(whereAbsent(undefined)),
  );
  const text = (await Promise.all(texts)).find((each) => each !== undefined);
  await mkdir(to, { recursive: true });
  if (text === undefined) return undefined;
  const chosen = chooseRegistries(text);
  await writeFile(join(to, "config.toml"), chosen ? stringify(chosen) : text, { mode: 0o600 });
  return chosen && named.parse(chosen).registry?.default;
}

/** Copies the credentials that cargo has for its registries, where it has any. */
export async function copyCredentials({ from, to }: ConfigurationMove): Promise<void> {
  for (const name of ["credentials", "credentials.toml"])
    await copyFile(join(from, name), join(to, name)).catch(whereAbsent(undefined));
}

/** Takes every token and every key out of a configuration that was copied. */
export async function dropTokens(folder: string): Promise<void> {
  const file = join(folder, "config.toml");
  const text = await readFile(file, "utf8").catch(whereAbsent(undefined));
  if (text === undefined) return;
  const kept = JSON.parse(JSON.stringify(chooseRegistries(text) ?? {}), (name, value) =>
    ["token", "secret-key", "credential-provider"].includes(name) ? undefined : value,
  );
  await writeFile(file, stringify(kept), { mode: 0o600 });
}

function chooseRegistries(text: string): Record<string, unknown> | undefined {
  try {
    const all = Object.entries(parse(text));
    return named.parse(Object.fromEntries(all.filter(([name]) => ofRegistries.includes(name))));
  } catch (error) {
    if (error instanceof TomlError || error instanceof z.ZodError) return undefined;
    throw error;
  }
}
