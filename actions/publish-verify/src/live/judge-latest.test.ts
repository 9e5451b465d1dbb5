import { describe, expect, it } from "vitest";
import type { ChannelPolicy } from "#src/contract/config/channels";
import { aBuiltFile } from "#src/testing/build-builders";
import { aRelease } from "#src/testing/builders";
import { FakePackageChannel, FakeTagContent } from "#src/testing/fake-channels";
import { channelPorts } from "../testing/channel-ports.ts";
import { lookAt } from "./channels.ts";
import { judgeLatest } from "./judge-latest.ts";

type Kind = "pypi" | "npm" | "cargo";

function judge(version: string, latest: string, kind: Kind = "pypi") {
  const channel = {
    ...{ id: "registry", kind, package: "tide", required: true, deadline: "2m" },
  } satisfies ChannelPolicy;
  const release = { ...aRelease(), version, tag: `v${version}` };
  return judgeLatest({ channel, release, files: [] }, new Map([["latest", latest]]));
}

describe("the newest stable version on a channel", () => {
  it.each(["1.1.0rc1", "1.1.0a1", "1.1.0.dev3", "1.1.0-rc.1"])(
    "ALL-11: the pre-release %s moves no pointer, however it is spelled",
    (version) => {
      expect(judge(version, "1.0.0")).toEqual([]);
    },
  );

  it.each([
    ["1.1.0", "pass", "1.1.0"],
    ["1.1.0", "pass", "1.2.0"],
    ["1.1.0", "pass", "1.2.0.post1"],
    ["1.1.0", "pass", "1.2.0+incompatible"],
    ["1.1.0", "fail", "1.0.0"],
    ["1.1.0", "fail", "1.2.0rc1"],
    ["1.1.0", "fail", "1.2.0-rc.1"],
    ["1.1.0", "fail", "1.1.0+other"],
    ["1.1.0", "fail", "no version"],
    ["0.1.1", "pass", "0.1.10"],
    ["1.1.0.post1", "fail", "1.1.0"],
    ["1.1.0.post1", "pass", "1.1.0.post1"],
    ["1.1.0.post1", "pass", "1.2.0"],
  ])("ALL-10 ALL-11: beside %s it is a %s for %s to be the latest", (version, result, latest) => {
    expect(judge(version, latest)).toMatchObject([{ result }]);
  });
});

describe("the version that a registry is asked for", () => {
  it.each<[kind: Kind, asked: string]>([
    ["npm", "tide@1.1.0-rc.1"],
    ["cargo", "tide@1.1.0-rc.1"],
    ["pypi", "tide@1.1.0rc1"],
  ])("ALL-10: is spelled as %s spells it, whatever the release does", async (kind, asked) => {
    const port = new FakePackageChannel();
    const built = { npm: "npm", cargo: "crate", pypi: "sdist" } as const;
    const channel: ChannelPolicy = { id: "registry", kind, package: "tide", required: true, deadline: "2m" };
    const release = { ...aRelease(), version: "1.1.0rc1", tag: "v1.1.0rc1" };
    const files = [aBuiltFile({ kind: built[kind], package: "tide" })];
    await lookAt({ channel, release, built: files }, channelPorts(port, new FakeTagContent()));
    expect(port.asked).toEqual([asked]);
  });
});
