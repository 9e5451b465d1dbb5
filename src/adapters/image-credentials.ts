import { readFile } from "node:fs/promises";
import { join } from "node:path";
import * as z from "zod";
import { whereAbsent } from "#src/adapters/error-code";
import { parseJson } from "#src/domain/parse-json";
import type { Shell } from "#src/ports/shell";

/** What a client logs in with, as it goes into a Basic header. */
export type Credential = { basic: string };

const login = z.looseObject({
  auth: z.string().optional(),
  username: z.string().optional(),
  password: z.string().optional(),
});
const configuration = z.looseObject({
  auths: z.record(z.string(), login).default({}),
  credHelpers: z.record(z.string(), z.string()).default({}),
  credsStore: z.string().default(""),
});
const helped = z.looseObject({ Username: z.string().min(1), Secret: z.string().min(1) });
const helperName = /^[a-z0-9][a-z0-9-]*$/;

/**
 * Finds the credential that this machine's container clients have for a registry, in `config.json` or through the credential
 * helper that it names; undefined where there is none, so that one asks as a stranger does. Nothing of it is ever told.
 */
export async function imageCredential(
  hosts: string[],
  { shell, environment }: { shell: Shell; environment: Record<string, string | undefined> },
): Promise<Credential | undefined> {
  const folder = environment.DOCKER_CONFIG ?? join(environment.HOME ?? environment.USERPROFILE ?? "", ".docker");
  const text = await readFile(join(folder, "config.json"), "utf8").catch(whereAbsent("{}"));
  const { data } = configuration.safeParse(parseJson(text));
  if (!data) return undefined;
  for (const host of hosts) {
    const kept = Object.entries(data.auths).find(([key]) => hostOf(key) === host)?.[1];
    const found = kept === undefined ? undefined : written(kept);
    if (found) return found;
    const helper = data.credHelpers[host] ?? data.credsStore;
    const told = helperName.test(helper) ? await askHelper(helper, host, { shell, environment }) : undefined;
    if (told) return told;
  }
  return undefined;
}

/** Keys of older clients are whole addresses. */
function hostOf(key: string): string {
  return key.replace(/^https?:\/\//, "").replace(/\/.*$/, "");
}

function written({ auth, username, password }: z.infer<typeof login>): Credential | undefined {
  if (auth) return { basic: auth };
  return username && password ? { basic: Buffer.from(`${username}:${password}`).toString("base64") } : undefined;
}

/** See https://docs.docker.com/reference/cli/docker/login/#credential-helper-protocol */
async function askHelper(
  helper: string,
  host: string,
  { shell, environment }: { shell: Shell; environment: Record<string, string | undefined> },
): Promise<Credential | undefined> {
  if (!(await shell.which(`docker-credential-${helper}`))) return undefined;
  const set = Object.entries(environment).filter((pair): pair is [string, string] => pair[1] !== undefined);
  const execution = await shell.run({
    line: 'printf "%s" "$REGISTRY_HOST" | "docker-credential-$CREDENTIAL_HELPER" get 2>/dev/null',
    directory: "/",
    environment: { ...Object.fromEntries(set), REGISTRY_HOST: host, CREDENTIAL_HELPER: helper },
    timeout: 30_000,
  });
  const { data } = helped.safeParse(execution.exit === 0 ? parseJson(execution.output) : undefined);
  return data && { basic: Buffer.from(`${data.Username}:${data.Secret}`).toString("base64") };
}
