import { posix } from "node:path";
import type { ChannelPolicy } from "#src/contract/config/channels";
import { type BuiltFile, filesFolder } from "#src/domain/build-manifest";
import { imageName } from "#src/domain/image-name";
import type { FoundFile } from "#src/ports/built-files";
import { openArchive } from "./kinds/archive.ts";
import { openCrate } from "./kinds/crate.ts";
import { openFormula } from "./kinds/formula.ts";
import { openGoModule } from "./kinds/go-module.ts";
import { openImages } from "./kinds/image.ts";
import { openNpm } from "./kinds/npm.ts";
import { openSdist } from "./kinds/sdist.ts";
import { openWheel } from "./kinds/wheel.ts";
import { type Candidate, type OpenedFile, type Opening, type OpeningPolicy, unnamed } from "./opening.ts";

/** Kinds of files that are opened one by one, each by its own rules. */
const openers = {
  npm: openNpm,
  "git-tree": () => unnamed([]),
  archive: openArchive,
  wheel: openWheel,
  sdist: openSdist,
  crate: openCrate,
  "go-module": openGoModule,
  formula: openFormula,
  file: () => unnamed([]),
} satisfies Partial<Record<BuiltFile["kind"], (file: Candidate, policy: OpeningPolicy) => Opening>>;

/** A kind of files that the action opens. */
export type OpenedKind = keyof typeof openers | "image";

/** Kind of channel that names the packages of a kind of files. */
const channelOf: Partial<Record<OpenedKind, string>> = {
  npm: "npm",
  wheel: "pypi",
  sdist: "pypi",
  crate: "cargo",
  "go-module": "go",
  image: "oci",
  formula: "homebrew",
};

/** Lists the packages that channels name for a kind of files. */
export function packagesOf(kind: OpenedKind, channels: ChannelPolicy[]): string[] {
  const wanted = channelOf[kind];
  return channels.flatMap((channel) => {
    if (channel.kind !== wanted) return [];
    // Channels of images name a host as well, which is the business of who asks it.
    if (channel.kind === "oci") return imageName(channel.image)?.path ?? [];
    if (channel.kind === "homebrew") return posix.basename(channel.formula);
    return "package" in channel ? channel.package : [];
  });
}

/** Kinds that stand in the repository's tree, where users or clients take them from; they do not travel. */
const inTree: ReadonlySet<OpenedKind> = new Set<OpenedKind>(["git-tree"]);

/** Names a built file: a file of the tree goes by its path, any other by its file name. */
export function nameOfFile(kind: OpenedKind, { path }: FoundFile): string {
  return inTree.has(kind) || posix.basename(path) === "go.mod" ? path : posix.basename(path);
}

/** Opens files by the rules of their kind. */
export function openFiles(kind: OpenedKind, files: FoundFile[], policy: OpeningPolicy): OpenedFile[] {
  if (kind === "image") return openImages(files, policy);
  return files.map((file) => {
    const name = nameOfFile(kind, file);
    const { bytes, mode, path } = file;
    const { checks, entry, travels: others = [], ...opened }: Opening = openers[kind]({ name, path, bytes }, policy);
    const travels = entry || inTree.has(kind) ? others : [{ name: `${filesFolder}/${name}`, content: bytes }];
    return { entry: { ...opened, name, kind, mode, bytes, ...entry }, travels, checks };
  });
}
