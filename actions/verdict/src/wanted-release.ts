import { assetName } from "#src/domain/asset-name";
import { readRisk } from "#src/domain/changes/risk-document";
import { type Digest, digestOfBytes } from "#src/domain/digest";
import type { Effect } from "#src/domain/effect";
import { Failure } from "#src/domain/failure";
import { isOverridden } from "#src/domain/override";
import { verifiedAsset } from "#src/domain/verified-release";
import { parseVersion } from "#src/domain/version";
import type { AssetFile } from "#src/ports/releases";
import { capBytes } from "#src/report/markdown";
import { requirePlan, type StageContext } from "#src/stage-context";

/** Assets that differ from run to run; an effect names them without their digest. */
export const reportAssets = ["report.html", "verdict.json", verifiedAsset];

const notesAttachment = "notes.md";
const builtFolder = "files/";

/** GitHub refuses a description of over 125 000 characters. */
const bodyLimit = 120_000;

/** The GitHub release as the plan and the build want it; nothing in it depends on the run. */
export interface WantedRelease {
  tag: string;
  sha: string;
  body: string;
  prerelease: boolean;
  /** Whether GitHub may show it as the latest release: only where the plan knows of no higher version. */
  latest: boolean;
  built: (AssetFile & { digest: Digest })[];
  effect: Effect;
}

/**
 * Reads what the GitHub release must hold: notes from the plan, files from the build. Undefined where the configuration
 * wants none. Throws `all.evidence-missing` without plan or build, and `verdict.release-failed` for unusable names.
 */
export function wantedRelease(context: StageContext): WantedRelease | undefined {
  const { plan, release, config } = requirePlan(context);
  if (!config.report["github-release"]) return undefined;
  const notes = notesOf(plan.attachments.get(notesAttachment), release.tag);
  const builds = context.ledger.admitted.filter(({ record }) => record.stage === "build-manifest");
  if (builds.length === 0) throw absent("a record of build-manifest");

  const built = builtFiles(builds.flatMap(({ attachments }) => [...attachments]));
  const assets = [...built.map(({ name, digest }) => `${name} ${digest}`), ...reportAssets].sort();
  const text = capBytes(notes, bodyLimit).trimEnd();
  const overridden = [...new Set(plan.record.checks.filter(isOverridden).map(({ code }) => code))].join(", ");
  const latest = readRisk(plan)?.latest.overall ?? false;
  return {
    tag: release.tag,
    sha: release.sha,
    body: `${text}${overridden && `\n\n${overrideLine(overridden)}`}\n\n${releaseMarker(release.tag, release.sha)}\n`,
    prerelease: parseVersion(release.version)?.class === "pre-release",
    latest,
    built,
    effect: {
      kind: "github-release",
      target: release.tag,
      precondition: "absent",
      wanted: `published${latest ? "" : ", not as the latest"}${overridden && `, with an override of ${overridden}`}, notes ${digestOfBytes(notes)}, assets ${assets.join(", ")}`,
      state: "planned",
    },
  };
}

/** A project without a changelog has no notes; its release says at least what it is. */
function notesOf(bytes: Uint8Array | undefined, tag: string): string {
  return bytes ? new TextDecoder().decode(bytes) : `Release ${tag}.`;
}

/** What a person overrode is told to all who read the release; it never looks like any other. */
function overrideLine(codes: string): string {
  return `Released with an override of ${codes}; report.html tells by whom and why.`;
}

/** The line by which the suite knows a release as its own. */
export function releaseMarker(tag: string, sha: string): string {
  return `<!-- seaworthy: release ${tag} of commit ${sha} -->`;
}

function builtFiles(attachments: [path: string, bytes: Uint8Array][]): WantedRelease["built"] {
  const files = attachments
    .filter(([path]) => path.startsWith(builtFolder))
    .map(([path, bytes]) => ({ name: assetName(path.slice(builtFolder.length)), bytes, digest: digestOfBytes(bytes) }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  const names = [...files.map(({ name }) => name), ...reportAssets];
  const doubled = names.find((name, index) => name === "" || names.indexOf(name) !== index);
  if (doubled === undefined) return files;
  throw new Failure({
    kind: "conflict",
    code: "verdict.release-failed",
    message: `expected every asset to have a name of its own, found "${doubled}" twice or empty`,
    hint: "Give the built files names that stay different when GitHub writes foreign characters as periods.",
  });
}

function absent(what: string): Failure {
  return new Failure({
    kind: "input",
    code: "all.evidence-missing",
    message: `expected ${what}, found none`,
    hint: "Hand the records of plan-release and build-manifest over in `records`.",
  });
}
