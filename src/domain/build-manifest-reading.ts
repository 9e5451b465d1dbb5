import {
  type BuildManifest,
  type BuiltFile,
  buildManifestSchema,
  filesFolder,
  manifestAttachment,
} from "#src/domain/build-manifest";
import { joinFiles, rivalFiles } from "#src/domain/built-files";
import { Failure } from "#src/domain/failure";
import type { Ledger } from "#src/domain/ledger";
import { parseJson } from "#src/domain/parse-json";
import type { ReleaseIdentity } from "#src/domain/release";

/**
 * Reads the built files out of the records of build-manifest, whatever their legs. Throws `all.evidence-missing` without
 * one, `all.evidence-mismatch` for one that did not pass or speaks of another commit, tag or version, and
 * `build.artifact-duplicate` where two legs made other bytes under one name.
 */
export function requireBuiltFiles(ledger: Ledger, release: ReleaseIdentity): BuiltFile[] {
  const builds = ledger.admitted.filter(({ record }) => record.stage === "build-manifest");
  if (builds.length === 0) throw complaint("all.evidence-missing", "a record of build-manifest", "none");
  const files = builds.flatMap(({ record, attachments }) => {
    const { result } = record.verdict;
    if (result !== "pass") throw complaint("all.evidence-mismatch", "a build that passed", result);
    const bytes = attachments.get(manifestAttachment);
    if (!bytes) throw complaint("all.evidence-missing", `the attachment ${manifestAttachment}`, "none");
    return filesOf(bytes, release);
  });
  const [rival] = rivalFiles(files);
  if (rival === undefined) return joinFiles(files);
  throw new Failure({
    kind: "conflict",
    code: "build.artifact-duplicate",
    message: `expected one content of ${rival}, found several among the legs of the build`,
    hint: "Let each leg give its files names of their own, and build again.",
  });
}

function filesOf(bytes: Uint8Array, release: ReleaseIdentity): BuiltFile[] {
  const manifest = buildManifestSchema.safeParse(parseJson(bytes));
  if (!manifest.success) throw complaint("all.evidence-mismatch", "a build manifest", "another document");
  const { commit, tag, version }: BuildManifest = manifest.data;
  const found = `${tag} (${version}) on ${commit}`;
  const wanted = `${release.tag} (${release.version}) on ${release.sha}`;
  if (found !== wanted) throw complaint("all.evidence-mismatch", `a build of ${wanted}`, found);
  return manifest.data.files;
}

function complaint(code: "all.evidence-missing" | "all.evidence-mismatch", wanted: string, found: string): Failure {
  return new Failure({
    kind: "conflict",
    code,
    message: `expected ${wanted}, found ${found}`,
    hint: "Hand the `record` output of build-manifest over in `records`; rerun the build if it did not pass.",
  });
}

/** Reads a built file as it travelled with the evidence of its build; undefined where none of that name did. */
export function carriedFile({ admitted }: Ledger, name: string): string | undefined {
  const builds = admitted.filter(({ record }) => record.stage === "build-manifest");
  const bytes = builds.flatMap(({ attachments }) => attachments.get(`${filesFolder}/${name}`) ?? [])[0];
  return bytes && new TextDecoder().decode(bytes);
}
