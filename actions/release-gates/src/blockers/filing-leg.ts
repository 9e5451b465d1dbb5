import { parseHandover } from "#src/domain/handover";
import { isLaterLeg } from "#src/domain/later-leg";

/** Leg under which the filing run leaves its record; no gate can have that id. */
export const filingLeg = "file_blockers";

/** Names the leg of a filing by the later look that it files for: one run may look at several releases. */
export function filingLegFor(records: string): string {
  const legs = records.split("\n").flatMap((line) => {
    const { artifact = "" } = parseHandover(line.trim()) ?? {};
    return /^seaworthy-publish-verify-(.+)-\d+$/.exec(artifact)?.[1] ?? [];
  });
  const look = legs.find(isLaterLeg);
  return look === undefined ? filingLeg : `${filingLeg}-${look}`;
}
