import type { ChannelPolicy } from "#src/contract/config/channels";
import type { BuiltFile } from "#src/domain/build-manifest";
import type { NamedRelease } from "#src/domain/release";
import type { Check } from "#src/domain/verdict";
import type { PackageChannel } from "#src/ports/package-channel";
import type { TagContent } from "#src/ports/tag-content";
import { channelCheck, type Finding } from "./finding.ts";
import { judgeTag, judgeUntagged } from "./judge-git-tag.ts";
import { judgePackage } from "./judge-package.ts";
import { nameOf, type PackagePolicy, packageKinds } from "./package-kinds.ts";
import { pointersOf } from "./pointers.ts";

/** Where the channels are asked. */
export interface ChannelPorts {
  packages: Record<PackagePolicy["kind"], PackageChannel>;
  content: TagContent;
}

/** A channel with what was built for it. */
export interface Verification {
  channel: ChannelPolicy;
  release: NamedRelease;
  built: BuiltFile[];
}

/** Looks at one channel once, and judges what was seen. Without a built file there is nothing to compare with, and nothing is asked. */
export function lookAt({ channel, release, built }: Verification, ports: ChannelPorts): Promise<Finding> {
  return channel.kind === "git-tag"
    ? lookAtTag({ channel, release, built }, ports.content)
    : lookAtPackage({ channel, release, built }, ports.packages[channel.kind]);
}

async function lookAtPackage(
  { channel, release, built }: Verification & { channel: PackagePolicy },
  registry: PackageChannel,
): Promise<Finding> {
  const { noun, set, named, same, built: kinds } = packageKinds[channel.kind];
  const name = nameOf(channel);
  const files = built.filter((file) => kinds.includes(file.kind) && same(named(file), name));
  if (files.length === 0)
    return incomparable(channel, "publish.files-empty", `expected a built ${noun} of ${name}, found none`);
  if (files.length > 1 && !set) {
    const names = files.map((file) => file.name).join(", ");
    const because = `expected one built ${noun} of ${name}, found ${names}`;
    return incomparable(channel, "build.artifact-duplicate", because);
  }
  const look = await registry.look({ name, files, ...wantedOf(channel, release.version) });
  return judgePackage({ channel, release, files }, look);
}

/** What the channel calls the version, and which of its pointers are wanted where it cannot list them. */
function wantedOf(channel: PackagePolicy, version: string) {
  if ("registry" in channel) return { version, registry: channel.registry };
  if (!("floating" in channel)) return { version };
  const floating = pointersOf(channel, version).map(({ name }) => name);
  return { version, tag: `${channel["tag-prefix"]}${version}`, floating };
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
