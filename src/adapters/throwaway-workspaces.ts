import { createHash } from "node:crypto";
import { createReadStream, type Dirent } from "node:fs";
import { lstat, mkdir, mkdtemp, readdir, readFile, readlink, realpath, rm, writeFile } from "node:fs/promises";
import { join, relative, sep } from "node:path";
import { codeOf } from "#src/adapters/error-code";
import { harmlessConfiguration, userConfigurationPath } from "#src/adapters/npm-user-configuration";
import { endProcesses } from "#src/adapters/workspace-processes";
import type { Snapshot, SnapshotEntry } from "#src/domain/snapshot";
import type { Workspace, Workspaces } from "#src/ports/workspaces";

/** Variables of the job that a stranger's machine would have too; all others stay out. */
const kept =
  /^(PATH|LANG|LC_[A-Z]+|TZ|CI|https?_proxy|no_proxy|NODE_EXTRA_CA_CERTS|SSL_CERT_(FILE|DIR)|npm_config_(registry|globalconfig|cafile))$/i;

const atOnce = 32;

/** Opens workspaces under the runner's temporary folder; `workspace` is the checkout, which scenarios must leave alone. */
export function throwawayWorkspaces(
  { temp, workspace }: { temp: string; workspace: string },
  source: Record<string, string | undefined> = process.env,
): Workspaces {
  return {
    checkout: workspace,
    open: (name) => open(join(temp, `seaworthy-smoke-${name}-`), source),
    snapshot: (folder) => snapshot(folder, temp),
    read: (space, path) => readRegular(join(space.directory, path)),
    endProcesses,
    discard: (root) => rm(root, { recursive: true, force: true }),
  };
}

async function open(prefix: string, source: Record<string, string | undefined>): Promise<Workspace> {
  const root = await realpath(await mkdtemp(prefix));
  const [directory, home] = [join(root, "workspace"), join(root, "home")];
  const [cache, prefixFolder, scratch] = [join(root, "npm-cache"), join(root, "npm-prefix"), join(root, "tmp")];
  for (const folder of [directory, home, cache, prefixFolder, scratch]) await mkdir(folder);
  // Without a manifest of its own, npm would look for one in the folders above.
  await writeFile(join(directory, "package.json"), `${JSON.stringify({ private: true })}\n`);

  const given = Object.entries(source).flatMap(([name, value]) =>
    value !== undefined && kept.test(name) ? [[name, value] as const] : [],
  );
  const configuration = join(root, "npmrc");
  await writeFile(configuration, await harmlessConfiguration(userConfigurationPath(source)));
  const environment = {
    ...Object.fromEntries(given),
    HOME: home,
    TMPDIR: scratch,
    PATH: source.PATH ?? "",
    npm_config_cache: cache,
    npm_config_prefix: prefixFolder,
    npm_config_userconfig: configuration,
    npm_config_update_notifier: "false",
  };
  return { root, directory, home, environment };
}

/** The temporary folder is left out where it lies inside the folder; a folder inside of it is read whole. */
async function snapshot(folder: string, temp: string): Promise<Snapshot> {
  const nested = temp.startsWith(folder + sep);
  const entries = await list(folder);
  const paths = entries
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => !nested || (path !== temp && !path.startsWith(temp + sep)));
  const found = new Map<string, SnapshotEntry>();
  for (let start = 0; start < paths.length; start += atOnce) {
    const batch = paths.slice(start, start + atOnce);
    const described = await Promise.all(batch.map(describe));
    described.forEach((entry, index) => {
      const path = relative(folder, batch[index] ?? "").split(sep);
      if (entry) found.set(path.join("/"), entry);
    });
  }
  return found;
}

async function list(folder: string): Promise<Dirent[]> {
  try {
    return await readdir(folder, { recursive: true, withFileTypes: true });
  } catch (error) {
    if (codeOf(error) === "ENOENT") return [];
    throw error;
  }
}

/** Describes one entry; undefined where it vanished in between. What may not be read has no digest, and that is its digest. */
async function describe(path: string): Promise<SnapshotEntry | undefined> {
  try {
    const found = await lstat(path);
    const mode = found.mode & 0o7777;
    if (found.isDirectory()) return { kind: "directory", size: 0, mode, sha256: "" };
    if (found.isSymbolicLink()) return { kind: "link", size: 0, mode, sha256: digest(await readlink(path)) };
    if (!found.isFile()) return { kind: "other", size: 0, mode, sha256: "" };
    return { kind: "file", size: found.size, mode, sha256: await digestFile(path) };
  } catch (error) {
    if (codeOf(error) === "ENOENT") return undefined;
    throw error;
  }
}

async function digestFile(path: string): Promise<string> {
  const hash = createHash("sha256");
  try {
    for await (const chunk of createReadStream(path)) hash.update(chunk);
  } catch (error) {
    if (codeOf(error) === "EACCES") return "unreadable";
    throw error;
  }
  return hash.digest("hex");
}

function digest(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

async function readRegular(path: string): Promise<Uint8Array | undefined> {
  try {
    return (await lstat(path)).isFile() ? await readFile(path) : undefined;
  } catch (error) {
    const code = codeOf(error);
    if (code === "ENOENT" || code === "ENOTDIR") return undefined;
    throw error;
  }
}
