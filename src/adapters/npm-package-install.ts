import { access, constants, mkdtemp, readdir, readFile, realpath, writeFile } from "node:fs/promises";
import { join, relative, sep } from "node:path";
import * as z from "zod";
import { userConfigurationPath } from "#src/adapters/npm-user-configuration";
import type { ClientTrouble, InstalledPackage, PackageArchive, PackageInstall } from "#src/ports/package-install";
import type { Execution, Shell } from "#src/ports/shell";
import type { Workspace } from "#src/ports/workspaces";

const patience = 5 * 60_000;
const quiet = "--no-audit --no-fund --loglevel=error";

const project = z.looseObject({ dependencies: z.record(z.string(), z.string()).default({}) });
const manifest = z.looseObject({
  name: z.string(),
  version: z.string(),
  peerDependencies: z.record(z.string(), z.string()).default({}),
  bin: z.union([z.string(), z.record(z.string(), z.string())]).optional(),
});

/**
 * Installs packages with the npm client. Its user configuration and the token that it refers to (`NODE_AUTH_TOKEN`) are
 * lent to the client alone: packages' own scripts run afterwards, without them.
 */
export function npmPackageInstall(shell: Shell, source: NodeJS.ProcessEnv = process.env): PackageInstall {
  const credentials: Record<string, string> = {
    npm_config_userconfig: userConfigurationPath(source),
    // The stage tries again by itself, and keeps the first failure.
    npm_config_fetch_retries: "0",
    ...(source.NODE_AUTH_TOKEN ? { NODE_AUTH_TOKEN: source.NODE_AUTH_TOKEN } : {}),
  };
  const npm = async (line: string, { directory, environment }: Workspace, variables: Record<string, string>) =>
    shell.run({ line, directory, environment: { ...environment, ...variables }, timeout: patience });
  return {
    async download({ name, version }, into) {
      const folder = await mkdtemp(join(into.root, "download-"));
      const line = 'npm pack --loglevel=error --pack-destination "$DOWNLOADS" -- "$PACKAGE"';
      const variables = { ...credentials, DOWNLOADS: folder, PACKAGE: `${name}@${version}` };
      const execution = await npm(line, into, variables);
      const [archive, ...others] = await readdir(folder);
      if (!succeeded(execution) || !archive || others.length > 0) return troubleOf(execution);
      return { archives: [{ name: archive, bytes: await readFile(join(folder, archive)) }] };
    },
    async install(archives, { name, backends = [] }, into) {
      const [archive, ...others] = archives;
      if (!archive || others.length > 0) return severalArchives(archives);
      const file = join(into.root, "package.tgz");
      await writeFile(file, archive.bytes);
      const variables = { ARCHIVE: file };
      const installation = await npm(`npm install --ignore-scripts ${quiet} -- "$ARCHIVE"`, into, {
        ...credentials,
        ...variables,
      });
      if (!succeeded(installation)) return troubleOf(installation);
      const peers = await peersAmong(backends, join(into.directory, "node_modules", ...name.split("/")));
      const specs = Object.keys(peers).map((variable) => `"$${variable}"`);
      const line = `npm install --ignore-scripts --no-save ${quiet} -- ${specs.join(" ")}`;
      const beside = specs.length > 0 ? await npm(line, into, { ...credentials, ...peers }) : installation;
      if (!succeeded(beside)) return troubleOf(beside);
      const scripts = await npm("npm rebuild --loglevel=error", into, {});
      return succeeded(scripts) ? inspect(into.directory) : troubleOf(scripts);
    },
  };
}

function succeeded({ ending, exit }: Execution): boolean {
  return ending === "exited" && exit === 0;
}

function troubleOf({ ending, exit, output }: Execution): ClientTrouble {
  return { trouble: { ended: ending === "exited" ? `exit code ${exit}` : ending, said: output } };
}

function severalArchives({ length }: PackageArchive[]): ClientTrouble {
  return { trouble: { ended: "no start", said: `expected one tarball of the package, found ${length}` } };
}

/** Reads what npm wrote: the one dependency of the project, its manifest, and where its programs lead. */
async function inspect(directory: string): Promise<InstalledPackage | ClientTrouble> {
  const { dependencies } = project.parse(JSON.parse(await readFile(join(directory, "package.json"), "utf8")));
  const [name, ...others] = Object.keys(dependencies);
  if (name === undefined || others.length > 0) {
    return {
      trouble: { ended: "exit code 0", said: `expected one package, found ${Object.keys(dependencies).length}` },
    };
  }
  const folder = join(directory, "node_modules", ...name.split("/"));
  const found = await manifestIn(folder);
  const base = await realpath(directory);
  const programs = programNames(found).map(async (program) => ({
    name: program,
    resolved: await resolveProgram(base, join(directory, "node_modules", ".bin", program)),
  }));
  return {
    name: found.name,
    version: found.version,
    resolved: pathFrom(base, await realpath(folder)),
    within: [`node_modules/${name}`],
    programs: await Promise.all(programs),
    path: ["node_modules/.bin"],
    backends: Object.keys(found.peerDependencies),
    variables: {},
  };
}

async function manifestIn(folder: string): Promise<z.infer<typeof manifest>> {
  return manifest.parse(JSON.parse(await readFile(join(folder, "package.json"), "utf8")));
}

/** Names the wanted peers in the range that the package itself declares, each in a variable; one that it does not declare is judged later. */
async function peersAmong(backends: string[], folder: string): Promise<Record<string, string>> {
  if (backends.length === 0) return {};
  const { peerDependencies } = await manifestIn(folder);
  const declared = backends.filter((backend) => Object.hasOwn(peerDependencies, backend));
  return Object.fromEntries(declared.map((peer, index) => [`PEER_${index}`, `${peer}@${peerDependencies[peer]}`]));
}

function programNames({ name, bin }: z.infer<typeof manifest>): string[] {
  if (bin === undefined) return [];
  return typeof bin === "string" ? [name.split("/").at(-1) ?? name] : Object.keys(bin);
}

async function resolveProgram(base: string, link: string): Promise<string | undefined> {
  try {
    await access(link, constants.X_OK);
    return pathFrom(base, await realpath(link));
  } catch {
    return undefined;
  }
}

function pathFrom(base: string, path: string): string {
  return relative(base, path).split(sep).join("/");
}
