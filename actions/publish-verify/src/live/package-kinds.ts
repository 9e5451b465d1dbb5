import type { ChannelPolicy } from "#src/contract/config/channels";
import { type BuiltFile, builtKinds } from "#src/domain/build-manifest";
import type { Code } from "#src/domain/catalogue";
import { anyGlob } from "#src/domain/glob";
import { imageName } from "#src/domain/image-name";
import { pythonName } from "#src/domain/python-names";
import type { NamedRelease } from "#src/domain/release";

/** A channel that serves files by version: a package, an image, the assets of a release. */
export type PackagePolicy = Exclude<ChannelPolicy, { kind: "git-tag" | "homebrew" }>;

/** What a look at a package channel is judged by: the release, and every file that was built for the channel. */
export interface PackageExpectation {
  channel: PackagePolicy;
  release: NamedRelease;
  files: BuiltFile[];
}

/** What tells one kind of package channel from another; all else is judged alike. */
export interface PackageKind {
  /** Kinds of built files that users get from such a channel. */
  built: readonly BuiltFile["kind"][];
  /** What such a file is called in a sentence. */
  noun: string;
  /** Whether a version is a set of files, each with its name on the channel, rather than one file. */
  set: boolean;
  /** Code of a `latest` that names an older version. */
  latestWrong: Code;
  /** What follows the name and version of a package where one of its files is meant. */
  part(file: BuiltFile): string;
  /** Name by which a built file says what it belongs to. */
  named(file: BuiltFile): string;
  /** Tells whether a built file's name and the channel's are of one package. */
  same(one: string, other: string): boolean;
}

/** Name by which users ask the channel. */
export function nameOf(channel: PackagePolicy): string {
  if ("image" in channel) return channel.image;
  return "package" in channel ? channel.package : channel.id;
}

/** Built files that users get as they are, rather than as an image or in a tree. */
const separate = builtKinds.filter((kind) => !["image", "git-tree", "go-module"].includes(kind));

/** A channel that names the files it serves says so by globs; whose they are is not asked. */
const byFile = {
  built: separate,
  noun: "file",
  set: true,
  latestWrong: "publish.latest-wrong",
  part: ({ name }: BuiltFile) => `/${name}`,
  named: packageOf,
  same: () => true,
} as const;

/** The kinds of package channels. */
export const packageKinds: Record<PackagePolicy["kind"], PackageKind> = {
  npm: {
    built: ["npm"],
    noun: "tarball",
    set: false,
    latestWrong: "publish.dist-tag-wrong",
    part: () => "",
    named: packageOf,
    same: (one, other) => one === other,
  },
  pypi: {
    built: ["wheel", "sdist"],
    noun: "wheel or sdist",
    set: true,
    latestWrong: "publish.latest-wrong",
    part: ({ name }) => `/${name}`,
    named: packageOf,
    same: (one, other) => pythonName(one) === pythonName(other),
  },
  oci: {
    built: ["image"],
    noun: "image",
    set: true,
    latestWrong: "publish.latest-wrong",
    part: ({ platform }) => (platform ? ` (${platform})` : ""),
    named: ({ name }) => name,
    same: (path, image) => imageName(image)?.path === path,
  },
  cargo: {
    built: ["crate"],
    noun: "crate",
    set: false,
    latestWrong: "publish.latest-wrong",
    part: () => "",
    named: packageOf,
    same: (one, other) => one === other,
  },
  go: {
    built: ["go-module"],
    noun: "module",
    set: false,
    latestWrong: "publish.latest-wrong",
    part: () => "",
    named: packageOf,
    same: (one, other) => one === other,
  },
  "github-release": byFile,
  command: byFile,
};

/** Lists the built files that users get from a channel. */
export function filesFor(channel: PackagePolicy, built: BuiltFile[]): BuiltFile[] {
  const { built: kinds, named, same } = packageKinds[channel.kind];
  const wanted = "files" in channel ? anyGlob(channel.files) : () => true;
  return built.filter((file) => kinds.includes(file.kind) && wanted(file.name) && same(named(file), nameOf(channel)));
}

function packageOf(file: BuiltFile): string {
  return file.package ?? "";
}
