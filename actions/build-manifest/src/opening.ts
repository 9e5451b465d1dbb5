import type { TarEntry } from "#src/domain/archive/tar";
import type { BuiltFile } from "#src/domain/build-manifest";
import { type Question, question } from "#src/domain/question";
import type { NamedRelease } from "#src/domain/release";
import type { Check } from "#src/domain/verdict";
import { sameVersion } from "#src/domain/version-order";
import type { Entry } from "./compose-manifest.ts";

/** A file that is to be opened: its name in the manifest, and its bytes. */
export interface Candidate {
  name: string;
  /** Its path in the checkout. */
  path: string;
  bytes: Uint8Array;
}

/** What opening a file gave: what its manifest entry says of it, and the checks. */
export interface Opening {
  package: string | null;
  /** Platform that the file itself names; null where it names none. */
  platform: string | null;
  registry: BuiltFile["registry"];
  /** What is recorded in its place, where the file only points to it; then `travels` alone goes with the record. */
  entry?: { name: string; bytes: Uint8Array };
  travels?: OpenedFile["travels"];
  checks: Check[];
}

/** What a built file must be: of this release, and the package of a channel. */
export interface OpeningPolicy {
  release: NamedRelease;
  /** Packages that the channels of the kind name. */
  packages: string[];
  /** Programs that every archive must hold, as paths or globs inside of it. */
  programs: string[];
  /** The committed tree, for kinds that stand in it. */
  tree: TarEntry[];
  /** Repository path of an image, without a host; empty for other kinds. */
  image: string;
}

/** An opening that says nothing of the file, with its checks. */
export function unnamed(checks: Check[]): Opening {
  return { package: null, platform: null, registry: null, checks };
}

/** Asks whether a file opens as what it is said to be. */
export function archiveQuestion(file: string, what: string) {
  return question(`archive:${file}`, `${file} opens as ${what}`);
}

/** Says that a file does not open, and why. */
export function broken(file: string, what: string, thrown: unknown): Opening {
  const because = thrown instanceof Error ? thrown.message : String(thrown);
  return unnamed([archiveQuestion(file, what).fail("build.archive-broken", because)]);
}

/** What a package says of itself, and what it should: `channel` is the kind of channel that names packages. */
export interface Identity {
  found: { name: string; version: string };
  wanted: { names: string[]; version: string };
  channel: string;
}

/** Judges whether a package is the one of a channel, in the released version. */
export function judgeIdentity(file: string, { found, wanted, channel }: Identity): Check {
  const ask = question(`identity:${file}`, `${file} is the released version`);
  const expected = wanted.names.map((name) => `${name}@${wanted.version}`);
  const version = sameVersion(found.version, wanted.version) ? wanted.version : found.version;
  return judgeNamed(ask, { found: `${found.name}@${version}`, wanted: expected, channel });
}

/** Judges whether what was found is one of what the channels of a kind name; without such a channel nobody can tell. */
export function judgeNamed(
  ask: Question,
  { found, wanted, channel }: { found: string; wanted: string[]; channel: string },
): Check {
  if (wanted.length === 0) {
    return ask.unsure("publish.no-channel", `expected a channel of kind ${channel} that names the package, found none`);
  }
  if (wanted.includes(found)) return ask.pass(found);
  return ask.fail("build.version-mismatch", `expected ${wanted.join(" or ")}, found ${found || "no name"}`);
}

/** A file that was opened: its entry in the manifest, and the checks. */
export interface OpenedFile {
  entry: Entry;
  /** Attachments that travel with the record, to be published from there. */
  travels: { name: string; content: Uint8Array }[];
  checks: Check[];
}
