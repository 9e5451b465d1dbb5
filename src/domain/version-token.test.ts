import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { containsVersion, containsVersionOf } from "#src/domain/version-token";

describe("a version as a whole token", () => {
  it.each([
    ["stands alone", "0.1.1", true],
    ["follows a name", "buoy 0.1.1\n", true],
    ["carries a v", "buoy v0.1.1", true],
    ["ends a sentence", "This is 0.1.1.", true],
    ["stands in brackets", "(0.1.1)", true],
    ["follows a slash or an at sign", "npm/1.0.0 buoy@0.1.1", true],
    ["ALL-10: is not found in 0.1.10", "buoy 0.1.10", false],
    ["is not found in 10.1.1", "buoy 10.1.1", false],
    ["is not found in 2.0.1.1", "2.0.1.1", false],
    ["is not found in a longer number", "0.1.1.4", false],
    ["is not found in its own prerelease", "0.1.1-rc.1", false],
    ["is not found in a build of it", "0.1.1+build", false],
    ["is not found where its dots are other characters", "0x1x1", false],
    ["is not found in nothing", "", false],
    ["follows a name with a hyphen or an underscore", "tide-0.1.1 tide_table_0.1.1", true],
    ["follows a name of several parts", "moon-phase-cli-v0.1.1\n", true],
    ["is not found at the end of another one's prerelease", "1.0.0-beta-0.1.1 1.0.0_0.1.1", false],
    ["is not found in a prerelease of Debian's spelling", "0.1.1~rc1", false],
    ["is not found in another epoch", "1!0.1.1 1:0.1.1", false],
    ["is not found in what is required", "requires >=0.1.1 or ^0.1.1 or ~= 0.1.1", false],
    ["follows an equals sign, an arrow, or a tag", "version=0.1.1", true],
    ["follows an arrow or a tag", "=> 0.1.1 <b>0.1.1</b>", true],
    ["is not found in the notice of an update", "tide 0.1.0\nUpdate available: 0.1.1", false],
    ["is not found in the notice of an update that comes first", "A new version 0.1.1 is out, you have 0.1.0", false],
    ["is not found in what is available instead", "0.1.1 is available; this is 0.1.0", false],
    ["is not found in what a service calls the latest", '{"version":"0.1.0","latest":"0.1.1"}', false],
    ["is not found behind the arrow of a notice", "Update available\n0.1.0 → 0.1.1", false],
    ["is found behind the arrow of what was done", "Updated tide 0.1.0 -> 0.1.1", true],
    ["is found some lines below other words", "Looking for updates\n...\nnone\ntide 0.1.1 (built with 1.22.0)", true],
    ["is found beside the latest one", '{"latest":"0.2.0","version":"0.1.1"}', true],
    ["is found where it is the latest itself", "tide 0.1.1 (latest), built with 1.22.0", true],
    ["is found before the notice of an update", "tide 0.1.1\nUpdate available: 0.2.0", true],
    ["is found where it is all that is told", "latest: 0.1.1", true],
  ])("%s", (_rule, text, expected) => {
    expect(containsVersion(text, "0.1.1")).toBe(expected);
  });

  it.each([
    ["1.1.0-rc.1", "tide 1.1.0rc1", true],
    ["1.1.0rc1", "tide 1.1.0-rc.1", true],
    ["1.1.0rc1", "tide 1.1.0-rc.10", false],
    ["1.1.0-rc.1", "tide 1.1.0rc10", false],
    ["1.1.0-1", "tide 1.1.0.post1", false],
  ])("SMK-05 ALL-10: of %s, %s is found: %s", (version, text, expected) => {
    expect(containsVersion(text, version)).toBe(expected);
  });

  it("is looked for in a long text in little time", () => {
    const began = performance.now();
    for (const piece of ["1", "a-", "0.1.2 ", "1.1", "a_1-"])
      expect(containsVersion(piece.repeat(1_000_000 / piece.length), "0.1.1")).toBe(false);
    expect(performance.now() - began).toBeLessThan(5_000);
  });

  it("never matches the same version with a digit added at either end", () => {
    const part = fc.nat(99);
    fc.assert(
      fc.property(part, part, part, fc.nat(9), (major, minor, patch, digit) => {
        const version = `${major}.${minor}.${patch}`;
        expect(containsVersion(`tool ${version}${digit}`, version)).toBe(false);
        expect(containsVersion(`tool ${digit}${version}`, version)).toBe(false);
        expect(containsVersion(`tool ${version}\n`, version)).toBe(true);
      }),
    );
  });
});

describe("a version of a line in a text", () => {
  it.each([
    ["Python 3.12.8", true],
    ["v3.12.8-rc.1", false],
    ["3.12.0.1", true],
    ["Python 3.12", false],
    ["Python 3.13.0", false],
    ["3.120.1", false],
    ["13.12.1", false],
  ])("%s is one of 3.12: %s", (text, expected) => {
    expect(containsVersionOf(text, "3.12")).toBe(expected);
  });
});
