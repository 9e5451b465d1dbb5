import { describe, expect, it } from "vitest";
import { canonicalJson, digestOf } from "#src/domain/digest";
import { aRelease, aSha } from "#src/testing/builders";
import { aVerdict } from "#src/testing/release-story";
import { isSameRelease } from "./published-verdict.ts";

const bytes = (document: object) => new TextEncoder().encode(canonicalJson({ ...aVerdict(), ...document }));
const judged = (document: object) => isSameRelease(bytes(document), bytes({}));

describe("a published verdict.json", () => {
  it.each([
    ["of another run", { run: { id: "8", url: "https://github.example/runs/8", actor: "someone" } }],
    ["of another time", { started: "2026-02-01T12:00:00Z", finished: "2026-02-01T12:10:00Z" }],
    ["of another verdict that released", { verdict: "Released-with-override" }],
  ])("%s is of the same release", (_what, change) => {
    expect(judged(change)).toBe(true);
  });

  it.each([
    ["that aborted", { verdict: "Aborted" }],
    ["without a verdict", { verdict: null }],
    ["of another commit", { release: aRelease({ sha: aSha("b") }) }],
    ["of another tag", { release: aRelease({ tag: "v9" }) }],
    ["of another repository", { release: aRelease({ repository: "octo/other" }) }],
    ["of a rehearsal", { release: aRelease({ mode: "rehearsal" }) }],
    ["of another policy", { policy: digestOf("other") }],
    ["of another plan", { "plan-digest": digestOf("other") }],
    ["of other built files", { subjects: [] }],
    ["that proved no stage", { stages: [] }],
    ["of another form", { schema: "other" }],
  ])("%s is of another release", (_what, change) => {
    expect(judged(change)).toBe(false);
  });

  it("that is no JSON is of another release", () => {
    expect(isSameRelease(new TextEncoder().encode("no"), bytes({}))).toBe(false);
  });
});
