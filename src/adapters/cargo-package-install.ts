import { access, constants, mkdir, realpath, rm, writeFile } from "node:fs/promises";
import { join, relative, sep } from "node:path";
import * as z from "zod";
import { cargoHome, copyCredentials, copyRegistries, dropTokens, rustupHome } from "#src/adapters/cargo-configuration";
import { keptCrate } from "#src/adapters/cargo-crates";
import { succeeded, troubleOf, unexpected } from "#src/adapters/client-trouble";
import { parseJson } from "#src/domain/parse-json";
import type { ClientTrouble, InstalledPackage, PackageInstall, PackageVersion } from "#src/ports/package-install";
import type { Execution, Shell } from "#src/ports/shell";
import type { Workspace } from "#src/ports/workspaces";

const patience = 15 * 60_000;
const lent = /^CARGO_(REGISTRY|REGISTRIES|HTTP)_.+/;

const manifest = z.object({
  packages: z.tuple([
    z.object({
      name: z.string(),
      version: z.string(),
      targets: z.array(z.object({ name: z.string(), kind: z.array(z.string()) })),
    }),
  ]),
});

/**
 * Installs crates with cargo: programs by `cargo install --locked`, out of exactly the crate that is given; a library becomes
 * the dependency of a project that a scenario completes. Credentials are lent to downloads alone: nothing that is built sees them.
 */
export function cargoPackageInstall(shell: Shell, source: NodeJS.ProcessEnv = process.env): PackageInstall {
  const configured = Object.entries(source).flatMap(([name, value]) =>
    value !== undefined && lent.test(name) ? [[name, value] as const] : [],
  );
  const credentials = Object.fromEntries(configured);
  const cargo: Cargo = (line, into, variables) =>
    shell.run({
      line,
      directory: into.directory,
      environment: { ...into.environment, ...homesOf(into, source), ...variables },
      timeout: patience,
    });
  return {
    async download(wanted, into) {
      await openHome(into, source);
      const { name, version, registry = "" } = wanted;
      const line = registry === "" ? 'cargo info -- "$SPEC"' : 'cargo info --registry "$REGISTRY" -- "$SPEC"';
      const variables = { ...credentials, SPEC: `${name}@${version}`, REGISTRY: registry };
      const execution = await cargo(line, into, variables);
      if (!succeeded(execution)) return troubleOf(execution);
      const crate = await keptCrate(homesOf(into, source).CARGO_HOME, wanted);
      return crate
        ? { archives: [crate] }
        : unexpected(`expected one crate of ${name} ${version}, found none or several`);
    },
    async install(archives, wanted, into) {
      const [archive, ...others] = archives;
      if (!archive || others.length > 0) return unexpected(`expected one crate, found ${archives.length}`);
      await openHome(into, source);
      await writeFile(join(into.root, "package.crate"), archive.bytes);
      const fetched = await cargo(fetchLine, into, { ...credentials, ...placesOf(wanted, into) });
      await closeHome(into, source);
      return succeeded(fetched) ? build(cargo, wanted, into, homesOf(into, source)) : troubleOf(fetched);
    },
  };
}

type Cargo = (line: string, into: Workspace, variables: Record<string, string>) => Promise<Execution>;

/** A crate without its own lock is a library's of old: whoever takes it chooses its dependencies anew. */
const fetchLine = `mkdir -p crates
tar -xzf "$ARCHIVE" -C crates
if [ -e "$CRATE/Cargo.lock" ]; then cargo fetch --locked --manifest-path "$CRATE/Cargo.toml"
else cargo fetch --manifest-path "$CRATE/Cargo.toml"; fi`;
const describeLine = 'cargo metadata --no-deps --offline --format-version 1 --manifest-path "$CRATE/Cargo.toml"';
const installLine = 'cargo install --locked --offline --path "$CRATE" --root "$PREFIX"';

async function build(
  cargo: Cargo,
  wanted: PackageVersion,
  into: Workspace,
  variables: Record<string, string>,
): Promise<InstalledPackage | ClientTrouble> {
  const places = placesOf(wanted, into);
  const described = await cargo(describeLine, into, places);
  const read = manifest.safeParse(parseJson(/^\{.*\}$/m.exec(described.output)?.[0] ?? ""));
  if (!succeeded(described) || !read.success) return troubleOf(described);
  const [{ name, version, targets }] = read.data.packages;
  const programs = targets.filter(({ kind }) => kind.includes("bin")).map((target) => target.name);
  if (programs.length === 0) await writeProject(name, into, places.CRATE);
  const installed = programs.length > 0 ? await cargo(installLine, into, places) : described;
  if (!succeeded(installed)) return troubleOf(installed);
  const base = await realpath(into.directory);
  const found = programs.map(async (program) => ({
    name: program,
    resolved: await resolveProgram(base, join(into.directory, "cargo/bin", program)),
  }));
  return {
    name,
    version,
    resolved: pathFrom(base, await realpath(join(into.directory, places.CRATE))),
    within: [places.CRATE, "cargo/bin"],
    programs: await Promise.all(found),
    path: ["cargo/bin"],
    variables,
  };
}

/** A project of its own, in which a scenario writes what uses the library. */
async function writeProject(name: string, { directory }: Workspace, crate: string): Promise<void> {
  const dependency = `${JSON.stringify(name)} = { path = ${JSON.stringify(crate)} }`;
  const text = `[package]\nname = "smoke"\nversion = "0.0.0"\nedition = "2021"\n\n[dependencies]\n${dependency}\n\n[workspace]\nexclude = ["crates"]\n`;
  await writeFile(join(directory, "Cargo.toml"), text);
}

function placesOf({ name, version }: PackageVersion, { root }: Workspace) {
  return { ARCHIVE: join(root, "package.crate"), CRATE: `crates/${name}-${version}`, PREFIX: "cargo" };
}

function homesOf({ root }: Workspace, source: NodeJS.ProcessEnv) {
  const { RUSTUP_TOOLCHAIN } = source;
  return {
    CARGO_HOME: join(root, "cargo-home"),
    RUSTUP_HOME: rustupHome(source),
    ...(RUSTUP_TOOLCHAIN ? { RUSTUP_TOOLCHAIN } : {}),
  };
}

async function openHome(into: Workspace, source: NodeJS.ProcessEnv): Promise<void> {
  const home = { from: cargoHome(source), to: homesOf(into, source).CARGO_HOME };
  await mkdir(home.to, { recursive: true });
  await copyRegistries(home);
  await copyCredentials(home);
}

/** From here on only what everybody may know is left of the configuration. */
async function closeHome(into: Workspace, source: NodeJS.ProcessEnv): Promise<void> {
  const home = homesOf(into, source).CARGO_HOME;
  for (const name of ["credentials", "credentials.toml"]) await rm(join(home, name), { force: true });
  await dropTokens(home);
}

async function resolveProgram(base: string, program: string): Promise<string | undefined> {
  try {
    await access(program, constants.X_OK);
    return pathFrom(base, await realpath(program));
  } catch {
    return undefined;
  }
}

function pathFrom(base: string, path: string): string {
  return relative(base, path).split(sep).join("/");
}
