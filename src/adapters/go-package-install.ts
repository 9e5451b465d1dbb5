import { mkdir, readdir, readFile, realpath, writeFile } from "node:fs/promises";
import { basename, isAbsolute, join, relative, sep } from "node:path";
import { pathToFileURL } from "node:url";
import * as z from "zod";
import { succeeded, troubleOf, unexpected } from "#src/adapters/client-trouble";
import { goConfiguration } from "#src/adapters/go-environment";
import { readArchive } from "#src/domain/archive/read-archive";
import { parseJson } from "#src/domain/parse-json";
import type {
  ClientTrouble,
  InstalledPackage,
  PackageArchive,
  PackageInstall,
  PackageVersion,
} from "#src/ports/package-install";
import type { Execution, Shell } from "#src/ports/shell";
import type { Workspace } from "#src/ports/workspaces";

const patience = 15 * 60_000;
const downloaded = z.object({ Zip: z.string(), Sum: z.string().regex(/^h1:/) });

/**
 * Installs modules with the go command: every program of the module, out of exactly the zip that is given, which stands before the
 * configured proxies; a library becomes a requirement of a project that a scenario completes.
 */
export function goPackageInstall(shell: Shell, source: NodeJS.ProcessEnv = process.env): PackageInstall {
  const go: Go = (line, into, variables) =>
    shell.run({
      line,
      directory: into.directory,
      environment: {
        ...into.environment,
        ...goConfiguration(source),
        ...placesOf(into),
        ...homeOf(into),
        ...variables,
      },
      timeout: patience,
    });
  return {
    async download({ name, version }, into) {
      const execution = await go('go mod download -json -- "$MODULE@$VERSION"', into, {
        MODULE: name,
        VERSION: `v${version}`,
        // Apart from where the installation looks: it must not find what was only downloaded.
        GOMODCACHE: join(into.root, "go-download"),
      });
      const { data } = downloaded.safeParse(parseJson(/^\{$[\s\S]*^\}$/m.exec(execution.output)?.[0] ?? ""));
      if (!succeeded(execution) || !data) return troubleOf(execution);
      return { archives: [{ name: basename(data.Zip), bytes: await readFile(data.Zip), registry: data.Sum }] };
    },
    async install(archives, wanted, into) {
      const [archive, ...others] = archives;
      if (!archive || others.length > 0) return unexpected(`expected one zip of the module, found ${archives.length}`);
      const configured = await go("go env GOPROXY", into, {});
      if (!succeeded(configured)) return troubleOf(configured);
      const first = await writeProxy(archive, wanted, into);
      const variables = {
        MODULE: wanted.name,
        VERSION: `v${wanted.version}`,
        GOPROXY: [first, configured.output.trim()].filter(Boolean).join(","),
        ...buildCacheOf(source),
      };
      return build(go, into, variables);
    },
  };
}

type Go = (line: string, into: Workspace, variables: Record<string, string>) => Promise<Execution>;

async function build(
  go: Go,
  into: Workspace,
  variables: Record<string, string>,
): Promise<InstalledPackage | ClientTrouble> {
  const folder = join(into.directory, "bin");
  await mkdir(folder, { recursive: true });
  const installed = await go('go install "$MODULE/...@$VERSION"', into, variables);
  if (!succeeded(installed)) return troubleOf(installed);
  const programs = await readdir(folder);
  if (programs.length === 0) {
    const required = await go('go mod init smoke\ngo get "$MODULE@$VERSION"', into, variables);
    if (!succeeded(required)) return troubleOf(required);
  }
  const found =
    programs.length > 0 ? 'go version -m "bin/$PROGRAM"' : 'go list -m -f "mod {{.Path}} {{.Version}}" "$MODULE"';
  const told = await go(found, into, { ...variables, PROGRAM: programs[0] ?? "" });
  const [, name, version] = /^\s*mod\s+(\S+)\s+v(\S+)/m.exec(told.output) ?? [];
  if (!succeeded(told) || name === undefined || version === undefined) return troubleOf(told);
  const base = await realpath(into.directory);
  const pathFrom = async (path: string) =>
    relative(base, await realpath(path))
      .split(sep)
      .join("/");
  return {
    name,
    version,
    resolved: "bin",
    within: ["bin"],
    programs: await Promise.all(
      programs.map(async (program) => ({ name: program, resolved: await pathFrom(join(folder, program)) })),
    ),
    path: ["bin"],
    variables: programs.length > 0 ? {} : variablesOf(into, variables),
  };
}

/** What a scenario needs that runs the command itself, for a library. */
function variablesOf(into: Workspace, { GOPROXY = "", ...variables }: Record<string, string>) {
  const { XDG_CONFIG_HOME } = homeOf(into);
  return { ...placesOf(into), ...buildCacheOf(variables), XDG_CONFIG_HOME, GOPROXY: harmless(GOPROXY) };
}

/** Proxies without a credential in their address; a scenario may need them for what a library requires. */
function harmless(proxies: string): string {
  return proxies
    .split(/(?=[,|])/)
    .filter((proxy) => !/\/\/[^/]*@/.test(proxy))
    .join("");
}

/** Writes a module where a proxy would serve it (Go Modules Reference, "GOPROXY protocol"); returns the address of the folder. */
async function writeProxy(
  { bytes }: PackageArchive,
  { name, version }: PackageVersion,
  { root }: Workspace,
): Promise<string> {
  const proxy = join(root, "go-proxy");
  const folder = join(proxy, ...escaped(name).split("/"), "@v");
  await mkdir(folder, { recursive: true });
  const mod = readArchive(bytes).find(({ path }) => path === `${name}@v${version}/go.mod`)?.content;
  const spelt = escaped(`v${version}`);
  await writeFile(join(folder, "list"), `v${version}\n`);
  await writeFile(join(folder, `${spelt}.info`), JSON.stringify({ Version: `v${version}` }));
  // A module from before modules has none: its name alone stands for it.
  await writeFile(join(folder, `${spelt}.mod`), mod ?? `module ${name}\n`);
  await writeFile(join(folder, `${spelt}.zip`), bytes);
  return pathToFileURL(proxy).href;
}

/** Upper-case letters are written as `!` and the lower-case one, as some file systems do not tell them apart. */
function escaped(text: string): string {
  return text.replace(/[A-Z]/g, (letter) => `!${letter.toLowerCase()}`);
}

/** The command counts its own use in its user's folders, which a scenario must find untouched. */
function homeOf({ root }: Workspace) {
  const home = join(root, "go-home");
  return { HOME: home, XDG_CONFIG_HOME: join(home, "config") };
}

/** A job may name a cache of builds, which goes by content; modules are never taken from a cache. */
function buildCacheOf({ GOCACHE }: NodeJS.ProcessEnv): Record<string, string> {
  return GOCACHE && isAbsolute(GOCACHE) ? { GOCACHE } : {};
}

function placesOf({ root, directory }: Workspace) {
  return {
    GOPATH: join(root, "go"),
    GOMODCACHE: join(root, "go-modules"),
    GOCACHE: join(root, "go-build"),
    GOBIN: join(directory, "bin"),
    GOFLAGS: "-modcacherw",
    GOWORK: "off",
    GOTOOLCHAIN: "local",
  };
}
