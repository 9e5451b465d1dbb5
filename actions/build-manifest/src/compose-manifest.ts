import type { BuildManifest, BuiltFile, BuiltWith } from "#src/domain/build-manifest";
import { joinFiles } from "#src/domain/built-files";
import { hexDigest } from "#src/domain/digest";
import type { NamedRelease } from "#src/domain/release";

/** Where and how the build ran. */
export interface BuildRun {
  id: string;
  workflow: string;
}

/** An entry of the manifest before its digests are taken. */
export type Entry = Omit<BuiltFile, "size" | "sha256" | "sha512"> & { bytes: Uint8Array };

/** Composes the manifest: every file with size, digests and mode, sorted by name and platform. */
export function composeManifest(
  files: BuiltFile[],
  release: NamedRelease,
  { run, toolchain }: { run: BuildRun; toolchain: BuiltWith[] },
): BuildManifest {
  return {
    schema: "seaworthy-build-manifest/1",
    tag: release.tag,
    version: release.version,
    commit: release.sha,
    run: run.id,
    workflow: run.workflow,
    toolchain,
    files: joinFiles(files),
  };
}

/** Describes an entry by its bytes. */
export function describe({ bytes, ...entry }: Entry): BuiltFile {
  return {
    ...entry,
    size: bytes.byteLength,
    sha256: hexDigest("sha256", bytes),
    sha512: hexDigest("sha512", bytes),
  };
}
