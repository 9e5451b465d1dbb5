import type { AdmittedRecord } from "#src/domain/admission";

/** Leg of publish-verify that judges a build; where the build is of an earlier run, its record takes that run's records over. */
const judgingLeg = "provenance";

/**
 * Lists the digests that passing records about a build relied on. Records of an earlier run are admitted under these digests
 * alone: somebody in this run has verified them, and says so in a record of this run.
 */
export function adoptedDigests(records: Pick<AdmittedRecord, "record">[]): Set<string> {
  const judging = records.filter(
    ({ record: { stage, leg, verdict } }) =>
      stage === "publish-verify" && leg === judgingLeg && verdict.result === "pass",
  );
  return new Set(judging.flatMap(({ record }) => record.consumed.map(({ digest }) => digest)));
}
