import { describe, expect, it } from "vitest";
import { configSchema } from "#src/contract/config/schema";
import { canonicalJson, digestOf } from "#src/domain/digest";
import { conclude, decidingCode } from "#src/domain/verdict";
import type { ChannelLook, VersionSighting } from "#src/ports/package-channel";
import { aBuiltFile } from "#src/testing/build-builders";
import { aRelease } from "#src/testing/builders";
import { FakePackageChannel, FakeTagContent } from "#src/testing/fake-channels";
import { fakeClock } from "#src/testing/fake-clock";
import { aVerdict } from "#src/testing/release-story";
import { channelPorts } from "../testing/channel-ports.ts";
import { verifyLater } from "./verify-later.ts";

const file = aBuiltFile();
const { sha256, sha512 } = file;
const npm = { id: "npm", kind: "npm", package: "tide" };
const release = { ...aRelease(), tag: "v1.1.0", version: "1.1.0" };

const seen = (version: VersionSighting): ChannelLook => ({ version, pointers: new Map([["latest", "1.1.0"]]) });
const bytes = (digest = sha256) => [{ name: null, digests: { sha256: digest, sha512 }, size: 3 }];
const served = seen({ seen: "served", files: bytes() });

interface Scene {
  looks?: ChannelLook[];
  tag?: string;
  verified?: object;
  verdict?: object;
  published?: boolean;
  config?: object;
  mode?: "live" | "rehearsal";
}

async function sit(scene: Scene = {}) {
  const { looks = [served], tag = "", verified = {}, verdict = {}, published = true, mode = "live" } = scene;
  const config = configSchema.parse({ channels: [npm], report: { "github-release": false }, ...scene.config });
  const policy = digestOf(config);
  const document = { schema: "seaworthy-verified/1", release, policy, config, files: [file], ...verified };
  const subjects = [{ name: file.name, digest: { sha256 } }];
  const told = aVerdict({ release, policy, subjects, verdict: "Released", ...verdict });
  const encode = (value: unknown) => new TextEncoder().encode(canonicalJson(value));
  const documents = new Map([
    ["verified.json", encode(document)],
    ["verdict.json", encode(told)],
  ]);
  const asked: string[] = [];
  const ports = {
    ...channelPorts(new FakePackageChannel(...looks), new FakeTagContent()),
    clock: fakeClock(),
    verified: {
      find: async (wanted: string) => {
        asked.push(wanted);
        return published ? { tag: "v1.1.0", documents } : undefined;
      },
    },
  };
  const expected = { repository: release.repository, runId: "9", mode, suite: "0.1.0" };
  const report = await verifyLater(tag, { ledger: { admitted: [], refused: [] }, expected }, ports);
  return { report, asked, code: decidingCode(report.checks), waited: ports.clock.sleeps.length };
}

describe("a release that is verified again later", () => {
  it("PUB-30: passes while users still get what was built, and speaks for that release and its policy", async () => {
    const { report, asked } = await sit();
    expect(conclude(report.checks).result).toBe("pass");
    expect(report.release).toEqual(release);
    const config = report.attachments?.find(({ name }) => name === "config.json");
    expect(digestOf(JSON.parse(String(config?.content)))).toBe(report.policy);
    expect(asked).toEqual([""]);
  });

  it.each<[string, VersionSighting, string]>([
    ["other bytes", { seen: "served", files: bytes("9".repeat(64)) }, "publish.hash-mismatch"],
    ["nothing any more", { seen: "absent" }, "publish.not-live"],
    ["a withdrawn version", { seen: "withdrawn", files: bytes(), because: "yanked" }, "publish.withdrawn"],
    ["no answer", { seen: "unknown", because: "HTTP 503" }, "publish.remote-unknown"],
  ])("PUB-30 PUB-36: blocks when the channel serves %s", async (_what, version, expected) => {
    expect((await sit({ looks: [seen(version)] })).code).toBe(expected);
  });

  it("PUB-31: waits out a channel that is down for a moment before it says anything", async () => {
    const { code, waited } = await sit({ looks: [seen({ seen: "unknown", because: "HTTP 503" }), served] });
    expect([code, waited]).toEqual([undefined, 1]);
  });

  it("PUB-30: looks at the assets of the GitHub release too, where the verdict has written it", async () => {
    const { report } = await sit({ config: { report: { "github-release": true } } });
    expect(report.checks.map(({ id }) => id)).toContain("github-release:live");
  });

  it("judges a published version as one also in a rehearsal, and records the run's own mode", async () => {
    const { report, code } = await sit({ mode: "rehearsal", looks: [seen({ seen: "absent" })] });
    expect([code, report.release?.mode]).toEqual(["publish.not-live", "rehearsal"]);
  });

  it.each<[string, Scene]>([
    ["of another commit", { verdict: { release: { ...release, sha: "b".repeat(40) } } }],
    ["of another tag", { verified: { release: { ...release, tag: "v1.0.0" } } }],
    ["of another repository", { verified: { release: { ...release, repository: "octo/other" } } }],
    ["whose verdict did not release it", { verdict: { verdict: "Aborted" } }],
    ["whose configuration was changed", { verified: { config: configSchema.parse({ channels: [] }) } }],
    ["whose files the verdict does not name", { verified: { files: [aBuiltFile({ sha256: "8".repeat(64) })] } }],
    ["in another form", { verified: { schema: "seaworthy-verified/0" } }],
  ])("ALL-07: believes no evidence %s", async (_what, scene) => {
    await expect(sit(scene)).rejects.toMatchObject({ code: "all.evidence-mismatch" });
  });

  it("ALL-08: cannot tell without a release that holds its evidence", async () => {
    await expect(sit({ published: false, tag: "v9.9.9" })).rejects.toMatchObject({ code: "all.evidence-missing" });
  });
});
