import { describe, expect, it } from "vitest";
import { mergePreset, ownPath } from "#src/contract/merge-preset";

const preset = {
  version: { base: "explicit", sources: [{ kind: "npm" }] },
  gates: [
    { id: "tests", title: "The tests pass", kind: "command", timeout: "15m" },
    { id: "ci", title: "CI has passed", kind: "checks", checks: ["test"] },
  ],
  watch: { "not-applicable": "a library has no host" },
  tag: { next: { mode: "dispatch", workflow: "release.yml" } },
};

describe("a configuration over a preset", () => {
  it.each<[what: string, own: object, expected: object]>([
    ["keeps what the file leaves out", {}, preset],
    ["lets the file's own key win", { version: { base: "previous-tag" } }, { version: { base: "previous-tag" } }],
    ["keeps the neighbours of a key", { version: { base: "x" } }, { version: { sources: [{ kind: "npm" }] } }],
    [
      "replaces a list without ids",
      { version: { sources: [{ kind: "plain", file: "VERSION" }] } },
      { version: { base: "explicit", sources: [{ kind: "plain", file: "VERSION" }] } },
    ],
    ["takes another form of a section as a whole", { watch: { window: "60m" } }, { watch: { window: "60m" } }],
  ])("%s", (_what, own, expected) => {
    expect(mergePreset(preset, own)).toMatchObject(expected);
  });

  it("has no trace of a form that was replaced", () => {
    expect(mergePreset(preset, { watch: { window: "60m" } })).toHaveProperty("watch", { window: "60m" });
  });

  it("has no key of a mode that was replaced", () => {
    expect(mergePreset(preset, { tag: { next: { mode: "call" } } })).toHaveProperty("tag.next", { mode: "call" });
  });

  it("merges gates by id in the preset's order, and adds the file's own at the end", () => {
    const own = {
      gates: [
        { id: "lint", kind: "command", run: "make lint" },
        { id: "tests", run: "make test" },
      ],
    };
    expect(mergePreset(preset, own)).toHaveProperty("gates", [
      { id: "tests", title: "The tests pass", kind: "command", timeout: "15m", run: "make test" },
      { id: "ci", title: "CI has passed", kind: "checks", checks: ["test"] },
      { id: "lint", kind: "command", run: "make lint" },
    ]);
  });

  it("keeps only the title of a gate whose kind is another", () => {
    const own = { gates: [{ id: "ci", kind: "not-applicable", reason: "there is no CI yet" }] };
    expect(mergePreset(preset, own)).toHaveProperty("gates", [
      preset.gates[0],
      { id: "ci", title: "CI has passed", kind: "not-applicable", reason: "there is no CI yet" },
    ]);
  });

  it("never drops a gate because the file names it twice", () => {
    const twice = {
      gates: [
        { id: "ci", wait: "1m" },
        { id: "ci", wait: "2m" },
      ],
    };
    expect(mergePreset(preset, twice)).toHaveProperty("gates.length", 3);
  });
});

describe("a place in a merged configuration", () => {
  const own = { gates: [{ id: "lint" }, { id: "ci", wait: 1 }], version: {} };
  const merged = mergePreset(preset, own);

  it.each<[what: string, path: PropertyKey[], expected: object]>([
    ["is told with the file's own index", ["gates", 1, "wait"], { path: ["gates", 1, "wait"], whole: true }],
    [
      "is told for what the file leaves out in its own gate",
      ["gates", 2, "kind"],
      { path: ["gates", 0, "kind"], whole: true },
    ],
    ["is the preset's where the file does not name the gate", ["gates", 0, "run"], { path: ["gates"], whole: false }],
    ["is the preset's where the file has no such section", ["watch", "window"], { path: [], whole: false }],
  ])("%s", (_what, path, expected) => {
    expect(ownPath(path, merged, own)).toEqual(expected);
  });
});
