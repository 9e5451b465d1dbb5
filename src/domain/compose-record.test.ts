import { describe, expect, it } from "vitest";
import { type Circumstances, composeRecord } from "#src/domain/compose-record";
import { digestOfBytes } from "#src/domain/digest";
import { recordSchema } from "#src/domain/evidence";
import { formatInstant } from "#src/domain/instant";
import { aCheck, anArrival, aRecord, aRelease, aSha } from "#src/testing/builders";

const around: Circumstances = {
  suite: "1.0.0",
  stage: "release-gates",
  release: aRelease(),
  run: { id: "7", attempt: 2, job: "gates", url: "https://github.example/octo/tide/actions/runs/7" },
  started: new Date("2026-03-29T01:59:59.999+02:00"),
  finished: new Date("2026-03-29T12:00:00Z"),
  policy: null,
  consumed: [],
};
const failing = aCheck({ id: "two", result: "fail", code: "gates.ci-failed", because: "exit code 1" });

describe("ALL-01: the record of a stage", () => {
  it("says who wrote it, when, in which run and attempt, and for which release", () => {
    const record = composeRecord({ leg: "unit", checks: [aCheck()], next: "Tag it." }, around);
    expect(record).toMatchObject({ suite: "1.0.0", stage: "release-gates", leg: "unit", attempt: 2, run: around.run });
    expect(record).toMatchObject({ release: { sha: aSha(), tag: "v1.1.0", mode: "live" }, next: "Tag it." });
    expect(recordSchema.parse(record)).toEqual(record);
  });

  it("links what it relied on by digest, and what it left by digest and size", () => {
    const plan = anArrival(aRecord());
    const notes = { name: "notes.md", content: "Höhe\n" };
    const record = composeRecord(
      { checks: [aCheck()], attachments: [notes], next: "" },
      { ...around, consumed: [plan] },
    );
    expect(record.consumed).toEqual([{ stage: "plan-release", leg: "", artifact: plan.artifact, digest: plan.digest }]);
    const bytes = new TextEncoder().encode(notes.content);
    expect(record.attachments).toEqual([{ name: "notes.md", digest: digestOfBytes(bytes), bytes: 6 }]);
  });

  it.each([
    ["blocks where a required check did not pass", [aCheck(), failing], false, "fail", ["two"], "blocked"],
    ["blocks on it also where nothing is released", [failing], true, "fail", ["two"], "blocked"],
    ["blocks without any check", [], false, "inconclusive", [], "blocked"],
    ["lets the release go on", [aCheck()], false, "pass", ["one"], "release"],
    ["ends without a release", [aCheck()], true, "pass", ["one"], "no-release"],
  ] as const)("%s", (_rule, checks, noRelease, result, decidedBy, outcome) => {
    const record = composeRecord({ checks: [...checks], noRelease, next: "" }, around);
    expect(record).toMatchObject({ verdict: { result }, outcome });
    expect(record.verdict["decided-by"]).toEqual(expect.arrayContaining([...decidedBy]));
  });
});

describe("ALL-14: an instant", () => {
  it("is written in UTC, to the second, and never rounded up", () => {
    expect(formatInstant(around.started)).toBe("2026-03-28T23:59:59Z");
  });

  it.each(["2026-03-29T12:00:00+02:00", "2026-03-29T12:00:00.5Z", "2026-03-29 12:00:00"])(
    "of another form is no instant of a record: %s",
    (started) => {
      expect(recordSchema.safeParse(aRecord({ started })).success).toBe(false);
      expect(recordSchema.safeParse(aRecord({ started: "2026-03-29T12:00:00Z" })).success).toBe(true);
    },
  );
});
