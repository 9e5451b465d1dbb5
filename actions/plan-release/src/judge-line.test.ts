import { describe, expect, it } from "vitest";
import { configSchema } from "#src/contract/config/schema";
import { aimed, aRemote, before, checkOf, elsewhere, type Given, head, tipsOf, value } from "./testing/plan-facts.ts";
import { composed } from "./testing/risk-facts.ts";

const lines = [
  { versions: "1.x", branch: "release/1" },
  { versions: "1.4.x", branch: "release/1.4" },
];
const { version } = configSchema.parse({ version: { lines } });
const tags = { "v1.4.8": before, "v1.5.0": elsewhere, "v2.1.0": elsewhere };

const releasing = (
  text: string,
  heads: Record<string, string> = { "release/1.4": head, "release/1": head },
): Given => ({
  policy: { version },
  facts: { versions: [value(text)], remote: aRemote({ heads, tags }), changelog: undefined },
});

describe("PLN-26: a version of a maintenance line", () => {
  it("is compared with its own line, and begins at the release before on it", () => {
    const given = releasing("1.4.9");
    expect(checkOf(given, "version-increased")).toMatchObject({ result: "pass" });
    expect(aimed(given)).toMatchObject({ base: { at: { tag: "v1.4.8" } }, line: lines[1] });
  });

  it("is refused below what its line has released", () => {
    expect(checkOf(releasing("1.4.7"), "version-increased")).toMatchObject({ code: "plan.version-regressed" });
    expect(checkOf(releasing("1.4.8"), "tag-free")).toMatchObject({ code: "plan.tag-on-other-commit" });
  });

  it("belongs to the narrowest line, and a wider one holds the others", () => {
    expect(aimed(releasing("1.6.0"))).toMatchObject({ line: lines[0], base: { at: { tag: "v1.5.0" } } });
    expect(checkOf(releasing("1.4.99"), "maintenance-line")?.because).toContain("line 1.4.x");
    expect(aimed(releasing("2.2.0")).line).toBeUndefined();
  });

  it("begins at what went before where its line has no release yet", () => {
    const remote = aRemote({ heads: { "release/1.4": head }, tags: { "v1.3.0": before, "v2.1.0": elsewhere } });
    const given = { policy: { version }, facts: { versions: [value("1.4.0")], remote } };
    expect(aimed(given).base).toMatchObject({ at: { tag: "v1.3.0" } });
  });

  it("does not become the latest, of all or of its major, where a higher one is released", () => {
    expect(composed(releasing("1.4.9")).latest).toEqual({ overall: false, major: false, line: "1.4.x" });
    expect(composed(releasing("1.6.0")).latest).toEqual({ overall: false, major: true, line: "1.x" });
    expect(composed(releasing("2.2.0")).latest).toEqual({ overall: true, major: true, line: null });
  });

  it.each<[rule: string, given: Given, result: string, code: string | undefined]>([
    ["comes from the branch of its line", releasing("1.4.9"), "pass", undefined],
    ["is refused without that branch", releasing("1.4.9", { main: head }), "fail", "plan.line-branch-mismatch"],
    [
      "is refused from another branch",
      {
        ...releasing("1.4.9", { main: head, "release/1.4": before }),
        facts: {
          ...releasing("1.4.9", { main: head, "release/1.4": before }).facts,
          tips: tipsOf([head, before], [head]),
        },
      },
      "fail",
      "plan.line-branch-mismatch",
    ],
    [
      "is open where the checkout does not hold what the branch points at",
      releasing("1.4.9", { "release/1.4": elsewhere }),
      "inconclusive",
      "plan.remote-moved",
    ],
    [
      "is open where the remote does not answer",
      { policy: { version }, facts: { versions: [value("1.4.9")], remote: { known: false, because: "timeout" } } },
      "inconclusive",
      "plan.remote-unknown",
    ],
  ])("%s", (_rule, given, result, code) => {
    const found = checkOf(given, "maintenance-line");
    expect([found?.result, found?.code]).toEqual([result, code]);
  });

  it("without a line in the configuration stays refused", () => {
    const given = { ...releasing("1.4.9"), policy: {} };
    expect(checkOf(given, "version-increased")).toMatchObject({ code: "plan.version-regressed" });
    expect(checkOf(given, "maintenance-line")).toBeUndefined();
  });
});
