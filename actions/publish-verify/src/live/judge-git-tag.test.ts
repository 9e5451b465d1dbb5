import { describe, expect, it } from "vitest";
import { decidingCode } from "#src/domain/verdict";
import type { TreeSighting } from "#src/ports/tag-content";
import { aBuiltFile } from "#src/testing/build-builders";
import { aRelease, aSha } from "#src/testing/builders";
import { mayChange } from "./finding.ts";
import { judgeTag, judgeUntagged } from "./judge-git-tag.ts";

const files = ["dist/a.js", "dist/b.js"].map((name) => aBuiltFile({ name, kind: "git-tree", package: null }));
const expecting = (mode: "live" | "rehearsal" = "live") => ({
  channel: { id: "action", required: true },
  release: { ...aRelease({ mode }), tag: "v1.1.0", version: "1.1.0" },
  files,
});
const built = "1".repeat(64);
const tree = (digests: Record<string, string>, commit = aSha()): TreeSighting => ({
  seen: "served",
  commit,
  digests: new Map(Object.entries(digests)),
});
const whole = tree({ "dist/a.js": built, "dist/b.js": built, "README.md": "0" });
const unknown: TreeSighting = { seen: "unknown", because: "HTTP 503" };

describe("a tag that users fetch, live", () => {
  it("PUB-30: passes with the released commit and every built file", () => {
    const finding = judgeTag(expecting(), whole);
    expect(finding).toMatchObject({ standing: "live", checks: [{ result: "pass" }] });
    expect(finding.subjects).toEqual([{ name: "refs/tags/v1.1.0", digest: { gitCommit: aSha() } }]);
  });

  it.each<[string, TreeSighting, string, boolean]>([
    [
      "PUB-11 F12: on another commit fails at once",
      tree({ "dist/a.js": built, "dist/b.js": built }, aSha("b")),
      "publish.source-sha-mismatch",
      false,
    ],
    [
      "PUB-30: with other bytes fails at once",
      tree({ "dist/a.js": built, "dist/b.js": "9" }),
      "publish.hash-mismatch",
      false,
    ],
    [
      "PUB-37: without one of the files is incomplete, at once",
      tree({ "dist/a.js": built }),
      "publish.channel-incomplete",
      false,
    ],
    ["PUB-31: that is absent is not live, which time may change", { seen: "absent" }, "publish.not-live", true],
    ["ALL-08: that cannot be asked for is unknown, which time may change", unknown, "publish.remote-unknown", true],
  ])("%s", (_rule, sighting, code, open) => {
    const finding = judgeTag(expecting(), sighting);
    expect(decidingCode(finding.checks)).toBe(code);
    expect(finding.standing).toBe("open");
    expect(mayChange(finding)).toBe(open);
  });
});

describe("a tag that exists already, rehearsed", () => {
  it.each<[string, TreeSighting, string | undefined]>([
    ["ALL-09: passes with the same commit and bytes", whole, undefined],
    [
      "ALL-09 F07: fails on another commit",
      tree({ "dist/a.js": built, "dist/b.js": built }, aSha("b")),
      "publish.exists-different",
    ],
    ["ALL-09: fails with other bytes", tree({ "dist/a.js": built, "dist/b.js": "9" }), "publish.exists-different"],
  ])("%s", (_rule, sighting, code) => {
    expect(decidingCode(judgeTag(expecting("rehearsal"), sighting).checks)).toBe(code);
  });
});

describe("a commit that is to be tagged, rehearsed", () => {
  it.each<[string, TreeSighting, string, string | undefined]>([
    ["passes when its tree holds the built files", whole, "planned", undefined],
    [
      "fails when its tree holds other bytes than were built",
      tree({ "dist/a.js": built, "dist/b.js": "9" }),
      "open",
      "publish.exists-different",
    ],
    ["fails when its tree lacks a built file", tree({ "dist/a.js": built }), "open", "publish.channel-incomplete"],
    ["is unknown when it cannot be fetched", unknown, "open", "publish.remote-unknown"],
    ["is unknown when the remote does not have it", { seen: "absent" }, "open", "publish.remote-unknown"],
  ])("%s", (_rule, sighting, standing, code) => {
    const finding = judgeUntagged(expecting("rehearsal"), sighting);
    expect(finding.standing).toBe(standing);
    expect(decidingCode(finding.checks)).toBe(code);
  });
});
