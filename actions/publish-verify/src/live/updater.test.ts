import { describe, expect, it } from "vitest";
import { type ChannelPolicy, channelSchema } from "#src/contract/config/channels";
import { decidingCode } from "#src/domain/verdict";
import type { BytesSighting } from "#src/ports/served-bytes";
import { aBuiltFile } from "#src/testing/build-builders";
import { aRelease } from "#src/testing/builders";
import { FakePackageChannel, FakeTagContent } from "#src/testing/fake-channels";
import { FakeServedBytes } from "#src/testing/fake-formulae";
import { channelPorts } from "../testing/channel-ports.ts";
import { lookAt } from "./channels.ts";
import { mayChange } from "./finding.ts";

const [linux, mac, list] = ["1".repeat(64), "2".repeat(64), "3".repeat(64)];
const asset = (name: string, sha256: string) => aBuiltFile({ name, kind: "archive", package: null, sha256 });
const built = [asset("tide_linux.tar.gz", linux), asset("tide_mac.tar.gz", mac), asset("sums.txt", list)];
const sums = `${linux}  tide_linux.tar.gz\n${mac}  tide_mac.tar.gz\n`;
const at = (name: string) => `https://forge.example/octo/tide/releases/download/v1.1.0/${name}`;
const served = (sha256: string): BytesSighting => ({ seen: "served", sha256, size: 1 });
const whole = {
  [at("sums.txt")]: served(list),
  [at("tide_linux.tar.gz")]: served(linux),
  [at("tide_mac.tar.gz")]: served(mac),
};

interface Scene {
  updater?: object;
  text?: string | undefined;
  addresses?: Record<string, BytesSighting>;
  mode?: "live" | "rehearsal";
}

async function sit({ updater = {}, addresses = {}, mode = "live", ...rest }: Scene = {}) {
  const own = { platforms: ["linux", "mac"], asset: "tide_{platform}.tar.gz", sums: "sums.txt", ...updater };
  const channel: ChannelPolicy = channelSchema.parse({ id: "release", kind: "github-release", updater: own });
  const files = built.map(({ name, sha256, size }) => ({ name, digests: { sha256 }, size }));
  const version = mode === "live" ? { seen: "served" as const, files } : { seen: "absent" as const };
  const port = new FakePackageChannel({ version, pointers: new Map([["latest", "1.1.0"]]) });
  const bytes = new FakeServedBytes({ ...whole, ...addresses });
  const release = { ...aRelease({ mode, repository: "octo/tide" }), tag: "v1.1.0", version: "1.1.0" };
  const text = "text" in rest ? rest.text : sums;
  const ports = { ...channelPorts(port, new FakeTagContent()), bytes };
  const finding = await lookAt({ channel, release, built, carried: () => text }, ports);
  return { finding, code: decidingCode(finding.checks), waits: mayChange(finding), bytes };
}

describe("PUB-33: a program that updates itself", () => {
  it("gets, for each system, the asset that was built and that the list names, by the way that it would take", async () => {
    const { code, bytes, finding } = await sit();
    expect(code).toBeUndefined();
    expect(finding.checks.at(-1)).toMatchObject({ id: "release:updater", result: "pass" });
    expect(bytes.asked).toEqual([at("sums.txt"), at("tide_linux.tar.gz"), at("tide_mac.tar.gz")]);
  });

  it("has 30 s for the list, and longer for a program", async () => {
    const { bytes } = await sit();
    expect(bytes.patience).toEqual([30_000, undefined, undefined]);
  });

  it.each<[what: string, scene: Scene, code: string, waits: boolean]>([
    ["has an asset for its system", { updater: { platforms: ["windows"] } }, "publish.updater-asset-missing", true],
    [
      "finds it at its address",
      { addresses: { [at("tide_mac.tar.gz")]: { seen: "absent", because: "404" } } },
      "publish.updater-asset-missing",
      true,
    ],
    [
      "finds the list in time",
      { addresses: { [at("sums.txt")]: { seen: "unknown", because: "no whole answer in time" } } },
      "publish.remote-unknown",
      true,
    ],
    [
      "gets other bytes than were built",
      { addresses: { [at("tide_linux.tar.gz")]: served("9".repeat(64)) } },
      "publish.checksum-mismatch",
      false,
    ],
    [
      "gets another list",
      { addresses: { [at("sums.txt")]: served("9".repeat(64)) } },
      "publish.checksum-mismatch",
      false,
    ],
    ["reads the digest of the built asset", { text: sums.replace(mac, linux) }, "publish.checksum-mismatch", false],
    ["reads any digest of it", { text: `${linux}  tide_linux.tar.gz\n` }, "publish.checksum-missing", false],
    ["can read the list", { text: "nonsense" }, "publish.checksum-missing", false],
    ["has a list that was built", { text: undefined }, "publish.checksum-missing", false],
  ])("blocks unless it %s, and waits where time may help", async (_what, scene, code, waits) => {
    const found = await sit(scene);
    expect([found.code, found.waits]).toEqual([code, waits]);
  });

  it("is judged by what was built in a rehearsal, which downloads nothing", async () => {
    const planned = await sit({ mode: "rehearsal" });
    expect([planned.code, planned.bytes.asked]).toEqual([undefined, []]);
    expect((await sit({ mode: "rehearsal", text: sums.replace(mac, linux) })).code).toBe("publish.checksum-mismatch");
  });
});
