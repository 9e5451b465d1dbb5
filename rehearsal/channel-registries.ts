import { execFile } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import type { Config } from "#src/contract/config/schema";
import type { VirtualClock } from "./clock/clock.ts";
import type { Folders } from "./folders.ts";
import { journalTo } from "./journal-to.ts";
import { rustupHome } from "./registries/cargo-client.ts";
import { type CrateRegistry, startCrateRegistry } from "./registries/crates.ts";
import { type ModuleProxy, startModuleProxy } from "./registries/go-proxy.ts";
import { configureContainerClients } from "./registries/oci/container-clients.ts";
import { type OciRegistry, startOciRegistry } from "./registries/oci/oci.ts";
import { machineIndex } from "./registries/pypi/machine-pip.ts";
import { type PypiIndex, startPypiIndex } from "./registries/pypi/pypi.ts";

const run = promisify(execFile);

/** The registries that only some releases need, each started where a channel of its kind is configured. */
export interface ChannelRegistries {
  crates?: CrateRegistry;
  modules?: ModuleProxy;
  images?: OciRegistry;
  python?: PypiIndex;
}

/** The started registries, with what they mean for the world around them. */
export interface StartedRegistries extends ChannelRegistries {
  /** Variables by which the machine's clients find them, and keep what they remember in the world's folder. */
  environment: Record<string, string>;
  /** What is published on each, as plain JSON. */
  snapshot(): Record<string, unknown>;
  close(): Promise<void>;
}

/** What is released: its configuration, and whether it is an example, which depends on nothing of others. */
export interface Released {
  config: Config | undefined;
  staged: boolean;
}

/** Starts the registries that the configuration's channels need, over the folders of an earlier rehearsal where there is one. */
export async function startChannelRegistries(
  { config, staged }: Released,
  folders: Folders,
  clock: Pick<VirtualClock, "now">,
): Promise<StartedRegistries> {
  const channels = config?.channels ?? [];
  const journal = journalTo(join(folders.home, "registry-requests.jsonl"));
  const crates = channels.some(({ kind }) => kind === "cargo")
    ? await startCrateRegistry({ storage: join(folders.world, "crates"), clock, journal })
    : undefined;
  const paths = channels.flatMap((channel) => (channel.kind === "go" ? channel.package : []));
  const origins = paths.map((path) => ({ path, repository: folders.git }));
  const modules =
    origins.length > 0
      ? await startModuleProxy({ storage: join(folders.world, "modules"), clock, journal, modules: origins })
      : undefined;
  const names = channels.flatMap((channel) => (channel.kind === "oci" ? channel.image : []));
  const images =
    names.length > 0 ? await startOciRegistry({ storage: join(folders.world, "images"), clock, journal }) : undefined;
  const python = channels.some(({ kind }) => kind === "pypi") ? await startPython(folders, clock, staged) : undefined;
  return {
    ...(images ? { images } : {}),
    ...(crates ? { crates } : {}),
    ...(modules ? { modules } : {}),
    ...(python ? { python } : {}),
    environment: {
      ...(images ? configureContainerClients(join(folders.world, "containers"), images, names) : {}),
      ...(crates ? cargoVariables(crates, staged, join(folders.world, "cargo")) : {}),
      ...(modules ? await goVariables(modules, staged, join(folders.world, "go")) : {}),
      ...(python ? pipVariables(python, staged) : {}),
    },
    snapshot: () => ({
      ...(images ? { images: images.images() } : {}),
      ...(crates ? { crates: crates.packages() } : {}),
      ...(modules ? { modules: modules.packages() } : {}),
      ...(python ? { python: python.projects() } : {}),
    }),
    close: async () => void (await Promise.all([images, crates, modules, python].map((each) => each?.close()))),
  };
}

/** cargo is told of a registry in a file; the credential that a publisher has is a variable. */
function cargoVariables(crates: CrateRegistry, alone: boolean, home: string): Record<string, string> {
  mkdirSync(home, { recursive: true });
  writeFileSync(join(home, "config.toml"), alone ? crates.config : crates.configBesideOthers);
  return { CARGO_HOME: home, RUSTUP_HOME: rustupHome(), CARGO_REGISTRIES_REHEARSAL_TOKEN: crates.token };
}

/** Modules of others come from where this machine's go takes them. */
async function goVariables({ environment, url }: ModuleProxy, alone: boolean, home: string) {
  const others = alone ? "" : (await run("go", ["env", "GOPROXY"])).stdout.trim();
  return {
    ...environment,
    GOPROXY: [url, others].filter(Boolean).join(","),
    GOPATH: home,
    // What is compiled goes by its content, and the standard library takes a minute for each platform.
    GOCACHE: join(import.meta.dirname, "../.cache/go-build"),
    // Modules are written read-only otherwise, and nobody could delete the rehearsal.
    GOFLAGS: "-modcacherw",
    GOTOOLCHAIN: "local",
  };
}

/** Projects of others come from the index that this machine's pip is set up for; an example has none. */
async function startPython(folders: Folders, clock: Pick<VirtualClock, "now">, staged: boolean): Promise<PypiIndex> {
  const others = staged ? undefined : await machineIndex();
  const line = journalTo(join(folders.home, "registry-requests.jsonl"));
  return startPypiIndex({
    storage: join(folders.world, "python"),
    clock,
    journal: (request) => line({ registry: "python", ...request }),
    ...(others === undefined ? {} : { others }),
  });
}

/** pip finds its versions by its old home where it is one of pyenv's, and trusts for others what this machine's pip trusts. */
function pipVariables({ publishingEnvironment }: PypiIndex, alone: boolean): Record<string, string> {
  const { HOME = "", PYENV_ROOT = join(HOME, ".pyenv"), PIP_CERT } = process.env;
  return { ...publishingEnvironment, PYENV_ROOT, ...(!alone && PIP_CERT ? { PIP_CERT } : {}) };
}
