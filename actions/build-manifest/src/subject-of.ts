import type { BuiltFile } from "#src/domain/build-manifest";
import type { Subject } from "#src/domain/subject";

/** Names a built file as a subject of the record; npm's registry tells the second digest of a tarball. */
export function subjectOf({ name, kind, sha256, sha512 }: BuiltFile): Subject {
  return { name, digest: kind === "npm" ? { sha256, sha512 } : { sha256 } };
}
