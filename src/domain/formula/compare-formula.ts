import type { Code } from "#src/domain/catalogue";
import { brewPlatforms } from "#src/domain/formula/brew-platform";
import { type FormulaOn, formulaOn } from "#src/domain/formula/formula-on";
import { readFormula } from "#src/domain/formula/read-formula";
import type { WantedDownload } from "#src/domain/formula/wanted-formula";
import { parseVersion } from "#src/domain/version";
import { compareVersions, sameVersion } from "#src/domain/version-order";

/** What a formula says otherwise than it must. */
export interface Mismatch {
  /** Platform as the project names it, or Homebrew's machine where the project has none for it. */
  platform: string;
  field: "version" | "url" | "sha256" | "state";
  expected: string;
  found: string;
  code: Code;
  /** False for what is reported only. */
  decides: boolean;
}

/** What a formula must say: the version, and a download for each platform. */
export interface Wanted {
  version: string;
  downloads: WantedDownload[];
}

const nothing = "nothing";

/** Compares a formula with what it must say, everything at once. Throws `FormulaError` for a formula that cannot be read. */
export function compareFormula(source: string, { version, downloads }: Wanted): Mismatch[] {
  const formula = readFormula(source);
  const said = downloads.map((wanted) => ({ wanted, on: formulaOn(formula, wanted.machine) }));
  const further = brewPlatforms
    .filter((machine) => !downloads.some((one) => one.machine.os === machine.os && one.machine.cpu === machine.cpu))
    .map((machine) => ({ machine, on: formulaOn(formula, machine) }));
  return [
    ...said.flatMap(({ wanted, on }) => [
      ...versionMismatch(wanted.platform, version, on),
      ...urlMismatch(wanted, on),
      ...hashMismatch(wanted, on),
      ...stateMismatch(wanted, on),
    ]),
    ...further.flatMap(({ machine, on }) => extra(`${machine.os} ${machine.cpu}`, on)),
  ];
}

/** A formula may leave its version to the address, which is held against the release's own. */
function versionMismatch(platform: string, expected: string, { version, url }: FormulaOn): Mismatch[] {
  const found = version?.text;
  if (found !== undefined && sameVersion(found, expected)) return [];
  if (found === undefined && url?.text.includes(expected)) return [];
  const [theirs, ours] = [parseVersion(found ?? ""), parseVersion(expected)];
  const older = theirs !== undefined && ours !== undefined && compareVersions(theirs, ours) < 0;
  const code = older ? "publish.formula-stale" : "publish.formula-version";
  return [{ platform, field: "version", expected, found: found ?? nothing, code, decides: true }];
}

function urlMismatch({ platform, url: expected }: WantedDownload, { url }: FormulaOn): Mismatch[] {
  if (url?.text === expected) return [];
  const code = url ? "publish.formula-url" : "publish.platform-missing";
  return [{ platform, field: "url", expected, found: url?.text ?? nothing, code, decides: true }];
}

function hashMismatch({ platform, sha256: expected }: WantedDownload, { sha256 }: FormulaOn): Mismatch[] {
  if (sha256?.text === expected) return [];
  const found = sha256?.text ?? nothing;
  return [{ platform, field: "sha256", expected, found, code: hashCode(sha256?.text), decides: true }];
}

/** A date may stand behind the word; from then on, or at once, `brew` warns of the formula or refuses it. */
function stateMismatch({ platform }: WantedDownload, { withdrawn }: FormulaOn): Mismatch[] {
  if (withdrawn === undefined) return [];
  const code = "publish.withdrawn";
  return [{ platform, field: "state", expected: "offered", found: withdrawn, code, decides: true }];
}

function hashCode(found: string | undefined): Code {
  if (found === undefined) return "publish.checksum-missing";
  return isPlaceholder(found) ? "publish.formula-placeholder" : "publish.formula-hash";
}

/** A placeholder is no digest, or one of a single digit that no file has. */
function isPlaceholder(text: string): boolean {
  return !/^[0-9a-f]{64}$/.test(text) || /^(.)\1*$/.test(text);
}

/** Users of a machine that nothing was built for get what is meant for another one, or what was released earlier. */
function extra(platform: string, { url }: FormulaOn): Mismatch[] {
  if (!url) return [];
  return [{ platform, field: "url", expected: nothing, found: url.text, code: "publish.formula-url", decides: false }];
}
