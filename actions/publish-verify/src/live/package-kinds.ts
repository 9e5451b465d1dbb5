import type { ChannelPolicy } from "#src/contract/config/channels";
import type { BuiltFile } from "#src/domain/build-manifest";
import type { Code } from "#src/domain/catalogue";
import type { NamedRelease } from "#src/domain/release";

/** A channel that serves packages by name and version. */
export type PackagePolicy = Extract<ChannelPolicy, { package: string }>;

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
  /** Tells whether two spellings name one package. */
  same(one: string, other: string): boolean;
}

/** The kinds of package channels. */
export const packageKinds: Record<PackagePolicy["kind"], PackageKind> = {
  npm: {
    built: ["npm"],
    noun: "tarball",
    set: false,
    latestWrong: "publish.dist-tag-wrong",
    same: (one, other) => one === other,
  },
};
