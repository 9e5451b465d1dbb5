import type { AdmittedRecord } from "#src/domain/admission";
import { type BuildManifest, type BuiltFile, manifestAttachment } from "#src/domain/build-manifest";
import { canonicalJson } from "#src/domain/digest";
import type { EvidenceRecord } from "#src/domain/evidence";
import { anArrival, aRecord, aSha } from "#src/testing/builders";

/** Builds a tarball's entry in a manifest. */
export function aBuiltFile(overrides: Partial<BuiltFile> = {}): BuiltFile {
  return {
    name: "tide-1.1.0.tgz",
    kind: "npm",
    package: "tide",
    platform: null,
    size: 3,
    sha256: "1".repeat(64),
    sha512: "2".repeat(128),
    mode: "644",
    registry: null,
    ...overrides,
  };
}

/** Builds the record of a build with its manifest. */
export function aBuild(
  files: BuiltFile[] = [aBuiltFile()],
  record: Partial<EvidenceRecord> = {},
  manifest: Partial<BuildManifest> = {},
): AdmittedRecord {
  return anArrival(aRecord({ stage: "build-manifest", ...record }), {
    [manifestAttachment]: manifestText(files, manifest),
  });
}

/** Writes a manifest. */
export function manifestText(files: BuiltFile[], manifest: Partial<BuildManifest> = {}): string {
  return canonicalJson({
    schema: "seaworthy-build-manifest/1",
    tag: "v1.1.0",
    version: "1.1.0",
    commit: aSha(),
    run: "7",
    workflow: "octo/tide/.github/workflows/release.yml@refs/heads/main",
    files,
    ...manifest,
  });
}
