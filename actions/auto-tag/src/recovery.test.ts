import { describe, expect, it } from "vitest";
import { decidingCode } from "#src/domain/verdict";
import type { VersionSighting } from "#src/ports/package-channel";
import { aSha } from "#src/testing/builders";
import { FakeTags } from "#src/testing/fake-tags";
import { gated, sit } from "./testing/auto-tag-stage.ts";

const npm = [{ id: "npm", kind: "npm", package: "tide" }];

async function fail({ released, channels = npm, seen = { seen: "absent" }, recover = "print" }: Scene = {}) {
  const tags = new FakeTags(released === undefined ? {} : { released }).put("v1.1.0", { commit: aSha("b") });
  const registry = { look: async () => ({ version: seen, pointers: new Map<string, string>() }) };
  const report = await sit(tags, gated({ config: { channels, tag: { recover } } }), { registry });
  expect(decidingCode(report.checks)).toBe("tag.exists-other-commit");
  expect(tags.refs.get("v1.1.0")).toMatchObject({ commit: aSha("b") });
  return { ...report, recovery: report.checks.find(({ id }) => id === "recovery"), calls: tags.calls };
}

interface Scene {
  released?: boolean;
  channels?: object[];
  seen?: VersionSighting;
  recover?: "print" | "none";
}

describe("a tag that should not stand there", () => {
  it("TAG-16: is removed by a person with the printed commands, which meet no other tag, where nothing is public", async () => {
    const { recovery, summary } = await fail({ released: false });
    expect(recovery).toMatchObject({ result: "pass", required: false });
    expect(summary).toContain(`git push --force-with-lease=refs/tags/v1.1.0:${aSha("f")} origin :refs/tags/v1.1.0`);
  });

  it.each<[string, Scene]>([
    ["a GitHub release", { released: true }],
    ["the version on a channel", { released: false, seen: { seen: "served", files: [] } }],
    ["a trace of the version on a channel", { released: false, seen: { seen: "accepted", because: "a packument" } }],
    ["no answer from a channel", { released: false, seen: { seen: "unknown", because: "503" } }],
    ["no answer from GitHub", {}],
    ["users who take the repository at the tag", { released: false, channels: [{ id: "git", kind: "git-tag" }] }],
  ])("TAG-16: stays where it is with %s, and the advice is the next patch", async (_what, scene) => {
    const { recovery, summary } = await fail(scene);
    expect(recovery).toMatchObject({ code: "tag.recover-refused-published", required: false });
    expect(summary).not.toContain("git push");
    expect(summary).toContain("next patch");
  });

  it("TAG-16: is not spoken of where the configuration says so, and nothing is asked", async () => {
    const { recovery, calls } = await fail({ recover: "none" });
    expect(recovery).toBeUndefined();
    expect(calls).toEqual(["find"]);
  });
});
