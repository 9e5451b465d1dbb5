import { isReportAsset } from "#src/domain/asset-name";
import { type Digest, digestOfBytes } from "#src/domain/digest";
import type { AssetFile, HostedRelease, ReleaseAsset } from "#src/ports/releases";
import { releaseMarker, reportAssets, type WantedRelease } from "./wanted-release.ts";

/** A file with its digest. */
export type DigestedFile = AssetFile & { digest: Digest };

/** What is to be done so that the wanted release is published. Nothing is ever deleted or overwritten. */
export type ReleaseStep =
  | { step: "create"; missing: DigestedFile[] }
  | { step: "complete"; draft: HostedRelease; missing: DigestedFile[] }
  | { step: "already"; release: HostedRelease }
  | { step: "refuse"; because: string };

/**
 * Decides the next step from the releases of the tag, whose assets all carry their digests. A draft is adopted only if
 * its text is the wanted one, to the letter; an asset of another content is refused, except that the reports of an
 * earlier run stay beside those of this one, which then carry their digest in the name.
 */
export function nextStep(found: HostedRelease[], wanted: WantedRelease, reports: AssetFile[]): ReleaseStep {
  const [release, second] = found;
  const files = [...wanted.built, ...reports.map((file) => ({ ...file, digest: digestOfBytes(file.bytes) }))];
  if (!release) return { step: "create", missing: files };
  if (second) return { step: "refuse", because: `expected one release of ${wanted.tag}, found ${found.length}` };
  const foreign = foreignText(release, wanted) ?? foreignMark(release, wanted) ?? foreignAsset(release, wanted);
  if (foreign) return { step: "refuse", because: foreign };
  return release.draft ? stepOfDraft(release, files) : stepOfPublished(release, wanted);
}

/** Tells whether two descriptions are equal but for the line ends that the web page rewrites. */
export function sameText(one: string, other: string): boolean {
  const plain = (text: string) => text.replaceAll("\r\n", "\n").trimEnd();
  return plain(one) === plain(other);
}

function stepOfDraft(draft: HostedRelease, files: DigestedFile[]): ReleaseStep {
  const held = new Map(draft.assets.map(({ name, digest }) => [name, digest]));
  const named = files.map((file) =>
    reportAssets.includes(file.name) && held.has(file.name) && held.get(file.name) !== file.digest
      ? { ...file, name: nameWithDigest(file) }
      : file,
  );
  return { step: "complete", draft, missing: named.filter(({ name }) => !held.has(name)) };
}

function stepOfPublished(release: HostedRelease, wanted: WantedRelease): ReleaseStep {
  const names = new Set(release.assets.map(({ name }) => name));
  const missing = [...wanted.built.map(({ name }) => name), ...reportAssets].filter((name) => !names.has(name));
  return missing.length === 0
    ? { step: "already", release }
    : { step: "refuse", because: `the published release lacks ${missing.join(", ")}, and is not added to` };
}

function foreignText(release: HostedRelease, wanted: WantedRelease): string | undefined {
  if (sameText(release.body, wanted.body)) return undefined;
  const kind = release.draft ? "draft" : "published release";
  return release.body.includes(releaseMarker(wanted.tag, wanted.sha))
    ? `the ${kind} of ${wanted.tag} is of this suite and commit, and its notes are not those of the plan`
    : `the ${kind} of ${wanted.tag} is not one that this suite wrote for commit ${wanted.sha}`;
}

function foreignMark({ prerelease, draft }: HostedRelease, wanted: WantedRelease): string | undefined {
  if (prerelease === wanted.prerelease) return undefined;
  const kind = draft ? "draft" : "published release";
  return `expected the ${kind} of ${wanted.tag} ${wanted.prerelease ? "to be" : "not to be"} marked as a pre-release`;
}

function foreignAsset(release: HostedRelease, wanted: WantedRelease): string | undefined {
  const broken = release.assets.find(({ complete }) => !complete);
  if (broken) return `the upload of ${broken.name} broke off and keeps the name; delete that asset by hand`;
  const digests = new Map(wanted.built.map(({ name, digest }) => [name, digest]));
  const stray = release.assets.find(({ name }) => !digests.has(name) && !isReportAsset(name));
  if (stray) return `expected no asset but those of this release, found ${stray.name}`;
  const other = release.assets.find(({ name, digest }) => digests.has(name) && digests.get(name) !== digest);
  return other && `expected asset ${other.name} with ${digests.get(other.name)}, found ${told(other)}`;
}

function told({ digest }: ReleaseAsset): string {
  return digest ?? "no digest";
}

function nameWithDigest({ name, digest }: DigestedFile): string {
  const [stem = "", ending = ""] = name.split(".");
  return `${stem}-${digest.slice("sha256:".length, "sha256:".length + 12)}.${ending}`;
}
