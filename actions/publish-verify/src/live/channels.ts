import type { ChannelPolicy } from "#src/contract/config/channels";
import { milliseconds } from "#src/contract/config/fields";
import type { BuiltFile } from "#src/domain/build-manifest";
import { wantedFormula } from "#src/domain/formula/wanted-formula";
import { semverOfPython } from "#src/domain/python-semver";
import type { NamedRelease } from "#src/domain/release";
import type { TargetManifest } from "#src/domain/target-manifest";
import type { Check } from "#src/domain/verdict";
import type { CommandChannel } from "#src/ports/command-channel";
import type { FormulaSource } from "#src/ports/formula-source";
import type { ChannelLook, PackageChannel } from "#src/ports/package-channel";
import type { ServedBytes } from "#src/ports/served-bytes";
import type { TagContent } from "#src/ports/tag-content";
import type { FormulaPolicy } from "../alignment/formula-policy.ts";
import { channelCheck, type Finding } from "./finding.ts";
import { judgeDownloads, judgeFormula } from "./judge-formula.ts";
import { judgeTag, judgeUntagged } from "./judge-git-tag.ts";
import { judgePackage } from "./judge-package.ts";
import { filesFor, nameOf, type PackageExpectation, type PackagePolicy, packageKinds } from "./package-kinds.ts";
import { pointersOf } from "./pointers.ts";
import { unanswered } from "./unanswered.ts";
import { type Carried, withUpdater } from "./updater.ts";

/** Where the channels are asked. */
export interface ChannelPorts {
  packages: Record<Exclude<PackagePolicy["kind"], "command">, PackageChannel>;
  command: CommandChannel;
  content: TagContent;
  formulae: FormulaSource;
  bytes: ServedBytes;
  /** Address of the server, without a slash at its end. */
  server: string;
}

/** A channel with what was built for it. */
export interface Verification {
  channel: ChannelPolicy;
  release: NamedRelease;
  built: BuiltFile[];
  targets?: TargetManifest | undefined;
  /** Reads a built file that travelled with the build's evidence; undefined where that is not at hand. */
  carried?: Carried | undefined;
}

/**
 * Looks at one channel once, and judges what was seen. Without a built file there is nothing to compare with, and nothing is
 * asked. It never throws: what keeps a channel from being asked is a finding of that channel alone.
 */
export async function lookAt(verification: Verification, ports: ChannelPorts): Promise<Finding> {
  try {
    return await lookAtKind(verification, ports);
  } catch (thrown) {
    return unanswered(verification.channel, thrown);
  }
}

function lookAtKind({ channel, ...rest }: Verification, ports: ChannelPorts): Promise<Finding> {
  if (channel.kind === "git-tag") return lookAtTag({ channel, ...rest }, ports.content);
  if (channel.kind === "homebrew") return lookAtFormula({ channel, ...rest }, ports);
  return lookAtPackage({ channel, ...rest }, ports);
}

async function lookAtFormula(
  { channel, ...rest }: Verification & { channel: FormulaPolicy },
  { formulae, bytes, server }: ChannelPorts,
): Promise<Finding> {
  const wanted = wantedFormula({ channel, ...rest, server, sums: undefined });
  const expected = { channel, release: rest.release, wanted };
  const unaligned = judgeFormula(expected, await formulae.read(channel.tap, channel.formula));
  if (unaligned) return unaligned;
  const looks = wanted.downloads.map(async (one) => ({ wanted: one, sighting: await bytes.look(one.url) }));
  return judgeDownloads(expected, await Promise.all(looks));
}

async function lookAtPackage(
  { channel, release, built, carried }: Verification & { channel: PackagePolicy },
  ports: ChannelPorts,
): Promise<Finding> {
  const { noun, set } = packageKinds[channel.kind];
  const name = nameOf(channel);
  const files = filesFor(channel, built);
  if (files.length === 0)
    return incomparable(channel, "publish.files-empty", `expected a built ${noun} of ${name}, found none`);
  if (files.length > 1 && !set) {
    const names = files.map((file) => file.name).join(", ");
    const because = `expected one built ${noun} of ${name}, found ${names}`;
    return incomparable(channel, "build.artifact-duplicate", because);
  }
  const finding = judgePackage({ channel, release, files }, await look({ channel, release, files }, ports));
  if (channel.kind !== "github-release" || !channel.updater || !carried || finding.standing === "open") return finding;
  return withUpdater(finding, { channel, updater: channel.updater, release, files, carried }, ports);
}

function look({ channel, release, files }: PackageExpectation, ports: ChannelPorts): Promise<ChannelLook> {
  if (channel.kind === "command") {
    return ports.command.look({ run: channel.run, timeout: milliseconds(channel.timeout), release });
  }
  const wanted = { name: nameOf(channel), version: versionOn(channel, release), files };
  return ports.packages[channel.kind].look({ ...wanted, ...spelling(channel, release) });
}

/** Registries of npm and cargo know semantic versions only. */
function versionOn({ kind }: PackagePolicy, { version }: NamedRelease): string {
  return kind === "npm" || kind === "cargo" ? (semverOfPython(version) ?? version) : version;
}

/** What a channel of tags calls the version, and which of its pointers are wanted where it cannot list them. */
function spelling(channel: PackagePolicy, { tag, version }: NamedRelease) {
  if (channel.kind === "github-release") return { tag };
  if ("registry" in channel) return { registry: channel.registry };
  if (channel.kind !== "oci") return {};
  const floating = pointersOf(channel, version).map(({ name }) => name);
  return { tag: `${channel["tag-prefix"]}${version}`, floating };
}

async function lookAtTag({ channel, release, built }: Verification, content: TagContent): Promise<Finding> {
  const files = built.filter(({ kind }) => kind === "git-tree");
  if (files.length === 0) {
    return incomparable(channel, "publish.files-empty", "expected built files of kind git-tree, found none");
  }
  const paths = files.map(({ name }) => name);
  const tagged = await content.look(`refs/tags/${release.tag}`, paths);
  if (tagged.seen === "absent" && release.mode === "rehearsal") {
    return judgeUntagged({ channel, release, files }, await content.look(release.sha, paths));
  }
  return judgeTag({ channel, release, files }, tagged);
}

function incomparable(channel: ChannelPolicy, code: NonNullable<Check["code"]>, because: string): Finding {
  const check = channelCheck(channel, "live", `Users get the built bytes (${channel.id})`);
  return {
    standing: "open",
    checks: [{ ...check, result: "fail", code, because }],
    seen: { seen: "not asked", because },
  };
}
