import { describe, expect, it } from "vitest";
import { filesFolder } from "#src/domain/build-manifest";
import { conclude, decidingCode } from "#src/domain/verdict";
import type { FormulaSighting } from "#src/ports/formula-source";
import { aBuild } from "#src/testing/build-builders";
import { aContext, anArrival, aRecord, aRelease } from "#src/testing/builders";
import { FakeFormulae } from "#src/testing/fake-formulae";
import { aFormula, archives, digestFor } from "../testing/formula-scene.ts";
import { alignFormulae } from "./align-formulae.ts";

interface Scene {
  text?: string;
  sighting?: FormulaSighting;
  mode?: "live" | "rehearsal";
  channels?: object[];
  tag?: object;
  given?: Partial<{ formula: string; checksums: string }>;
  files?: Record<string, string>;
  sums?: string;
}

const tap = { id: "tap", kind: "homebrew", tap: "octo/homebrew-tap", formula: "Formula/tide.rb" };
const served = (text: string): FormulaSighting => ({ seen: "served", commit: "c0ffee", text });

async function align({ text = aFormula(), mode = "live", channels = [tap], files = {}, ...scene }: Scene = {}) {
  const release = aRelease({ mode });
  const build = aBuild(archives(), { release });
  if (scene.sums !== undefined) build.attachments.set(`${filesFolder}/sums.txt`, new TextEncoder().encode(scene.sums));
  const records = [anArrival(aRecord({ stage: "auto-tag", release, ...scene.tag })), build];
  const written = new Map(Object.entries(files));
  const ports = {
    formulae: new FakeFormulae({ "octo/homebrew-tap:Formula/tide.rb": scene.sighting ?? served(text) }),
    file: {
      read: async (path: string) => written.get(path),
      write: async (path: string, content: string) => void written.set(path, content),
    },
    server: "https://forge.example",
  };
  const report = await alignFormulae(
    { formula: "", checksums: "", ...scene.given },
    aContext({ channels }, records, release),
    ports,
  );
  return { report, written, code: decidingCode(report.checks), result: conclude(report.checks).result };
}

const stale = aFormula({ version: "1.0.0", replace: [[digestFor("linux_amd64"), "0".repeat(64)]] });
const attached = (report: Awaited<ReturnType<typeof align>>["report"]) => report.attachments?.map(({ name }) => name);

describe("publish-verify, mode alignment", () => {
  it("PUB-20: passes where the tap's formula says what was built", async () => {
    const { report, result } = await align();
    expect(result).toBe("pass");
    expect(report.outputs).toEqual({ aligned: "tap" });
    expect(report.checks.find(({ id }) => id === "tap:formula")?.evidence).toEqual(["c0ffee"]);
  });

  it("PUB-22 F44 F10: blocks a live release with a stale tap, and proposes the patch", async () => {
    const { report, code } = await align({ text: stale });
    expect(code).toBe("publish.formula-stale");
    expect(attached(report)).toEqual(["alignment.json", "tap.patch", "tap/tide.rb"]);
    expect(report.attachments?.[2]?.content).toBe(aFormula());
    expect(report.outputs).toEqual({ aligned: "" });
    expect(report.next).toContain("tap.patch");
  });

  it("PUB-20: tells every mismatch in one table", async () => {
    const { report } = await align({ text: stale });
    const rows = report.summary?.split("\n").filter((line) => line.startsWith("| `tap`")) ?? [];
    expect(rows).toHaveLength(7);
    expect(rows.at(-1)).toContain("`publish.formula-placeholder`");
  });

  it("PUB-22 ALL-05: reports a stale tap in a rehearsal, with the same patch", async () => {
    const { report, result } = await align({ text: stale, mode: "rehearsal" });
    expect(result).toBe("pass");
    expect(report.checks.filter(({ result: found }) => found === "fail").map(({ required }) => required)).not.toContain(
      true,
    );
    expect(attached(report)).toContain("tap.patch");
    expect(report.outputs).toEqual({ aligned: "" });
  });

  it.each<[string, Scene, string]>([
    ["the formula cannot be read for certain", { text: "cask 'tide' do\nend\n" }, "publish.formula-unreadable"],
    ["the tap has no such formula", { sighting: { seen: "absent", because: "no file" } }, "publish.formula-unreadable"],
    ["the tap does not answer", { sighting: { seen: "unknown", because: "HTTP 503" } }, "publish.remote-unknown"],
    [
      "a digest is a placeholder",
      { text: aFormula({ replace: [[digestFor("linux_amd64"), "TODO"]] }) },
      "publish.formula-placeholder",
    ],
    ["no formula is configured", { channels: [] }, "publish.no-channel"],
    ["the tag did not pass", { tag: { verdict: { result: "fail", "decided-by": ["tag"] } } }, "all.evidence-mismatch"],
  ])("PUB-20 BLD-14 F17: blocks where %s, in a rehearsal too", async (_what, scene, code) => {
    expect((await align(scene)).code).toBe(code);
    expect((await align({ ...scene, mode: "rehearsal" })).code).toBe(code);
  });

  it("ALL-12: reports an optional formula, and does not decide by it", async () => {
    const { result, report } = await align({ channels: [{ ...tap, required: false }], text: stale });
    expect([result, report.outputs]).toEqual(["pass", { aligned: "" }]);
  });

  describe("with the tap checked out", () => {
    const given = { formula: "tap/Formula/tide.rb" };

    it("PUB-21: corrects the file in place, and finishes with its comparison", async () => {
      const { written, result, report } = await align({ given, files: { [given.formula]: stale } });
      expect(written.get(given.formula)).toBe(aFormula());
      expect([result, report.outputs]).toEqual(["pass", { aligned: "tap" }]);
      expect(report.next).toContain("push");
    });

    it("PUB-21: writes nothing in a rehearsal", async () => {
      const { written } = await align({ given, files: { [given.formula]: stale }, mode: "rehearsal" });
      expect(written.get(given.formula)).toBe(stale);
    });

    it("PUB-21: leaves what it cannot correct, and blocks", async () => {
      const text = aFormula({ version: "1.0.0", replace: [["    on_intel do", "    on_arm do"]] });
      const { written, result } = await align({ given, files: { [given.formula]: text } });
      expect([written.get(given.formula), result]).toEqual([text, "fail"]);
    });

    it("blocks where there is no such file", async () => {
      expect((await align({ given })).code).toBe("publish.formula-unreadable");
    });

    it("is refused for several formulae at once", async () => {
      const channels = [tap, { ...tap, id: "other" }];
      await expect(align({ given, channels })).rejects.toMatchObject({ code: "all.input-invalid" });
    });
  });

  describe("with a list of checksums", () => {
    const lines = archives().map(({ name, sha256 }) => `${sha256}  ${name}\n`);
    const withSums = [{ ...tap, sums: "sums.txt" }];

    it("PUB-20: passes where the built list agrees with the bytes", async () => {
      expect((await align({ channels: withSums, sums: lines.join("") })).result).toBe("pass");
    });

    it("PUB-20: blocks where it lacks an archive", async () => {
      expect((await align({ channels: withSums, sums: lines.slice(1).join("") })).code).toBe(
        "publish.checksum-missing",
      );
    });

    it.each([
      ["absent", undefined],
      ["unreadable", "no list"],
    ])("PUB-20: stops where it is %s", async (_what, sums) => {
      const scene = { channels: withSums, ...(sums === undefined ? {} : { sums }) };
      await expect(align(scene)).rejects.toMatchObject({ code: "publish.checksum-missing" });
    });

    it("PUB-21: takes a list of the checkout, and stops for two at once", async () => {
      const files = { "sums.txt": lines.join("") };
      expect((await align({ given: { checksums: "sums.txt" }, files })).result).toBe("pass");
      const both = align({ channels: withSums, given: { checksums: "sums.txt" }, files, sums: "" });
      await expect(both).rejects.toMatchObject({ code: "publish.checksum-source-ambiguous" });
    });
  });

  it("BLD-18: stops without a record of the build", async () => {
    const context = aContext({ channels: [tap] }, [anArrival(aRecord({ stage: "auto-tag" }))]);
    const ports = {
      formulae: new FakeFormulae(),
      file: { read: async () => undefined, write: async () => {} },
      server: "",
    };
    const aligning = alignFormulae({ formula: "", checksums: "" }, context, ports);
    await expect(aligning).rejects.toMatchObject({ code: "all.evidence-missing" });
  });
});
