import { posix } from "node:path";
import type { BuildManifest, BuiltFile } from "#src/domain/build-manifest";
import { hexDigest } from "#src/domain/digest";
import type { NamedRelease } from "#src/domain/release";
import type { FoundFile } from "#src/ports/built-files";
import type { PackedPackage } from "./packed-package.ts";

/** Where and how the build ran. */
export interface BuildRun {
  id: string;
  workflow: string;
}

/** A built file with what its archive says, where it is one. */
export interface OpenedFile {
  name: string;
  file: FoundFile;
  opened: PackedPackage | undefined;
}

/** Names a built file: a tarball goes by its file name, a file of the tree by its path. */
export function nameOfFile(kind: BuiltFile["kind"], { path }: FoundFile): string {
  return kind === "npm" ? posix.basename(path) : path;
}

/** Composes the manifest: every file with size, digests and mode, sorted by name. */
export function composeManifest(files: OpenedFile[], release: NamedRelease, run: BuildRun): BuildManifest {
  return {
    schema: "seaworthy-build-manifest/1",
    tag: release.tag,
    version: release.version,
    commit: release.sha,
    run: run.id,
    workflow: run.workflow,
    files: files.map(describe).sort((a, b) => (a.name < b.name ? -1 : 1)),
  };
}

function describe({ name, file, opened }: OpenedFile): BuiltFile {
  return {
    name,
    kind: opened ? "npm" : "git-tree",
    package: opened && "name" in opened ? opened.name : null,
    platform: null,
    size: file.bytes.byteLength,
    sha256: hexDigest("sha256", file.bytes),
    sha512: hexDigest("sha512", file.bytes),
    mode: file.mode,
    registry: null,
  };
}
