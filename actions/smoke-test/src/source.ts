import type { ChannelPolicy } from "#src/contract/config/channels";
import type { BuildPolicy, ScenarioPolicy } from "#src/contract/config/smoke-scenario";
import type { BuiltFile } from "#src/domain/build-manifest";
import { imageName } from "#src/domain/image-name";
import { pythonName } from "#src/domain/python-names";
import type { NamedRelease } from "#src/domain/release";
import type { PackageKind, PackageVersion } from "#src/ports/package-install";
import type { Finding } from "./trial.ts";

/** Where a scenario takes the product from. `files` is undefined for a version whose manifest is not at hand. */
export type Source =
  | { kind: "none" }
  | { kind: "refused"; finding: Finding }
  | { kind: "package"; client: PackageKind; wanted: PackageVersion; files: BuiltFile[] | undefined; served: boolean }
  | { kind: "repository"; ref: string; commit: string | undefined }
  | { kind: "build"; commit: string; version: string; build: BuildPolicy };

/** A version that was released before. */
export interface PreviousRelease {
  tag: string;
  version: string;
}

/** What was planned and built, as far as scenarios depend on it. */
export interface Setting {
  release: NamedRelease;
  previous: PreviousRelease | undefined;
  channels: ChannelPolicy[];
  built: BuiltFile[];
}

type PackagedPolicy = Extract<ChannelPolicy, { kind: PackageKind }>;

/** Files of the build manifest that users of each kind of channel install. */
const installed: Record<PackageKind, BuiltFile["kind"][]> = {
  npm: ["npm"],
  pypi: ["wheel", "sdist"],
  cargo: ["crate"],
  go: ["go-module"],
  oci: ["image"],
};

/**
 * Decides where a scenario takes the released version from: as its channel serves it in live mode, the built archive or the
 * commit itself in a rehearsal or where the scenario says so. One that names no channel that is there is refused.
 */
export function releasedSource(scenario: ScenarioPolicy, setting: Setting): Source {
  if (scenario.origin === "source-build") return buildOf(scenario, setting);
  const { release, built } = setting;
  const channel = channelOf(scenario, setting);
  if ("finding" in channel) return channel;
  const served = scenario.origin === "published" && release.mode === "live";
  if (channel.kind === "git-tag") {
    return { kind: "repository", ref: served ? `refs/tags/${release.tag}` : release.sha, commit: release.sha };
  }
  if (!isPackaged(channel)) return notInstallable(channel);
  const files = built.filter((one) => installed[channel.kind].includes(one.kind) && isOf(channel, one));
  const wanted = { ...wantedFrom(channel, release.version), ...backendsOf(scenario) };
  if (files.length === 0) {
    return refuse("smoke.no-artifact", `expected an archive of ${wanted.name} in the manifest, found none`);
  }
  return { kind: "package", client: channel.kind, wanted, files, served };
}

/** Decides where a scenario takes the version before from: always as its channel serves it, as nothing else of it is at hand. */
export function previousSource(scenario: ScenarioPolicy, setting: Setting): Source {
  const { previous } = setting;
  if (!previous) return refuse("smoke.no-artifact", "expected a release before this one, found none");
  const channel = channelOf(scenario, setting);
  if ("finding" in channel) return channel;
  if (channel.kind === "git-tag") return { kind: "repository", ref: `refs/tags/${previous.tag}`, commit: undefined };
  if (!isPackaged(channel)) return notInstallable(channel);
  const wanted = { ...wantedFrom(channel, previous.version), ...backendsOf(scenario) };
  return { kind: "package", client: channel.kind, wanted, files: undefined, served: true };
}

/** Finds the channel that a scenario takes the product from; the only one where it names none. */
export function channelOf(
  scenario: Pick<ScenarioPolicy, "channel">,
  { channels }: Pick<Setting, "channels">,
): ChannelPolicy | Extract<Source, { kind: "refused" }> {
  const [channel, ...others] = scenario.channel ? channels.filter(({ id }) => id === scenario.channel) : channels;
  if (channel && others.length === 0) return channel;
  const wanted = scenario.channel ? `a channel named ${scenario.channel}` : "`channel`, or one channel only";
  return refuse("smoke.no-channel", `expected ${wanted}, found ${channels.map(({ id }) => id).join(", ") || "none"}`);
}

/** Tells whether users install packages from a channel. */
export function isPackaged(channel: ChannelPolicy): channel is PackagedPolicy {
  return Object.hasOwn(installed, channel.kind);
}

function isOf(channel: PackagedPolicy, { name, package: own }: BuiltFile): boolean {
  if (channel.kind === "oci") return imageName(channel.image)?.path === name;
  if (channel.kind === "pypi") return pythonName(channel.package) === pythonName(own ?? "");
  return channel.package === own;
}

function wantedFrom(channel: PackagedPolicy, version: string): PackageVersion {
  if (channel.kind === "oci") return { name: channel.image, version, tag: `${channel["tag-prefix"]}${version}` };
  return { name: channel.package, version, ...("registry" in channel ? { registry: channel.registry } : {}) };
}

function backendsOf({ backends }: ScenarioPolicy): Pick<PackageVersion, "backends"> {
  return backends.length > 0 ? { backends } : {};
}

function notInstallable({ id, kind }: ChannelPolicy): Source {
  const because = `expected a channel that packages are installed from, found ${id} of kind ${kind}`;
  return refuse("smoke.no-channel", `${because}; let the scenario fetch it by itself, with \`install: none\``);
}

function buildOf({ build }: ScenarioPolicy, { release: { sha, version } }: Setting): Source {
  if (!build) return refuse("smoke.no-artifact", "expected `build` beside `origin: source-build`, found none");
  return { kind: "build", commit: sha, version: build.prints.replaceAll("{version}", version), build };
}

function refuse(code: Finding["code"], because: string): Extract<Source, { kind: "refused" }> {
  return { kind: "refused", finding: { code, class: "harness", because } };
}
