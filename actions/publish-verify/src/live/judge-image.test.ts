import { describe, expect, it } from "vitest";
import type { ChannelPolicy } from "#src/contract/config/channels";
import { decidingCode } from "#src/domain/verdict";
import type { ChannelLook, ServedFile, VersionSighting } from "#src/ports/package-channel";
import { aBuiltFile } from "#src/testing/build-builders";
import { aRelease } from "#src/testing/builders";
import { FakePackageChannel, FakeTagContent } from "#src/testing/fake-channels";
import { channelPorts } from "../testing/channel-ports.ts";
import { lookAt } from "./channels.ts";
import { mayChange } from "./finding.ts";

const name = "harbour/clock";
const image = `images.example.com/${name}`;
const built = [null, "linux/amd64", "linux/arm64"].map((platform, count) =>
  aBuiltFile({ name, kind: "image", package: null, platform, sha256: String(count + 1).repeat(64) }),
);
const whole: ServedFile[] = built.map(({ platform, sha256, size }) => ({ name, platform, digests: { sha256 }, size }));
const served = (files = whole): VersionSighting => ({ seen: "served", files });
const everywhere = { latest: "1.4.2", v1: "1.4.2", "v1.4": "1.4.2" };

interface Scene {
  version?: VersionSighting;
  pointers?: Record<string, string>;
  files?: typeof built;
  policy?: Partial<Extract<ChannelPolicy, { kind: "oci" }>>;
  released?: string;
  mode?: "live" | "rehearsal";
  notes?: ChannelLook["notes"];
}

async function sit(scene: Scene = {}) {
  const {
    version = served(),
    pointers = everywhere,
    files = built,
    policy = {},
    released = "1.4.2",
    mode = "live",
  } = scene;
  const channel: ChannelPolicy = {
    ...{ id: "image", kind: "oci", required: true, image, deadline: "2m" },
    ...{ "tag-prefix": "v", floating: ["latest", "major", "minor"] },
    ...policy,
  };
  const port = new FakePackageChannel({
    version,
    pointers: new Map(Object.entries(pointers)),
    ...(scene.notes ? { notes: scene.notes } : {}),
  });
  const release = { ...aRelease({ mode }), tag: `v${released}`, version: released };
  const ports = channelPorts(port, new FakeTagContent());
  const finding = await lookAt({ channel, release, built: files }, ports);
  return { finding, code: decidingCode(finding.checks), port };
}

const without = (count: number) => whole.filter((_file, index) => index !== count);
const changed = (count: number, change: Partial<ServedFile>) =>
  whole.map((file, index) => (index === count ? { ...file, ...change } : file));

describe("an image on its registry", () => {
  it("PUB-30: passes when the index and every platform have the built digests, and is named with them", async () => {
    const { finding, code } = await sit({ notes: { listed: "yes" } });
    expect([code, finding.standing]).toEqual([undefined, "live"]);
    expect(finding.subjects?.map((subject) => [subject.name, subject.digest.sha256])).toEqual([
      [`${image}@1.4.2`, "1".repeat(64)],
      [`${image}@1.4.2 (linux/amd64)`, "2".repeat(64)],
      [`${image}@1.4.2 (linux/arm64)`, "3".repeat(64)],
    ]);
    expect(finding.seen).toMatchObject({ latest: "1.4.2", v1: "1.4.2", "v1.4": "1.4.2", listed: "yes" });
  });

  it("PUB-37: without one of its platforms is incomplete, which time may change", async () => {
    const { finding, code } = await sit({ version: served(without(2)) });
    expect([code, mayChange(finding)]).toEqual(["publish.channel-incomplete", true]);
    expect(finding.checks[0]?.because).toContain("harbour/clock (linux/arm64)");
  });

  it("PUB-30: with another image for one platform fails at once, and names the platform", async () => {
    const { finding, code } = await sit({ version: served(changed(2, { digests: { sha256: "9".repeat(64) } })) });
    expect([code, mayChange(finding)]).toEqual(["publish.hash-mismatch", false]);
    expect(finding.checks[0]?.because).toContain("harbour/clock (linux/arm64): SHA-256 3333");
  });

  it("PUB-30: with a platform that nobody built fails at once", async () => {
    const { finding, code } = await sit({ version: served(changed(2, { platform: "windows/amd64" })) });
    expect([code, mayChange(finding)]).toEqual(["publish.asset-extra", false]);
  });

  it("PUB-30: is not looked for where no image of its path was built", async () => {
    const files = [aBuiltFile({ name: "harbour/bell", kind: "image", package: null })];
    const { code, port } = await sit({ files });
    expect([code, port.asked]).toEqual(["publish.files-empty", []]);
  });

  it.each([
    ["latest", { ...everywhere, latest: "1.4.1" }],
    ["v1", { ...everywhere, v1: "1.3.0" }],
    ["v1.4", { ...everywhere, "v1.4": `sha256:${"9".repeat(64)}` }],
    ["v1.4", { latest: "1.4.2", v1: "1.4.2" }],
  ])("PUB-32: whose tag %s names something else has moved, which time may change", async (pointer, pointers) => {
    const { finding, code } = await sit({ pointers });
    expect([code, mayChange(finding)]).toEqual(["publish.latest-wrong", true]);
    const wrong = finding.checks.filter(({ result }) => result !== "pass").map(({ id }) => id);
    expect(wrong).toEqual([`image:${pointer}`]);
  });

  it("PUB-32: may stand behind newer versions, each floating tag within its own line", async () => {
    expect((await sit({ pointers: { latest: "2.0.0", v1: "1.5.0", "v1.4": "1.4.3" } })).code).toBeUndefined();
    expect((await sit({ pointers: { ...everywhere, v1: "2.0.0" } })).code).toBe("publish.latest-wrong");
    expect((await sit({ pointers: { ...everywhere, "v1.4": "1.5.0" } })).code).toBe("publish.latest-wrong");
    expect((await sit({ pointers: { ...everywhere, latest: "2.0.0-rc.1" } })).code).toBe("publish.latest-wrong");
  });

  it("PUB-32: moves no floating tag as a pre-release, nor where none is wanted", async () => {
    expect((await sit({ released: "1.4.2-rc.1", pointers: { latest: "1.4.1" } })).code).toBeUndefined();
    expect((await sit({ policy: { floating: [] }, pointers: {} })).code).toBeUndefined();
  });

  it("PUB-06: that is there in a rehearsal is taken by other bytes, or there already", async () => {
    const other = served(changed(0, { digests: { sha256: "9".repeat(64) } }));
    expect((await sit({ mode: "rehearsal", version: other })).code).toBe("publish.exists-different");
    expect((await sit({ mode: "rehearsal" })).finding.standing).toBe("live");
    expect((await sit({ mode: "rehearsal", version: { seen: "absent" } })).finding.standing).toBe("planned");
  });
});
