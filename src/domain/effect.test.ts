import { describe, expect, it } from "vitest";
import { type Effect, planDigest } from "./effect.ts";

const tag: Effect = {
  kind: "tag",
  target: "refs/tags/v1",
  precondition: "absent",
  wanted: "annotated abc",
  state: "planned",
};
const release: Effect = { ...tag, kind: "github-release", target: "v1", wanted: "published" };

describe("ALL-05: the digest of a plan", () => {
  it("is the same whatever became of the effects", () => {
    expect(planDigest([{ ...tag, state: "done" }])).toBe(planDigest([tag]));
  });

  it("is the same in any order", () => {
    expect(planDigest([release, tag])).toBe(planDigest([tag, release]));
  });

  it("differs when something else is wanted", () => {
    expect(planDigest([{ ...tag, wanted: "annotated def" }])).not.toBe(planDigest([tag]));
  });
});
