import { describe, expect, it } from "vitest";
import { conclude, decidingCode } from "#src/domain/verdict";
import type { FormulaSighting } from "#src/ports/formula-source";
import type { BytesSighting } from "#src/ports/served-bytes";
import { aBuild } from "#src/testing/build-builders";
import { aContext, anArrival, aRecord, aRelease } from "#src/testing/builders";
import { FakePackageChannel, FakeTagContent } from "#src/testing/fake-channels";
import { fakeClock } from "#src/testing/fake-clock";
import { FakeFormulae, FakeServedBytes } from "#src/testing/fake-formulae";
import { channelPorts } from "../testing/channel-ports.ts";
import { aFormula, archives, assetOf, digestFor, platforms } from "../testing/formula-scene.ts";
import { verifyLive } from "./verify-live.ts";

interface Scene {
  formula?: FormulaSighting;
  assets?: Record<string, BytesSighting>;
  mode?: "live" | "rehearsal";
  alignment?: "pass" | "fail" | "absent";
  required?: boolean;
}

const served = (text: string): FormulaSighting => ({ seen: "served", commit: "c0ffee", text });
const asset = (platform: string, sha256 = digestFor(platform)): Record<string, BytesSighting> => ({
  [assetOf(platform)]: { seen: "served", sha256, size: 3 },
});
const all = Object.assign({}, ...platforms.map((one) => asset(one)));

async function verify({
  formula = served(aFormula()),
  assets = all,
  mode = "live",
  alignment = "pass",
  required = true,
}: Scene) {
  const release = aRelease({ mode });
  const conclusion = alignment === "fail" ? { verdict: { result: "fail" as const, "decided-by": ["tap"] } } : {};
  const aligned = anArrival(aRecord({ stage: "publish-verify", leg: "alignment", release, ...conclusion }));
  const records = [
    anArrival(aRecord({ stage: "auto-tag", release })),
    aBuild(archives(), { release }),
    ...(alignment === "absent" ? [] : [aligned]),
  ];
  const channels = [{ id: "tap", kind: "homebrew", formula: "Formula/tide.rb", deadline: "3m", required }];
  const clock = fakeClock();
  const ports = {
    ...channelPorts(new FakePackageChannel(), new FakeTagContent()),
    formulae: new FakeFormulae({ "Formula/tide.rb": formula }),
    bytes: new FakeServedBytes(assets),
    clock,
  };
  const report = await verifyLive(aContext({ channels }, records, release), ports);
  const waited = clock.sleeps.reduce((sum, one) => sum + one, 0);
  const codes = report.checks.flatMap(({ code }) => code ?? []);
  return { report, waited, codes, code: decidingCode(report.checks), asked: ports.bytes.asked };
}

const minutes = (count: number) => count * 60_000;
const gone: BytesSighting = { seen: "absent", because: "HTTP 404" };
const silent: BytesSighting = { seen: "unknown", because: "HTTP 503" };

describe("a formula that users have, live", () => {
  it("PUB-23: passes where every address serves the bytes that it tells the digest of", async () => {
    const { report, waited, asked } = await verify({});
    expect(conclude(report.checks).result).toBe("pass");
    expect([waited, asked]).toEqual([0, platforms.map((one) => assetOf(one))]);
    expect(report.outputs).toEqual({ live: "tap", planned: "" });
    expect(report.subjects?.[0]).toEqual({
      name: assetOf("darwin_amd64"),
      digest: { sha256: digestFor("darwin_amd64") },
    });
  });

  it("PUB-23 F44: fails at once where an address serves other bytes", async () => {
    const { codes, waited } = await verify({ assets: { ...all, ...asset("linux_amd64", "9".repeat(64)) } });
    expect([codes, waited]).toEqual([["publish.formula-served-different"], 0]);
  });

  it.each<[string, Scene, string]>([
    ["an archive that is not there yet", { assets: { ...all, [assetOf("linux_amd64")]: gone } }, "publish.not-live"],
    [
      "an archive that cannot be asked for",
      { assets: { ...all, [assetOf("linux_amd64")]: silent } },
      "publish.remote-unknown",
    ],
    ["a formula of an earlier version", { formula: served(aFormula({ version: "1.0.0" })) }, "publish.formula-stale"],
    ["a tap without the formula", { formula: { seen: "absent", because: "no file" } }, "publish.not-live"],
    ["a tap that does not answer", { formula: { seen: "unknown", because: "HTTP 503" } }, "publish.remote-unknown"],
  ])("PUB-31: waits for %s until the deadline", async (_what, scene, code) => {
    const found = await verify(scene);
    expect([found.code, found.waited]).toEqual([code, minutes(3)]);
  });

  it.each<[string, string, string]>([
    ["that cannot be read for certain", "class Tide < Cask\nend\n", "publish.formula-unreadable"],
    [
      "with other digests",
      aFormula({ replace: [[digestFor("linux_amd64"), "8".repeat(63).concat("9")]] }),
      "publish.formula-hash",
    ],
  ])("PUB-20: fails at once for a formula %s, and downloads nothing", async (_what, text, code) => {
    const found = await verify({ formula: served(text) });
    expect([found.code, found.waited, found.asked]).toEqual([code, 0, []]);
  });

  it.each([
    ["was not aligned first", "absent"],
    ["did not pass its alignment", "fail"],
  ] as const)("BLD-14 F10 F17: is an order violated where it %s", async (_what, alignment) => {
    expect((await verify({ alignment })).codes).toEqual(["publish.order-violated"]);
  });

  it("ALL-12: needs no alignment where the formula is optional", async () => {
    expect((await verify({ alignment: "absent", required: false })).codes).not.toContain("publish.order-violated");
  });
});

describe("a formula that users have, rehearsed", () => {
  it.each<[string, Scene]>([
    ["of an earlier version", { formula: served(aFormula({ version: "1.0.0" })) }],
    ["whose archives are still to be uploaded", { assets: {} }],
  ])("PUB-22: is planned %s", async (_what, scene) => {
    const { report } = await verify({ ...scene, mode: "rehearsal" });
    expect(conclude(report.checks).result).toBe("pass");
    expect(report.outputs).toEqual({ live: "", planned: "tap" });
  });

  it("ALL-09: fails where an address is taken by other bytes", async () => {
    const found = await verify({ mode: "rehearsal", assets: asset("linux_amd64", "9".repeat(64)) });
    expect(found.code).toBe("publish.exists-different");
  });
});
