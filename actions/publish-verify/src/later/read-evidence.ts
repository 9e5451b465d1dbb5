import { type Config, configSchema } from "#src/contract/config/schema";
import { type Digest, digestOf } from "#src/domain/digest";
import { Failure } from "#src/domain/failure";
import { parseJson } from "#src/domain/parse-json";
import { type VerdictDocument, verdictSchema } from "#src/domain/release-verdict";
import type { TargetManifest } from "#src/domain/target-manifest";
import { type VerifiedRelease, verifiedAsset, verifiedReleaseSchema } from "#src/domain/verified-release";
import type { PublishedEvidence } from "#src/ports/verified-releases";
import { missing, verdictAsset } from "./find-evidence.ts";

/** A release as it was verified, under its configuration as this version of the suite reads it. */
export interface Verified {
  release: VerifiedRelease["release"];
  files: VerifiedRelease["files"];
  targets: TargetManifest | undefined;
  config: Config;
  policy: Digest;
}

/**
 * Reads what was verified of a release. Both documents speak of the same tag, commit, policy and files, or none is believed.
 * Throws `all.evidence-missing` and `all.evidence-mismatch`.
 */
export function readEvidence(found: PublishedEvidence, repository: string): Verified {
  const verified = verifiedReleaseSchema.safeParse(documentOf(found, verifiedAsset));
  const verdict = verdictSchema.safeParse(documentOf(found, verdictAsset));
  if (!verified.success || !verdict.success)
    throw mismatch("what was verified, in the form of this suite", "another form");
  const { release, config, files, targets } = verified.data;
  const contradiction = contradictionOf(verified.data, verdict.data, { tag: found.tag, repository });
  if (contradiction) throw mismatch(contradiction, "another");
  const read = configSchema.safeParse(config);
  if (!read.success) throw mismatch("a configuration that this version of the suite knows", "another");
  return { release, files, targets: targets ?? undefined, config: read.data, policy: digestOf(read.data) };
}

/** Names what one document says and the other does not; undefined where they agree. */
function contradictionOf(
  { release, policy, config, files }: VerifiedRelease,
  verdict: VerdictDocument,
  { tag, repository }: { tag: string; repository: string },
): string | undefined {
  const built = new Set(verdict.subjects.map(({ digest }) => digest.sha256));
  const released = verdict.verdict === "Released" || verdict.verdict === "Released-with-override";
  const holds: [what: string, held: boolean][] = [
    [`evidence of ${tag}`, release.tag === tag && verdict.release.tag === tag],
    [`evidence of ${repository}`, release.repository === repository && verdict.release.repository === repository],
    ["one commit in both documents", release.sha === verdict.release.sha],
    ["a verdict that released it", released],
    ["the configuration that was applied", digestOf(config) === policy && policy === verdict.policy],
    ["the files that the verdict names", files.every(({ sha256 }) => built.has(sha256))],
  ];
  return holds.find(([, held]) => !held)?.[0];
}

function documentOf({ tag, documents }: PublishedEvidence, name: string): unknown {
  const bytes = documents.get(name);
  if (!bytes) throw missing(`${name} with the evidence of ${tag}`);
  return parseJson(bytes);
}

function mismatch(expected: string, found: string): Failure {
  return new Failure({
    kind: "conflict",
    code: "all.evidence-mismatch",
    message: `expected ${expected}, found ${found}`,
    hint: "Somebody may have replaced an asset of the release: compare it with the evidence of its run.",
  });
}
