import { describe, expect, it } from "vitest";
import { artifactName, isLegArtifact } from "./artifact-name.ts";
import { digestOf } from "./digest.ts";
import { formatHandover, parseHandover } from "./handover.ts";

const digest = digestOf("x");

describe("a handover", () => {
  it("survives its way through a job output", () => {
    const handover = { artifact: "seaworthy-plan-release-1", digest };
    expect(parseHandover(formatHandover(handover))).toEqual(handover);
  });

  it.each(["", "name", "name@sha256:12", `@${digest}`, `name@sha512:${"a".repeat(64)}`])(
    "is not read from %j",
    (text) => {
      expect(parseHandover(text)).toBeUndefined();
    },
  );
});

describe("an artifact's name", () => {
  it("holds stage, leg and attempt", () => {
    expect(artifactName("release-gates", "unit-tests", 2)).toBe("seaworthy-release-gates-unit-tests-2");
  });

  it("tells a leg from a collector", () => {
    expect(isLegArtifact("seaworthy-release-gates-tests-1", "release-gates")).toBe(true);
    expect(isLegArtifact("seaworthy-release-gates-1", "release-gates")).toBe(false);
    expect(isLegArtifact("other-release-gates-tests-1", "release-gates")).toBe(false);
  });
});
