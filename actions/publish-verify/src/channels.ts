import type { ChannelPolicy } from "#src/contract/config/channels";
import type { BuiltFile } from "#src/domain/build-manifest";
import type { NamedRelease } from "#src/domain/release";
import type { Check } from "#src/domain/verdict";
import type { NpmRegistry } from "#src/ports/npm-registry";
import type { TagContent } from "#src/ports/tag-content";
import { channelCheck, type Finding } from "./finding.ts";
import { judgeTag, judgeUntagged } from "./judge-git-tag.ts";
import { judgeNpm } from "./judge-npm.ts";

/** Where the channels are asked. */
export interface ChannelPorts {
  registry: NpmRegistry;
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
  return channel.kind === "npm"
    ? lookAtNpm({ channel, release, built }, ports.registry)
    : lookAtTag({ channel, release, built }, ports.content);
}

async function lookAtNpm(
  { channel, release, built }: Verification & { channel: { kind: "npm" } },
  registry: NpmRegistry,
): Promise<Finding> {
  const files = built.filter((file) => file.kind === "npm" && file.package === channel.package);
  const [file, rival] = files;
  if (!file)
    return incomparable(channel, "publish.files-empty", `expected a built tarball of ${channel.package}, found none`);
  if (rival) {
    const names = files.map(({ name }) => name).join(", ");
    const because = `expected one built tarball of ${channel.package}, found ${names}`;
    return incomparable(channel, "build.artifact-duplicate", because);
  }
  return judgeNpm({ channel, release, file }, await registry.look(channel.package, release.version));
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
