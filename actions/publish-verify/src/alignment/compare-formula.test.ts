import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import type { BuiltFile } from "#src/domain/build-manifest";
import { compareFormula } from "#src/domain/formula/compare-formula";
import { correctFormula } from "#src/domain/formula/correct-formula";
import { type FormulaFacts, wantedFormula } from "#src/domain/formula/wanted-formula";
import type { TargetManifest } from "#src/domain/target-manifest";
import { aRelease } from "#src/testing/builders";
import { aFormula, aFormulaChannel, archives, assetOf, digestFor, platforms } from "../testing/formula-scene.ts";

const release = { ...aRelease(), tag: "v1.1.0", version: "1.1.0" };
const facts = (overrides: Partial<FormulaFacts> = {}): FormulaFacts => ({
  ...{ channel: aFormulaChannel(), release, built: archives(), server: "https://forge.example", sums: undefined },
  ...overrides,
});
const wanted = { ...wantedFormula(facts()), version: "1.1.0" };
const offer = (platform: string, support: "official" | "preview" = "official") => ({
  channel: "tap",
  platform,
  support,
});
const targetsOf = (...offers: ReturnType<typeof offer>[]): TargetManifest => ({
  schema: "seaworthy-targets/1",
  targets: [{ id: "all", offers }],
});
const codesOf = (overrides: Partial<FormulaFacts>) =>
  wantedFormula(facts(overrides)).complaints.map(({ code }) => code);

describe("what a formula must say", () => {
  it("PUB-20: is the address of each archive, computed from tag and name, with the digest of its bytes", () => {
    expect(wanted.complaints).toEqual([]);
    expect(wanted.downloads.map(({ platform, url, sha256 }) => [platform, url, sha256])).toEqual(
      ["darwin_amd64", "darwin_arm64", "linux_amd64"].map((one) => [one, assetOf(one), digestFor(one)]),
    );
  });

  it("BLD-07: follows the project's own names and addresses", () => {
    const channel = aFormulaChannel({ url: "https://get.example/{version}/{platform}/{name}" });
    expect(wantedFormula(facts({ channel })).downloads[2]?.url).toBe(
      "https://get.example/1.1.0/linux_amd64/tide_1.1.0_linux_amd64.tar.gz",
    );
  });

  it("BLD-06 F36: demands official platforms, and previews only where they were built", () => {
    const targets = targetsOf(offer("linux_amd64"), offer("darwin_arm64", "preview"), offer("linux_arm64", "preview"));
    expect(wantedFormula(facts({ targets })).downloads.map(({ platform }) => platform)).toEqual([
      "darwin_arm64",
      "linux_amd64",
    ]);
    expect(codesOf({ targets: targetsOf(offer("linux_arm64")) })).toEqual(["publish.platform-missing"]);
  });

  const [archive] = archives();
  const sdk: BuiltFile[] = archive ? [{ ...archive, name: "tide-sdk_1.1.0_darwin_amd64.tar.gz" }] : [];
  it.each<[string, Partial<FormulaFacts>, string]>([
    ["nothing for Homebrew was built", { built: [] }, "publish.files-empty"],
    ["a platform has two archives", { built: [...archives(), ...sdk] }, "build.artifact-duplicate"],
    ["a target is no machine of Homebrew", { targets: targetsOf(offer("windows_amd64")) }, "build.targets-invalid"],
    [
      "the list of checksums lacks an archive",
      { sums: new Map(), built: archives().slice(0, 1) },
      "publish.checksum-missing",
    ],
    [
      "the list of checksums tells another digest",
      { sums: new Map([[archive?.name ?? "", "9".repeat(64)]]), built: archives().slice(0, 1) },
      "publish.checksum-mismatch",
    ],
    [
      "two targets are for one machine",
      {
        built: archives()
          .map((one) => ({ ...one, platform: `${one.platform}`.replace("amd64", "arm64") }))
          .slice(0, 2)
          .map((one, at) => ({ ...one, platform: at === 0 ? "darwin-arm64" : "darwin_arm64" })),
      },
      "build.targets-invalid",
    ],
  ])("PUB-20: cannot be told where %s", (_what, overrides, code) => {
    expect(codesOf(overrides)).toEqual([code]);
  });

  it("takes the archive that the channel names, of several", () => {
    const channel = aFormulaChannel({ archive: "tide_{version}_{platform}.tar.gz" });
    expect(codesOf({ channel, built: [...archives(), ...sdk] })).toEqual([]);
  });
});

describe("a formula beside what was built", () => {
  const mismatches = (text: string) =>
    compareFormula(text, wanted).map(({ platform, field, code }) => `${platform} ${field} ${code}`);

  it("PUB-20: has no mismatch where it says the same", () => {
    expect(mismatches(aFormula())).toEqual([]);
  });

  it.each([
    ["disable!", "disabled"],
    ["deprecate!", "deprecated"],
  ])("PUB-20: %s turns users away from what was built", (word, found) => {
    const at = '  desc "Prints tides"\n';
    const text = aFormula({ replace: [[at, `${at}  ${word} date: "2020-01-01", because: :unmaintained\n`]] });
    expect(compareFormula(text, wanted)).toMatchObject(
      platforms.map(() => ({ field: "state", found, code: "publish.withdrawn", decides: true })),
    );
    const onLinux = aFormula({
      replace: [["    on_intel do\n", `    ${word} because: :unmaintained\n    on_intel do\n`]],
    });
    expect(mismatches(onLinux)).toEqual(["linux_amd64 state publish.withdrawn"]);
  });

  it("PUB-20 F44: tells every mismatch at once, the placeholder among them", () => {
    const text = aFormula({
      version: "1.0.0",
      replace: [
        [digestFor("linux_amd64"), "0".repeat(64)],
        [digestFor("darwin_arm64"), "9".repeat(63).concat("8")],
      ],
    });
    expect(mismatches(text)).toEqual([
      "darwin_amd64 version publish.formula-stale",
      "darwin_amd64 url publish.formula-url",
      "darwin_arm64 version publish.formula-stale",
      "darwin_arm64 url publish.formula-url",
      "darwin_arm64 sha256 publish.formula-hash",
      "linux_amd64 version publish.formula-stale",
      "linux_amd64 url publish.formula-url",
      "linux_amd64 sha256 publish.formula-placeholder",
    ]);
  });

  it.each<[string, [string, string], string]>([
    ["a later version", ['version "1.1.0"', 'version "1.2.0"'], "publish.formula-version"],
    ["a version that is none", ['version "1.1.0"', 'version "newest"'], "publish.formula-version"],
    ["another file", ["tide_1.1.0_linux_amd64", "tide_1.1.0_linux_arm64"], "publish.formula-url"],
    ["no address for a platform", ["    on_intel do", "    on_arm do"], "publish.platform-missing"],
    ["a word in place of a digest", [digestFor("linux_amd64"), "REPLACE_ME"], "publish.formula-placeholder"],
    ["no digest", [`      sha256 "${digestFor("linux_amd64")}"\n`, ""], "publish.checksum-missing"],
    ["a digest of other bytes", [digestFor("linux_amd64"), "8".repeat(63).concat("9")], "publish.formula-hash"],
  ])("PUB-20 F44: is refused with %s", (_what, replacement, code) => {
    const found = compareFormula(aFormula({ replace: [replacement] }), wanted);
    expect(found.filter(({ decides }) => decides).map((one) => one.code)).toContain(code);
  });

  it("may leave its version to the address", () => {
    expect(mismatches(aFormula({ replace: [['  version "1.1.0"\n', ""]] }))).toEqual([]);
  });

  it("PUB-20: reports a machine that nothing was built for, and does not decide by it", () => {
    const text = aFormula({
      replace: [
        ["    on_intel do\n", ""],
        ["    end\n  end\n\n  def", "  end\n\n  def"],
      ],
    });
    expect(compareFormula(text, wanted)).toMatchObject([
      { platform: "linux arm", code: "publish.formula-url", decides: false },
    ]);
  });
});

describe("a corrected formula", () => {
  const path = "Formula/tide.rb";
  const correct = (text: string) => correctFormula(path, text, wanted);

  it("PUB-21: is right in version, addresses and digests, placeholders included, and the same in all else", () => {
    const stale = aFormula({ version: "1.0.0", replace: [[digestFor("linux_amd64"), "0".repeat(64)]] });
    expect(correct(stale)).toMatchObject({ text: aFormula() });
  });

  it("PUB-21: keeps an address into which the version is filled", () => {
    const filled: [string, string][] = [["v1.0.0/tide_1.0.0", "v#{version}/tide_#{version}"]];
    expect(correct(aFormula({ version: "1.0.0", replace: filled }))).toMatchObject({
      text: aFormula({ replace: [["v1.1.0/tide_1.1.0", "v#{version}/tide_#{version}"]] }),
    });
  });

  it("PUB-21: comes as a patch that git applies", () => {
    const stale = aFormula({ version: "1.0.0" }).replaceAll("\n", "\r\n");
    const correction = correct(stale);
    if (!("patch" in correction)) throw new Error(correction.because);
    const folder = mkdtempSync(join(tmpdir(), "formula-"));
    try {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), stale);
      writeFileSync(join(folder, "tap.patch"), correction.patch);
      execFileSync("git", ["apply", "tap.patch"], { cwd: folder });
      expect(readFileSync(join(folder, path), "utf8")).toBe(aFormula().replaceAll("\n", "\r\n"));
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it.each([
    [
      "one text stands for several platforms",
      aFormula({ replace: [["    else\n", "    end\n    if OS.linux?\n"]] }).replace(
        "if Hardware::CPU.arm?",
        "if OS.mac?",
      ),
    ],
    ["a platform is missing", aFormula({ replace: [["    on_intel do", "    on_arm do"]] })],
    ["a digest is missing", aFormula({ replace: [[`      sha256 "${digestFor("linux_amd64")}"\n`, ""]] })],
  ])("PUB-21: is left to a person where %s", (_why, text) => {
    expect(correct(text)).toMatchObject({ because: expect.any(String) });
  });
});
