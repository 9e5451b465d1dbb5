import { describe, expect, it } from "vitest";
import type { TreeSighting } from "#src/ports/tag-content";
import { aSha } from "#src/testing/builders";
import { type PreflightScene, sitPreflight } from "../testing/preflight-scene.ts";

const there = (commit: string): TreeSighting => ({ seen: "served", commit, digests: new Map() });
const absent: TreeSighting = { seen: "absent" };

function sit(scene: Omit<PreflightScene, "channel">) {
  return sitPreflight({ ...scene, channel: { kind: "npm", package: "tide" } });
}

describe("the tag, before anything is published", () => {
  it.each<[what: string, scene: Omit<PreflightScene, "channel">, code: string | undefined]>([
    ["is on the released commit", { tag: there(aSha()) }, undefined],
    ["is on another commit", { tag: there("f".repeat(40)) }, "build.sha-mismatch"],
    ["is on another commit in a rehearsal", { tag: there("f".repeat(40)), mode: "rehearsal" }, "build.sha-mismatch"],
    ["is not there", { tag: absent }, "build.tag-absent-remote"],
    ["is still to be made in a rehearsal", { tag: absent, mode: "rehearsal" }, undefined],
    ["cannot be asked for", { tag: { seen: "unknown", because: "no answer" } }, "publish.remote-unknown"],
  ])("BLD-01: when it %s", async (_what, scene, code) => {
    expect((await sit(scene)).code).toBe(code);
  });

  const rehearsed = { tag: absent, mode: "rehearsal" } as const;

  it("PUB-05: is forbidden by a ruleset, which a rehearsal tells and leaves to the token that makes it", async () => {
    const { code, checkOf } = await sit({ ...rehearsed, rules: { rulesets: ["releases"] } });
    expect(code).toBeUndefined();
    expect(checkOf("tag-rules")).toMatchObject({ required: false, code: "tag.rule-forbids" });
    expect(checkOf("tag-rules")?.because).toContain("releases");
  });

  it("PUB-05: is free to be made where the rules allow it, and unknown where they cannot be read", async () => {
    expect((await sit(rehearsed)).checkOf("tag-rules")?.result).toBe("pass");
    const unread = await sit({ ...rehearsed, rules: { unknown: "404" } });
    expect(unread.checkOf("tag-rules")).toMatchObject({ required: false, result: "inconclusive" });
  });

  it("spends no question on rules once it is there", async () => {
    expect((await sit({ rules: { rulesets: ["releases"] } })).checkOf("tag-rules")).toBeUndefined();
  });
});
