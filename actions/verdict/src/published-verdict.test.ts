import { describe, expect, it } from "vitest";
import { canonicalJson } from "#src/domain/digest";
import { aRelease, aSha } from "#src/testing/builders";
import { aChain, aChainContext } from "#src/testing/release-chain";
import { aVerdict } from "#src/testing/release-story";
import { isVerdictOf } from "./published-verdict.ts";
import { wantedRelease } from "./wanted-release.ts";

const wanted = wantedRelease(aChainContext(aChain()));
const effects = wanted ? [{ stage: "verdict" as const, ...wanted.effect, state: "done" as const }] : [];
const judged = (document: object) =>
  wanted && isVerdictOf(new TextEncoder().encode(canonicalJson({ ...aVerdict({ effects }), ...document })), wanted);

describe("a published verdict.json", () => {
  it("is of this release when it released this tag and commit with the same plan", () => {
    expect(judged({})).toBe(true);
    expect(judged({ verdict: "Released-with-override" })).toBe(true);
  });

  it.each([
    ["another verdict", { verdict: "Aborted" }],
    ["no verdict", { verdict: null }],
    ["another commit", { release: aRelease({ sha: aSha("b") }) }],
    ["another tag", { release: aRelease({ tag: "v9" }) }],
    ["another plan", { effects: [] }],
    ["another form", { schema: "other" }],
  ])("with %s is not", (_what, change) => {
    expect(judged(change)).toBe(false);
  });

  it("that is no JSON is not", () => {
    expect(wanted && isVerdictOf(new TextEncoder().encode("no"), wanted)).toBe(false);
  });
});
