import type { BuiltFile } from "#src/domain/build-manifest";
import type { Code } from "#src/domain/catalogue";
import type { ChecksumList } from "#src/domain/checksum-list";
import { brewPlatform } from "#src/domain/formula/brew-platform";
import type { BrewPlatform } from "#src/domain/formula/formula-condition";
import type { NamedRelease } from "#src/domain/release";
import type { TargetManifest } from "#src/domain/target-manifest";
import { platformsOf } from "#src/domain/targets";

/** How a channel of kind homebrew names what its formula installs. */
export interface FormulaNames {
  id: string;
  archive?: string | undefined;
  url: string;
  sums?: string | undefined;
}

/** What a formula is held against. */
export interface FormulaFacts {
  channel: FormulaNames;
  release: NamedRelease;
  built: BuiltFile[];
  targets?: TargetManifest | undefined;
  /** Address of the server, without a slash at its end. */
  server: string;
  /** The list that the channel's `sums` names; undefined where it names none, or another digest source is declared. */
  sums: ChecksumList | undefined;
}

/** What the formula must say on one machine. */
export interface WantedDownload {
  /** Platform as the project names it. */
  platform: string;
  machine: BrewPlatform;
  url: string;
  sha256: string;
}

/** Why it cannot be told what the formula must say. */
export interface Complaint {
  code: Code;
  because: string;
}

/** What a formula must say in all, or why nobody can tell. */
export interface WantedFormula {
  downloads: WantedDownload[];
  complaints: Complaint[];
}

/**
 * Computes what a formula must say from tag, names and digests of what was built: for each platform that the channel
 * declares, and without a declaration for each that an archive was built for.
 */
export function wantedFormula(facts: FormulaFacts): WantedFormula {
  const { channel, targets, built } = facts;
  const archives = built.filter(({ kind, platform }) => platform !== null && (kind === "archive" || kind === "file"));
  const declared = targets && platformsOf(targets, channel.id);
  const official = declared?.official ?? [];
  const offered = declared && official.length + declared.preview.length > 0;
  const preview = (declared?.preview ?? []).filter((one) => archives.some(({ platform }) => platform === one));
  const able = [...new Set(archives.flatMap(({ platform }) => platform ?? []))].filter((one) => brewPlatform(one));
  const platforms = offered ? [...official, ...preview] : able;
  const found = platforms.toSorted().map((platform) => wantedOn(platform, archives, facts));
  const downloads = found.flatMap((one) => ("code" in one ? [] : one));
  const complaints = found.flatMap((one) => ("code" in one ? one : []));
  return { downloads, complaints: [...complaints, ...rivals(downloads), ...nothing(platforms)] };
}

function wantedOn(platform: string, archives: BuiltFile[], facts: FormulaFacts): WantedDownload | Complaint {
  const { channel, release } = facts;
  const machine = brewPlatform(platform);
  if (!machine) return { code: "build.targets-invalid", because: `${platform} is no machine that Homebrew runs on` };
  const name = channel.archive && fill(channel.archive, { version: release.version, platform });
  const own = archives.filter((file) => file.platform === platform && (name === undefined || file.name === name));
  const [file, rival] = own;
  if (!file) return { code: "publish.platform-missing", because: `no archive of ${platform} was built` };
  if (rival) {
    const because = `several archives of ${platform} were built: ${own.map((one) => one.name).join(", ")}`;
    return { code: "build.artifact-duplicate", because };
  }
  return sumComplaint(file, facts) ?? { platform, machine, url: addressOf(file, platform, facts), sha256: file.sha256 };
}

function addressOf({ name }: BuiltFile, platform: string, { channel, release, server }: FormulaFacts): string {
  const { repository, tag, version } = release;
  return fill(channel.url, { server, repository, tag, version, platform, name });
}

function fill(template: string, values: Record<string, string>): string {
  return template.replace(/\{(\w+)\}/g, (hole, key: string) =>
    Object.hasOwn(values, key) ? (values[key] ?? hole) : hole,
  );
}

/** The list that users compare with must name the archive, and tell the digest of the very bytes that were built. */
function sumComplaint({ name, sha256 }: BuiltFile, { sums, channel }: FormulaFacts): Complaint | undefined {
  if (!sums) return undefined;
  const listed = sums.get(name);
  if (listed === undefined)
    return { code: "publish.checksum-missing", because: `${channel.sums} does not name ${name}` };
  if (listed === sha256) return undefined;
  return {
    code: "publish.checksum-mismatch",
    because: `${channel.sums} tells ${listed} of ${name}, built was ${sha256}`,
  };
}

function rivals(downloads: WantedDownload[]): Complaint[] {
  const groups = Map.groupBy(downloads, ({ machine }) => `${machine.os} ${machine.cpu}`);
  return [...groups].flatMap(([machine, group]) => {
    const names = group.map(({ platform }) => platform).join(" and ");
    return group.length > 1 ? [{ code: "build.targets-invalid", because: `${names} are both for ${machine}` }] : [];
  });
}

function nothing(platforms: string[]): Complaint[] {
  const because = "expected an archive of a platform that Homebrew runs on, found none among what was built";
  return platforms.length === 0 ? [{ code: "publish.files-empty", because }] : [];
}
