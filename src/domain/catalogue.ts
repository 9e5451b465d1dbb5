import { allCodes } from "#src/domain/codes/all";
import { buildCodes } from "#src/domain/codes/build";
import { gatesCodes } from "#src/domain/codes/gates";
import { planCodes } from "#src/domain/codes/plan";
import { promoteCodes } from "#src/domain/codes/promote";
import { publishCodes } from "#src/domain/codes/publish";
import { publishAlignmentCodes } from "#src/domain/codes/publish-alignment";
import { publishPreflightCodes } from "#src/domain/codes/publish-preflight";
import { publishProvenanceCodes } from "#src/domain/codes/publish-provenance";
import { smokeCodes } from "#src/domain/codes/smoke";
import { smokeSurroundingsCodes } from "#src/domain/codes/smoke-surroundings";
import { tagCodes } from "#src/domain/codes/tag";
import { verdictCodes } from "#src/domain/codes/verdict";
import { watchCodes } from "#src/domain/codes/watch";

/** What a reason code means and what to do. `docs/errors.md` is generated from these entries. */
export interface CodeEntry {
  meaning: string;
  remedy: string;
  /** Whether a person's recorded override may answer it. */
  overridable: boolean;
}

/** Every reason code of the suite, in the form `<stage>.<kebab-case>`; the list is closed. */
export const catalogue = {
  ...allCodes,
  ...planCodes,
  ...gatesCodes,
  ...promoteCodes,
  ...tagCodes,
  ...buildCodes,
  ...publishCodes,
  ...publishPreflightCodes,
  ...publishAlignmentCodes,
  ...publishProvenanceCodes,
  ...smokeCodes,
  ...smokeSurroundingsCodes,
  ...watchCodes,
  ...verdictCodes,
} as const satisfies Record<string, CodeEntry>;

/** A reason code that the catalogue explains. */
export type Code = keyof typeof catalogue;

const known = new Map<string, CodeEntry>(Object.entries(catalogue));

/** Tells whether a text is a reason code of the catalogue. */
export function isCode(text: string): text is Code {
  return known.has(text);
}
