import { describe, expect, it } from "vitest";
import { planDigest } from "#src/domain/effect";
import type { PlanContext } from "#src/domain/plan-context";
import { decidingCode } from "#src/domain/verdict";
import { anArrival, aRecord, aSha } from "#src/testing/builders";
import { FakeTags } from "#src/testing/fake-tags";
import { judgePlanned } from "./judge-planned.ts";
import { gated, sit } from "./testing/auto-tag-stage.ts";

const place = { file: "VERSION", place: "text", kind: "value" };
const release = { ...aRecord().release, tag: "v1.1.0", version: "1.1.0" };

describe("the version at the commit that is tagged", () => {
  it.each<[string, Partial<PlanContext>, string | undefined]>([
    ["is the tag's", { sources: [{ ...place, text: "1.1.0" }] }, undefined],
    ["is that of the tag in every place that applies", { sources: [{ ...place, text: "1.1.0" }, na()] }, undefined],
    ["is not another one", { sources: [{ ...place, text: "1.2.0" }] }, "tag.version-mismatch"],
    ["is not missing in one of its places", { sources: [{ ...place, kind: "absent" }] }, "tag.version-mismatch"],
    ["is not declared by nobody", { sources: [na()] }, "tag.version-mismatch"],
    ["was read at that commit", { release: { sha: aSha("b"), version: "1.1.0" } }, "tag.version-mismatch"],
  ])("TAG-05: %s", async (_rule, read, code) => {
    const tags = new FakeTags();
    const report = await sit(tags, gated({ read }));
    expect(decidingCode(report.checks)).toBe(code);
    expect(tags.calls.length === 0).toBe(code !== undefined);
  });

  it("TAG-05: is not known without what the plan has read, and nothing is written", () => {
    const { check } = judgePlanned(release, anArrival(aRecord()));
    expect(check).toMatchObject({ result: "inconclusive", code: "all.evidence-missing" });
  });

  it("TAG-05: is not known from a context of another form", () => {
    const { check } = judgePlanned(release, anArrival(aRecord(), { "context.json": '{"schema":"other/1"}' }));
    expect(check).toMatchObject({ result: "inconclusive", code: "all.evidence-missing" });
  });
});

describe("the day of the tag, on 2026-01-01 at noon", () => {
  const strict = { changelog: { "date-rule": "release-day" } };
  const dated = (date: string) => ({ changelog: { date } });

  it("TAG-15 F27: is the changelog's, before the tag is written and in the object that was written", async () => {
    const report = await sit(new FakeTags(), gated({ read: dated("2026-01-01") }));
    expect(report.checks.filter(({ id }) => id === "changelog-date")).toMatchObject([
      { result: "pass", because: "2026-01-01 is the tag's day, 2026-01-01T12:00:00Z" },
    ]);
  });

  it.each([
    ["lies in the future", "2026-01-05", {}],
    ["lies in the past, where it must be the day of the release", "2025-12-20", strict],
  ])("TAG-15 F27: blocks before anything is written where the changelog's %s", async (_rule, date, config) => {
    const tags = new FakeTags();
    const report = await sit(tags, gated({ config, read: dated(date) }));
    expect(decidingCode(report.checks)).toBe("plan.changelog-date-mismatch");
    expect(tags.calls).not.toContain("create");
  });

  it("TAG-15 F27: is reported, and does not decide, where the changelog's is past and may be", async () => {
    const report = await sit(new FakeTags(), gated({ read: dated("2025-12-20") }));
    expect(report.outputs).toMatchObject({ state: "created" });
    expect(report.checks).toContainEqual(
      expect.objectContaining({ id: "changelog-date", result: "fail", required: false }),
    );
  });

  it("TAG-15 F27: is read from the object that stands on the remote, by a rerun as well", async () => {
    const late = new FakeTags({ altered: { date: "2026-01-02T00:30:00Z" } });
    const config = { changelog: { "date-rule": "release-day", "date-zone": "utc" } };
    const first = await sit(late, gated({ config, read: dated("2026-01-01") }));
    const again = await sit(late, gated({ config, read: dated("2026-01-01") }));
    for (const { checks } of [first, again]) expect(decidingCode(checks)).toBe("plan.changelog-date-mismatch");
    expect(first.effects).toMatchObject([{ state: "done" }]);
    expect(again.effects).toMatchObject([{ state: "refused" }]);
  });

  it("TAG-15: does not exist for a lightweight tag that was there already, which is said", async () => {
    const tags = new FakeTags().put("v1.1.0", { commit: aSha(), annotated: false });
    const report = await sit(tags, gated({ read: dated("2025-12-20"), config: strict }));
    expect(report.outputs).toMatchObject({ state: "already" });
    expect(report.checks).toContainEqual(expect.objectContaining({ id: "changelog-date", result: "not-applicable" }));
  });

  it("TAG-15 ALL-05: blocks a rehearsal as it would block the live run, with the same plan", async () => {
    const read = dated("2026-01-05");
    const [live, planned] = await Promise.all([
      sit(new FakeTags(), gated({ read })),
      sit(new FakeTags(), gated({ read, mode: "rehearsal" })),
    ]);
    expect(decidingCode(planned.checks)).toBe("plan.changelog-date-mismatch");
    expect(planDigest(planned.effects ?? [])).toBe(planDigest(live.effects ?? []));
  });
});

function na() {
  return { file: "src/tide.py", place: "version", kind: "not-applicable" };
}
