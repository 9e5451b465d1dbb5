import { describe, expect, it } from "vitest";
import type { ChannelPolicy } from "#src/contract/config/channels";
import { decidingCode } from "#src/domain/verdict";
import type { ServedFile, VersionSighting } from "#src/ports/package-channel";
import { aBuiltFile } from "#src/testing/build-builders";
import { aRelease } from "#src/testing/builders";
import { FakePackageChannel, FakeTagContent } from "#src/testing/fake-channels";
import { channelPorts } from "../testing/channel-ports.ts";
import { lookAt } from "./channels.ts";
import { mayChange } from "./finding.ts";

const archive = aBuiltFile({ name: "tide_linux_amd64.tar.gz", kind: "archive", package: null, sha256: "1".repeat(64) });
const sums = aBuiltFile({ name: "checksums.txt", kind: "file", package: null, sha256: "2".repeat(64) });
const image = aBuiltFile({ name: "harbour/tide", kind: "image", package: null });
const tree = aBuiltFile({ name: "dist/a.js", kind: "git-tree", package: null });
const whole: ServedFile[] = [archive, sums].map(({ name, sha256, size }) => ({ name, digests: { sha256 }, size }));
const shared = { required: true, files: ["**"], deadline: "2m" };
const release: ChannelPolicy = { ...shared, id: "release", kind: "github-release" };
const command: ChannelPolicy = {
  ...{ ...shared, id: "packages", kind: "command" },
  ...{ run: "scripts/served.sh", pointers: ["stable"], timeout: "1m" },
};

interface Scene {
  channel?: ChannelPolicy;
  files?: ServedFile[];
  pointers?: Record<string, string>;
  version?: VersionSighting;
}

async function sit({
  channel = release,
  files = whole,
  pointers = { latest: "1.1.0", stable: "1.1.0" },
  ...rest
}: Scene) {
  const { version = { seen: "served", files } } = rest;
  const port = new FakePackageChannel({ version, pointers: new Map(Object.entries(pointers)) });
  const identity = { ...aRelease(), tag: "v1.1.0", version: "1.1.0" };
  const built = [archive, sums, image, tree];
  const finding = await lookAt({ channel, release: identity, built }, channelPorts(port, new FakeTagContent()));
  return { finding, code: decidingCode(finding.checks), asked: port.asked };
}

describe.each([
  ["the assets of a release", release],
  ["what a command tells of a place", command],
])("%s", (_what, channel) => {
  it("PUB-30: passes when every built file is served and no other, images and the tree left out", async () => {
    const { finding, code } = await sit({ channel });
    expect(code).toBeUndefined();
    expect(finding.subjects?.map(({ name }) => name)).toEqual([
      `${channel.id}@1.1.0/tide_linux_amd64.tar.gz`,
      `${channel.id}@1.1.0/checksums.txt`,
    ]);
  });

  it("PUB-30: fails at once with other bytes, and with a file that nobody built", async () => {
    const [first = whole[0], ...rest] = whole;
    if (!first) throw new Error("expected a file");
    const other = await sit({ channel, files: [{ ...first, digests: { sha256: "9".repeat(64) } }, ...rest] });
    expect([other.code, mayChange(other.finding)]).toEqual(["publish.hash-mismatch", false]);
    const extra = await sit({ channel, files: [...whole, { ...first, name: "install.sh" }] });
    expect([extra.code, mayChange(extra.finding)]).toEqual(["publish.asset-extra", false]);
  });

  it("PUB-37: is incomplete without one of the built files, which time may change", async () => {
    const { code, finding } = await sit({ channel, files: whole.slice(1) });
    expect([code, mayChange(finding)]).toEqual(["publish.channel-incomplete", true]);
  });

  it("PUB-30: is compared with the built files that the channel names", async () => {
    const { code } = await sit({ channel: { ...channel, files: ["*.tar.gz"] }, files: whole.slice(0, 1) });
    expect(code).toBeUndefined();
    expect((await sit({ channel: { ...channel, files: ["*.deb"] } })).code).toBe("publish.files-empty");
  });
});

describe("the pointers of such a channel", () => {
  it("PUB-32 PUB-33: are GitHub's latest release, for installers and updaters", async () => {
    const { code } = await sit({ pointers: { latest: "1.0.0" } });
    expect(code).toBe("publish.latest-wrong");
    expect((await sit({ pointers: { latest: "1.2.0" } })).code).toBeUndefined();
  });

  it("PUB-32: are those that the configuration names, of a command", async () => {
    expect((await sit({ channel: command, pointers: { stable: "1.0.0" } })).code).toBe("publish.latest-wrong");
    expect((await sit({ channel: command, pointers: { latest: "1.1.0" } })).code).toBe("publish.latest-wrong");
    expect((await sit({ channel: { ...command, pointers: [] }, pointers: {} })).code).toBeUndefined();
  });

  it("are asked of the command that the configuration names", async () => {
    expect((await sit({ channel: command })).asked).toEqual(["scripts/served.sh@1.1.0"]);
  });
});
