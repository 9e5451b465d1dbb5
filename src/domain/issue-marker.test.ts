import { describe, expect, it } from "vitest";
import { fingerprintOf, formatMarker, type Marker, readOwnMarker } from "./issue-marker.ts";

const hash = (digit: string) => digit.repeat(64);
const marker: Marker = {
  kind: "blocker",
  origin: "release-gates",
  fingerprint: hash("a"),
  about: hash("b"),
  finding: hash("c"),
};

const account = "github-actions[bot]";
const readMarker = (body: string, author = account) => readOwnMarker({ author, body }, account);

describe("a marker", () => {
  it("is read as it was written, with text behind it or none", () => {
    expect(readMarker(`${formatMarker(marker)}\n## Goal`)).toEqual(marker);
    expect(readMarker(`${formatMarker(marker)}\r\n## Goal`)).toEqual(marker);
    expect(readMarker(formatMarker(marker))).toEqual(marker);
  });

  it.each([
    ["a later line", `Hello\n${formatMarker(marker)}`],
    ["after a blank", ` ${formatMarker(marker)}`],
    ["a line with more on it", `${formatMarker(marker)} and more`],
    ["another kind", formatMarker(marker).replace("blocker", "release")],
    ["a short fingerprint", formatMarker(marker).replace(hash("a"), "a".repeat(63))],
    ["no marker", "## Goal"],
  ])("is none in %s", (_where, body) => {
    expect(readMarker(body)).toBeUndefined();
  });
});

describe("GAT-42: the marker of an account that does not file", () => {
  it.each(["ada", "github-actions", "", "github-actions[bot]x"])("is none from %o", (author) => {
    expect(readMarker(formatMarker(marker), author)).toBeUndefined();
  });

  it("counts however the account's case is written", () => {
    expect(readMarker(formatMarker(marker), "GitHub-Actions[bot]")).toEqual(marker);
  });
});

describe("GAT-42: a fingerprint", () => {
  it("is the same whatever the case and the whitespace", () => {
    expect(fingerprintOf("v1", "Unit  tests\n")).toBe(fingerprintOf("V1", "unit tests"));
  });

  it("differs with each part, and with where a part ends", () => {
    expect(fingerprintOf("v1", "a")).not.toBe(fingerprintOf("v2", "a"));
    expect(fingerprintOf("ab", "c")).not.toBe(fingerprintOf("a", "bc"));
  });
});
