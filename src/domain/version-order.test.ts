import fc from "fast-check";
import semver from "semver";
import { describe, expect, it } from "vitest";
import { parseVersion, type Version } from "#src/domain/version";
import { compareVersions, highest } from "#src/domain/version-order";

const part = fc.nat({ max: 12 });
const release = fc.tuple(part, part, part).map((parts) => parts.join("."));
const identifier = fc.oneof(part.map(String), fc.constantFrom("a", "b", "rc", "alpha", "x-1", "Z"));
const semverText = fc.oneof(
  release,
  fc
    .tuple(release, fc.array(identifier, { minLength: 1, maxLength: 3 }))
    .map(([base, list]) => `${base}-${list.join(".")}`),
);
const pythonText = fc
  .tuple(release, fc.constantFrom("a", "b", "rc", ".dev", "dev", ".post"), part)
  .map(([base, letters, count]) => `${base}${letters}${count}`);
const anyVersion = fc.oneof(semverText, pythonText).map(aVersion);

describe("the order of versions (ALL-10)", () => {
  it.each([
    ["0.10.0", "0.9.9"],
    ["1.2.0", "1.2.0-rc.1"],
    ["1.2.0rc2", "1.2.0rc1"],
    ["1.2.0rc10", "1.2.0rc9"],
    ["1.2.0a1", "1.2.0.dev9"],
    ["1.2.0", "1.2.0rc9"],
    ["1.2.0.post1", "1.2.0"],
    ["1.2.1", "1.2.0.post9"],
    ["1.2.0-rc.1.1", "1.2.0-rc.1"],
    ["1.2.0-rc", "1.2.0-1"],
    ["1.2.9007199254740993", "1.2.9007199254740992"],
  ])("ALL-10 F08: %s is above %s", (above, below) => {
    expect(compareVersions(aVersion(above), aVersion(below))).toBeGreaterThan(0);
  });

  it("ALL-10: agrees with the semver package on every SemVer text", () => {
    fc.assert(
      fc.property(semverText, semverText, (a, b) => {
        expect(Math.sign(compareVersions(aVersion(a), aVersion(b)))).toBe(semver.compare(a, b));
      }),
    );
  });

  it("is antisymmetric", () => {
    fc.assert(
      fc.property(anyVersion, anyVersion, (a, b) => {
        expect(Math.sign(compareVersions(a, b))).toBe(0 - Math.sign(compareVersions(b, a)));
      }),
    );
  });

  it("is transitive", () => {
    fc.assert(
      fc.property(fc.array(anyVersion, { minLength: 3, maxLength: 3 }), (three) => {
        const [low, middle, high] = three.toSorted(compareVersions);
        expect(low && middle && high && compareVersions(low, high)).toBeLessThanOrEqual(0);
        expect(low && middle && compareVersions(low, middle)).toBeLessThanOrEqual(0);
        expect(middle && high && compareVersions(middle, high)).toBeLessThanOrEqual(0);
      }),
    );
  });

  it("finds the highest whatever the order in which versions come", () => {
    fc.assert(
      fc.property(fc.array(anyVersion, { minLength: 1 }), (versions) => {
        const top = highest(versions);
        expect(versions.every((version) => top && compareVersions(top, version) >= 0)).toBe(true);
      }),
    );
  });

  it("finds none among none", () => {
    expect(highest([])).toBeUndefined();
  });
});

function aVersion(text: string): Version {
  const version = parseVersion(text);
  if (!version) throw new Error(`not a version: ${text}`);
  return version;
}
