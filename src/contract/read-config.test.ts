import { describe, expect, it } from "vitest";
import { readConfig } from "#src/contract/read-config";
import { Failure } from "#src/domain/failure";

const file = ".github/seaworthy.yml";

describe("the configuration file", () => {
  it("is read with its defaults", () => {
    const config = readConfig("changelog:\n  format: none\n", file);
    expect(config.changelog).toMatchObject({ format: "none", file: "CHANGELOG.md" });
    expect(config.version["tag-pattern"]).toBe("v{version}");
  });

  it("is read whole as an empty mapping", () => {
    expect(readConfig("{}", file).gates).toEqual([]);
  });

  it.each([
    ["is not there", undefined, "found none"],
    ["is empty", "", "line 1: (file): expected a value of type object, found nothing"],
    ["is a list", "- a\n", 'line 1: (file): expected a value of type object, found ["a"]'],
    ["holds a key twice", "gates: []\ngates: []\n", "line 2, column 1: Map keys must be unique"],
    ["is not YAML", "gates: [\n", "line 2, column 1:"],
    ["holds two documents", "{}\n---\n{}\n", "multiple documents"],
    ["uses an unknown tag", "gates: !!js/function []\n", "Unresolved tag"],
    [
      "misspells a section",
      "chanels: []\n",
      "line 1: chanels: expected one of the keys component, version, bump, changelog, gates, tag, promote, channels, smoke, watch, report, found an unknown key (did you mean channels?)",
    ],
    [
      "misspells a key inside a list of kinds",
      "gates:\n  - id: lint\n    kind: command\n    run: make lint\n    tool: [make]\n",
      "line 5: gates[0].tool: expected one of the keys id, title, required, kind, run, tools, environment, directory, timeout, idle-timeout, min-executed, self-test, found an unknown key (did you mean tools?)",
    ],
    [
      "misspells a kind",
      "gates:\n  - id: lint\n    kind: comand\n",
      /line 3: gates\[0\]\.kind: expected "command" or "checks" or .*, found "comand"/,
    ],
    [
      "leaves a kind out",
      "gates:\n  - id: lint\n",
      /line 2: gates\[0\]\.kind: expected "command" or "checks" or .*, found nothing/,
    ],
    [
      "leaves a key out",
      "gates:\n  - id: lint\n    kind: command\n",
      "line 2: gates[0].run: expected a value of type string, found nothing",
    ],
    [
      "misspells a duration",
      "watch:\n  window: 10 minutes\n  prometheus: { url: 'http://127.0.0.1:1', requests: a, errors: b }\n  health: { url: 'http://127.0.0.1:1' }\n",
      'line 2: watch.window: expected a duration with its unit, such as 90s, 10m or 2h, found "10 minutes"',
    ],
    ["says why not in too few words", "watch:\n  not-applicable: no\n", "line 2: watch.not-applicable: expected"],
    [
      "uses an id twice",
      "smoke:\n  scenarios:\n    - { id: a, run: x }\n    - { id: a, run: y }\n",
      "the id a is used twice",
    ],
    ["leads out of the repository", "changelog: { file: ../CHANGES.md }\n", "a path inside the repository"],
  ])("that %s is refused in words", (_case, text, expected) => {
    expect(refusalOf(text)).toMatch(expected);
  });

  it("is refused with every complaint at once", () => {
    const refusal = refusalOf(
      "component: other\nchangelog: { format: html }\nreport: { github-release: 1 }\nextra: 1\n",
    );
    expect(refusal.split("\n")).toHaveLength(5);
  });

  it("is refused with the code all.config-invalid", () => {
    expect(() => readConfig("a: 1", file)).toThrow(
      expect.objectContaining({ code: "all.config-invalid", kind: "input" }),
    );
  });

  it("is refused when its aliases grow without bound", () => {
    const bomb = ["a: &a [x, x, x, x, x, x, x, x, x]", ...["b", "c", "d", "e"].map(grow)].join("\n");
    expect(refusalOf(bomb)).toMatch(/alias/i);
  });
});

function grow(name: string): string {
  const before = String.fromCharCode(name.charCodeAt(0) - 1);
  return `${name}: &${name} [${Array.from({ length: 9 }, () => `*${before}`).join(", ")}]`;
}

function refusalOf(text: string | undefined): string {
  try {
    readConfig(text, file);
  } catch (error) {
    if (error instanceof Failure) return error.message;
    throw error;
  }
  return "no refusal";
}
