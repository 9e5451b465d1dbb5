import { describe, expect, it } from "vitest";
import { changesBetween, liesWithin, type Snapshot, type SnapshotEntry } from "#src/domain/snapshot";

const file = (overrides: Partial<SnapshotEntry> = {}): SnapshotEntry => ({
  kind: "file",
  size: 1,
  mode: 0o644,
  sha256: "aa",
  ...overrides,
});
const folder = file({ kind: "directory", size: 0, mode: 0o755, sha256: "" });
const snapshot = (entries: Record<string, SnapshotEntry>): Snapshot => new Map(Object.entries(entries));

describe("two snapshots", () => {
  it("of the same content have no changes", () => {
    expect(changesBetween(snapshot({ a: file(), b: folder }), snapshot({ a: file(), b: folder }))).toEqual([]);
  });

  it.each([
    ["content", { sha256: "bb" }],
    ["size", { size: 2 }],
    ["permissions", { mode: 0o755 }],
    ["kind", { kind: "link" }],
  ] satisfies [string, Partial<SnapshotEntry>][])("differ in a file's %s", (_what, difference) => {
    expect(changesBetween(snapshot({ a: file() }), snapshot({ a: file(difference) }))).toEqual([
      { path: "a", change: "changed" },
    ]);
  });

  it("name what came and what went, by path", () => {
    expect(changesBetween(snapshot({ b: file() }), snapshot({ a: file() }))).toEqual([
      { path: "a", change: "added" },
      { path: "b", change: "removed" },
    ]);
  });

  it("leave a folder out where something inside it is named", () => {
    const after = snapshot({ empty: folder, full: folder, "full/deep": folder, "full/deep/a": file() });
    expect(changesBetween(snapshot({}), after).map(({ path }) => path)).toEqual(["empty", "full/deep/a"]);
  });
});

describe("a path within folders", () => {
  it.each([
    ["out", true],
    ["out/a", true],
    ["output", false],
    ["other/out", false],
  ])("%s: %s", (path, expected) => {
    expect(liesWithin(path, ["out"])).toBe(expected);
    expect(liesWithin(path, ["out/"])).toBe(expected);
  });
});
