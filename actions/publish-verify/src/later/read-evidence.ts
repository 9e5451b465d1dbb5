import { type Config, configSchema } from "#src/contract/config/schema";
import { type Digest, digestOf } from "#src/domain/digest";
import { Failure } from "#src/domain/failure";
import { parseJson } from "#src/domain/parse-json";
import { type VerdictDocument, verdictSchema } from "#src/domain/release-verdict";
import { type VerifiedRelease, verifiedAsset, verifiedReleaseSchema } from "#src/domain/verified-release";
import type { PublishedEvidence, VerifiedReleases } from "#src/ports/verified-releases";

const verdictAsset = "verdict.json";

/** A release as it was verified, under its configuration as this version of the suite reads it. */
export interface Verified {
  release: VerifiedRelease["release"];
  files: VerifiedRelease["files"];
  config: Config;
  policy: Digest;
}

/**
 * Reads what was verified of a release out of its own assets. Both documents speak of the same tag, commit, policy and files,
 * or none is believed. Throws `all.evidence-missing` and `all.evidence-mismatch`.
 */
export async function readEvidence(tag: string, repository: string, releases: VerifiedReleases): Promise<Verified> {
  const found = await releases.find(tag, [verifiedAsset, verdictAsset]);
  if (!found) throw missing(`a published release ${tag === "" ? `with ${verifiedAsset}` : `of ${tag}`}`);
  const verified = verifiedReleaseSchema.safeParse(documentOf(found, verifiedAsset));
  const verdict = verdictSchema.safeParse(documentOf(found, verdictAsset));
  if (!verified.success || !verdict.success)
    throw mismatch("what was verified, in the form of this suite", "another form");
  const { release, config, files } = verified.data;
  const contradiction = contradictionOf(verified.data, verdict.data, { tag: found.tag, repository });
  if (contradiction) throw mismatch(contradiction, "another");
  const read = configSchema.safeParse(config);
  if (!read.success) throw mismatch("a configuration that this version of the suite knows", "another");
  return { release, files, config: read.data, policy: digestOf(read.data) };
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
  if (!bytes) throw missing(`${name} among the assets of ${tag}`);
  return parseJson(bytes);
}

function missing(what: string): Failure {
  return new Failure({
    kind: "input",
    code: "all.evidence-missing",
    message: `expected ${what}, found none`,
    hint: "Name a release whose verdict wrote its GitHub release; others cannot be verified later.",
  });
}

function mismatch(expected: string, found: string): Failure {
  return new Failure({
    kind: "conflict",
    code: "all.evidence-mismatch",
    message: `expected ${expected}, found ${found}`,
    hint: "Somebody may have replaced an asset of the release: compare it with the evidence of its run.",
  });
}
