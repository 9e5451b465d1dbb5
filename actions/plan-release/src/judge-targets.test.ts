import { describe, expect, it } from "vitest";
import { targetsSection } from "#src/contract/config/targets";
import { gatherTargets } from "./gather-targets.ts";
import { judgeTargets } from "./judge-targets.ts";

const file = JSON.stringify({ targets: [{ triple: "x86", sdk: "linux_amd64", channels: { homebrew: "official" } }] });
const holding = (text: string | undefined) => ({ read: () => Promise.resolve(text) });
const judged = async (policy: object | undefined, text: string | undefined) =>
  judgeTargets({ targets: await gatherTargets(policy && targetsSection.parse(policy), "c0ffee", holding(text)) });

describe("the targets of a plan", () => {
  const json = { kind: "json", file: "targets.json", id: "triple", platform: "sdk" };

  it("BLD-06: are read at the commit, or stand in the configuration", async () => {
    const list = [{ id: "x86", platform: "linux_amd64", channels: { homebrew: "official" } }];
    const named = { result: "pass", because: "1 target: x86" };
    expect(await judged(json, file)).toMatchObject([named]);
    expect(await judged({ kind: "list", list }, undefined)).toMatchObject([named]);
  });

  it.each([
    ["there is no such file", undefined],
    ["the file is no JSON", "targets:"],
    ["a column is named that it does not have", file],
  ])("BLD-06: block where %s", async (_what, text) => {
    const channels = text === file ? [{ id: "npm", platform: "node" }] : [];
    expect(await judged({ ...json, channels }, text)).toMatchObject([
      { result: "fail", code: "build.targets-invalid" },
    ]);
  });

  it("ask nothing of a project that has none", async () => {
    expect(await judged(undefined, undefined)).toEqual([]);
  });
});
