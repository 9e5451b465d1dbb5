import { describe, expect, it } from "vitest";
import { aCheck, anOverride, aRecord, aRelease } from "#src/testing/builders";
import { aChain } from "#src/testing/release-chain";
import { stageSummary } from "./stage-summary.ts";

const first = aRelease({ base: null });
const inconclusive = { result: "inconclusive" as const, "decided-by": ["one"] };
const [plan, gates] = aChain().map(({ record }) => record);
const consumed = gates?.consumed ?? [];

describe("ALL-07: an overridden finding in the summary of a stage", () => {
  const override = anOverride({ reason: "a <fix>" });
  const check = aCheck({ id: "two", result: "fail", code: override.code, because: "below" });

  it("is shown as what it is, with who and why, under a heading that is no plain success", () => {
    const text = stageSummary(aRecord({ checks: [aCheck(), { ...check, override }] }));
    expect(text).toMatch(/^## ⚠️ pass with an override · plan-release/);
    expect(text).toContain("⚠️ fail, overridden");
    expect(text).toContain("below; overridden by ada: a &lt;fix&gt;");
    const told = { ...check, override, because: `below; overridden by ada: ${override.reason}` };
    expect(stageSummary(aRecord({ checks: [told] })).split("overridden by ada")).toHaveLength(2);
  });

  it("leaves the heading alone where it does not count", () => {
    const other = { ...override, code: "plan.changelog-history-edited" as const };
    const verdict = { result: "fail" as const, "decided-by": ["two"] };
    expect(stageSummary(aRecord({ verdict, checks: [{ ...check, override: other }] }))).toMatch(/^## ❌ fail · /);
  });
});

describe("the summary of a stage", () => {
  it.each([
    ["fail", "⚠️ advisory, does not hold"],
    ["inconclusive", "⚠️ advisory, does not hold"],
    ["pass", "✅ pass"],
  ] as const)("ALL-12: is headed by what an advisory gate found, not by a plain pass: %s", (result, heading) => {
    const finding = aCheck({
      id: "lint",
      required: false,
      result,
      ...(result === "pass" ? {} : { code: "gates.failed" }),
    });
    const record = aRecord({ stage: "release-gates", leg: "lint", checks: [finding, aCheck({ id: "lint:reported" })] });
    expect(stageSummary(record)).toMatch(new RegExp(`^## ${heading} · release`));
  });

  it.each([
    ["a base is known", aRecord({ release: aRelease({ base: "v1.0.0" }) }), "since v1.0.0"],
    ["the plan passed without a base", { ...aRecord(plan), release: first }, "no release before"],
    [
      "the plan did not pass",
      { ...aRecord(plan), release: first, verdict: inconclusive },
      "release before not determined",
    ],
    [
      "a later stage took the plan's word",
      aRecord({ stage: "auto-tag", consumed, release: first }),
      "no release before",
    ],
    [
      "a later stage broke off",
      aRecord({ stage: "auto-tag", consumed, release: first, checks: [aCheck({ id: "completed" })] }),
      "release before not determined",
    ],
    [
      "a later stage had no plan",
      aRecord({ stage: "auto-tag", consumed: [], release: first }),
      "release before not determined",
    ],
    [
      "the verdict found the plan proven",
      aRecord({ stage: "verdict", release: first, checks: [aCheck({ id: "stage-plan-release" })] }),
      "no release before",
    ],
    [
      "the verdict found the plan unproven",
      aRecord({
        stage: "verdict",
        release: first,
        checks: [aCheck({ id: "stage-plan-release", result: "fail", code: "all.not-run" })],
      }),
      "release before not determined",
    ],
  ])("says, when %s, what went before as far as it is known", (_when, record, said) => {
    const text = stageSummary(record).replaceAll("\\", "");
    expect(text).toContain(` · ${said} · `);
  });

  it("shows code in what is next as code", () => {
    expect(stageSummary(aRecord({ next: "Set `fetch-depth: 0`." }))).toContain("**Next:** Set `fetch-depth: 0`.");
  });
});
