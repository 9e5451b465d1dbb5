import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Config } from "#src/contract/config/schema";
import { type ArtifactBackend, startArtifacts } from "./artifacts/start-artifacts.ts";
import { type ChannelRegistries, startChannelRegistries } from "./channel-registries.ts";
import { startClock, type VirtualClock } from "./clock/clock.ts";
import { Complaint } from "./complaint.ts";
import type { Folders } from "./folders.ts";
import { type EmbeddedGitHub, startGitHub } from "./github/start-github.ts";
import { journalTo } from "./journal-to.ts";
import { type NpmRegistry, startNpmRegistry } from "./registries/npm.ts";
import type { Uplink } from "./registries/verdaccio.ts";
import { tapChannels, tapFolder } from "./taps.ts";
import { withoutOwnRuns } from "./without-own-runs.ts";

/** The embedded services of one rehearsal, all on loopback and in one virtual time. */
export interface World {
  root: string;
  folders: Folders;
  clock: VirtualClock;
  github: EmbeddedGitHub;
  artifacts: ArtifactBackend;
  npm: NpmRegistry;
  /** Registries that are there only where a channel of their kind is configured. */
  registries: ChannelRegistries;
  /** Variables that the rehearsed machine has besides a runner's own. */
  machine: Record<string, string>;
  /** Everything that a release could have changed, as plain JSON: two equal snapshots mean that nothing was written. */
  snapshot(): Promise<unknown>;
  close(): Promise<void>;
}

/** What a world is started for. */
export interface WorldOptions {
  root: string;
  folders: Folders;
  repository: string;
  port: number | undefined;
  uplink: Uplink | undefined;
  /** Configuration of the repository; it says which further registries are needed. */
  config: Config | undefined;
  /** Whether an example is released, which depends on nothing of others. */
  staged: boolean;
}

/** Starts the embedded services over the folders, where an earlier rehearsal may have left its state. */
export async function startWorld({
  root,
  folders,
  repository,
  port,
  uplink,
  ...released
}: WorldOptions): Promise<World> {
  for (const folder of [folders.world, folders.artifacts, folders.packages, folders.jobs])
    mkdirSync(folder, { recursive: true });
  const clock = await startClock();
  if (existsSync(folders.clock)) await clock.load(folders.clock);
  // With each stretch that passes, as a rehearsal may be killed at any moment.
  clock.onAdvance(() => clock.save(folders.clock));
  const github = await startGitHub({
    repository,
    gitDir: folders.git,
    clock,
    journal: folders.journal,
    stateFile: folders.githubState,
    ...(port === undefined ? {} : { port }),
  }).catch(async (cause: unknown) => {
    await clock.close();
    return refusePort(port, cause);
  });
  const artifacts = await startArtifacts({
    folder: folders.artifacts,
    clock,
    journal: join(folders.home, "artifact-requests.jsonl"),
  });
  github.serveArtifacts(artifacts.source);
  for (const { tap } of tapChannels(released.config)) github.serveTap(tap, tapFolder(folders, tap));
  const npm = await startNpmRegistry({
    storage: folders.packages,
    clock,
    journal: journalTo(join(folders.home, "registry-requests.jsonl")),
    ...(uplink ? { uplink } : {}),
  });
  writeFileSync(userConfig(folders), npm.npmrc());
  const registries = await startChannelRegistries(released, folders, clock);

  return {
    root,
    folders,
    clock,
    github,
    artifacts,
    npm,
    registries,
    machine: { ...clock.environment, NPM_CONFIG_USERCONFIG: userConfig(folders), ...registries.environment },
    snapshot: async () => ({
      github: withoutOwnRuns(await github.snapshot()),
      npm: await ownPackages(npm, uplink),
      ...registries.snapshot(),
    }),
    close: async () => {
      clock.save(folders.clock);
      await Promise.all([github.close(), artifacts.close(), npm.close(), registries.close(), clock.close()]);
    },
  };
}

/** What was read through the uplink is kept beside what was published here, and is no state of the release. */
async function ownPackages(npm: NpmRegistry, uplink: Uplink | undefined) {
  const packages = Object.entries(await npm.packages());
  return Object.fromEntries(packages.filter(([name]) => !uplink || uplink.own.includes(name)));
}

function refusePort(port: number | undefined, cause: unknown): never {
  if (port === undefined || !(cause instanceof Error && "code" in cause && cause.code === "EADDRINUSE")) throw cause;
  throw new Complaint(
    `expected port ${port} to be free, found another program listening`,
    "Name another one, or leave --port out.",
  );
}

/** The npm configuration of the rehearsed machine: its default registry, with the credential that a publisher would have. */
export function userConfig(folders: Folders): string {
  return join(folders.world, "npmrc");
}

/** The commit of the suite that is rehearsed; a folder without git, as from an archive, counts as unknown. */
export function suiteCommit(root: string): string {
  try {
    return execFileSync("git", ["rev-parse", "HEAD"], {
      cwd: root,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    }).trim();
  } catch {
    return "0".repeat(40);
  }
}
