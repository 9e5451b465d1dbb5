import { carriedFile } from "#src/domain/build-manifest-reading";
import { type ChecksumList, readChecksums } from "#src/domain/checksum-list";
import { Failure } from "#src/domain/failure";
import type { Ledger } from "#src/domain/ledger";
import type { FormulaFile } from "#src/ports/formula-file";
import type { FormulaPolicy } from "./formula-policy.ts";

/** Where a list of checksums may stand: among the built files, or in the job's checkout. */
export interface SumsPlaces {
  ledger: Ledger;
  /** Path of a list in the checkout; empty for none. */
  checksums: string;
  file: FormulaFile;
}

/**
 * Reads the list that a formula's digests are held against besides the manifest; undefined where none is named. Throws
 * `publish.checksum-source-ambiguous` for two of them, and `publish.checksum-missing` for one that is absent or unreadable.
 */
export async function sumsFor({ sums }: FormulaPolicy, places: SumsPlaces): Promise<ChecksumList | undefined> {
  const { checksums, file, ledger } = places;
  if (sums !== undefined && checksums !== "") throw ambiguous(sums, checksums);
  if (checksums !== "") return listIn(await file.read(checksums), checksums);
  return sums === undefined ? undefined : listIn(carriedFile(ledger, sums), sums);
}

function listIn(text: string | undefined, name: string): ChecksumList {
  if (text === undefined) throw unreadable(`expected the list of checksums ${name}, found none`);
  try {
    return readChecksums(text);
  } catch (thrown) {
    if (thrown instanceof RangeError) throw unreadable(`${name}: ${thrown.message}`);
    throw thrown;
  }
}

function ambiguous(sums: string, checksums: string): Failure {
  return new Failure({
    kind: "input",
    code: "publish.checksum-source-ambiguous",
    message: `expected one list of checksums, found ${sums} in the configuration and ${checksums} in the input`,
    hint: "Leave the input `checksums` out; the built list counts.",
  });
}

function unreadable(message: string): Failure {
  return new Failure({
    kind: "conflict",
    code: "publish.checksum-missing",
    message,
    hint: "Record the list with build-manifest, with the input `kind: file`.",
  });
}
