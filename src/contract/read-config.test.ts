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
      "line 1: chanels: expected one of the keys preset, component, version, bump, changelog, changes, risk, environments, tiers, issues, gates, blockers, tag, promote, targets, toolchain, provenance, channels, rollback, smoke, watch, report, found an unknown key (did you mean channels?)",
    ],
    [
      "misspells a key inside a list of kinds",
      "gates:\n  - id: lint\n    kind: command\n    run: make lint\n    tool: [make]\n",
      "line 5: gates[0].tool: expected one of the keys id, title, required, fails-as, tier, applies-when, kind, run, parts, tools, environment, scratch, directory, timeout, idle-timeout, min-executed, self-test, found an unknown key (did you mean tools?)",
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
      "has one text where a list belongs",
      "gates:\n  - id: lint\n    kind: command\n    run: make lint\n    tools: make\n",
      'line 5: gates[0].tools: expected a list such as [text], found "make"',
    ],
    [
      "has a text where a list of mappings belongs",
      "gates: tests\n",
      'line 1: gates: expected a list of mappings such as [{ id: … }], found "tests"',
    ],
    [
      "lets a gate be silent for longer than it may run",
      "gates:\n  - { id: a, kind: command, run: make, timeout: 1m, idle-timeout: 60s }\n",
      "line 2: gates[0].idle-timeout: expected less than the gate's `timeout` of 1m, which stops it first, found",
    ],
    [
      "gives a gate more time than a job has",
      "gates:\n  - { id: a, kind: command, run: make, timeout: 6h }\n",
      'line 2: gates[0].timeout: expected at most 350m, as GitHub ends a job after 6 h, found "6h"',
    ],
    [
      "waits for checks for longer than a job may take",
      "gates:\n  - { id: a, kind: checks, checks: [ci], wait: 351m }\n",
      "gates[0].wait: expected at most 350m",
    ],
    [
      "waits for people for longer than a job may take",
      "gates:\n  - { id: a, kind: approval, fallback: issue, approvers: [ada], wait: 24h }\n",
      "gates[0].wait: expected at most 350m",
    ],
    [
      "follows a run for longer than is left of a job",
      "tag: { next: { mode: token, workflow: a.yml, follow: true, observe: 10m, follow-timeout: 350m } }\n",
      "tag.next.follow-timeout: expected at most 350m, as GitHub ends a job after 6 h, together with `observe`",
    ],
    [
      "has words for times",
      "gates:\n  - { id: a, kind: command, run: make, timeout: soon, idle-timeout: sooner }\n",
      'line 2: gates[0].timeout: expected a duration with its unit, such as 90s, 10m or 2h, found "soon"',
    ],
    [
      "names labels where nobody reads them",
      "bump: { labels: { minor: [new] } }\n",
      "line 1: bump.labels: expected `decision: labels` beside it, as nothing else reads labels, found",
    ],
    [
      "names sections of no changelog",
      "changelog: { format: none, sections: [Added] }\n",
      "line 1: changelog.sections: expected a `format` other than `none`",
    ],
    [
      "gives a lightweight tag a message",
      "tag: { kind: lightweight, message: 'It is {tag}' }\n",
      "line 1: tag.message: expected a tag of kind `annotated` or `signed`",
    ],
    [
      "has a text that is too short",
      "gates:\n  - { id: cve, kind: advisories, format: npm-audit, files: [a.json], exceptions: [{ id: CVE-1, reason: none, expires: 2026-01-31 }] }\n",
      'reason: expected a text of at least 10 characters, found "none"',
    ],
    [
      "has no day where a day belongs",
      "gates:\n  - { id: cve, kind: advisories, files: [a.json], exceptions: [{ id: CVE-1, reason: it is never read, expires: soon }] }\n",
      'expires: expected a day such as 2026-01-31, found "soon"',
    ],
    [
      "has a number beyond its limit",
      "gates:\n  - { id: slow, kind: benchmark, run: make, key: [a], value: b, runs: 51 }\n",
      "runs: expected a number of at most 50, found 51",
    ],
    [
      "has a number where only greater ones make sense",
      "gates:\n  - { id: slow, kind: benchmark, run: make, key: [a], value: b, threshold: 0 }\n",
      "threshold: expected a number of more than 0, found 0",
    ],
    ["has an empty list", "version: { sources: [] }\n", "version.sources: expected at least 1 entry, found []"],
    [
      "has a text where a yes or no belongs",
      "version: { first-release: 'yes' }\n",
      'line 1: version.first-release: expected true or false, found "yes"',
    ],
    [
      "leaves a key out",
      "gates:\n  - id: lint\n    kind: command\n",
      "line 2: gates[0].run: expected a command line, found nothing",
    ],
    [
      "misspells a duration",
      "watch:\n  window: 10 minutes\n  prometheus: { url: 'http://127.0.0.1:1', requests: 'a[{interval}]', errors: 'b[{interval}]' }\n  health: { url: 'http://127.0.0.1:1' }\n",
      'line 2: watch.window: expected a duration with its unit, such as 90s, 10m or 2h, found "10 minutes"',
    ],
    [
      "WAT-02: has a window that is no whole multiple of the interval",
      "watch:\n  window: 60m\n  interval: 11m\n  prometheus: { url: 'http://127.0.0.1:1', requests: 'a[{interval}]', errors: 'b[{interval}]' }\n  health: { url: 'http://127.0.0.1:1' }\n",
      'line 2: watch.window: expected a whole multiple of the interval 11m, found "60m"',
    ],
    [
      "WAT-01: asks for a constant number of requests",
      "watch:\n  prometheus:\n    url: 'http://127.0.0.1:1'\n    requests: vector(1)\n    errors: 'b[{interval}]'\n  health: { url: 'http://127.0.0.1:1' }\n",
      'line 4: watch.prometheus.requests: expected a query of one interval, which contains {interval}, found "vector(1)"',
    ],
    [
      "WAT-01: asks for a constant number of errors",
      "watch:\n  prometheus:\n    url: 'http://127.0.0.1:1'\n    requests: 'a[{interval}]'\n    errors: '0'\n  health: { url: 'http://127.0.0.1:1' }\n",
      'line 5: watch.prometheus.errors: expected a query of one interval, which contains {interval}, found "0"',
    ],
    ["says why not in too few words", "watch:\n  not-applicable: no\n", "line 2: watch.not-applicable: expected"],
    [
      "uses an id twice",
      "smoke:\n  scenarios:\n    - { id: a, run: x }\n    - { id: a, run: y }\n",
      'line 4: smoke.scenarios[1].id: expected an id that no other member has, found "a"',
    ],
    [
      "uses an id twice, and leaves a key out of the second",
      "gates:\n  - { id: a, kind: command, run: x }\n  - { id: a, kind: command }\n",
      /line 3: gates\[1\]\.run: expected a command line, found nothing[\s\S]*line 3: gates\[1\]\.id: expected an id that no other/,
    ],
    [
      "uses an id of its preset twice",
      "preset: small-project\ngates:\n  - { id: ci, checks: [a] }\n  - { id: ci, kind: checks, checks: [b], odd: 1 }\n",
      /line 4: gates\[1\]\.odd: [\s\S]*line 4: gates\[1\]\.id: expected an id that no other/,
    ],
    [
      "aliases a list inside of itself",
      "gates: &g [*g]\n",
      "line 1: gates[0]: expected a value without itself, found an alias to what it stands in",
    ],
    [
      "aliases the whole file deep inside of itself",
      "&all\nwatch:\n  not-applicable: a library has no host\nsmoke:\n  scenarios:\n    - *all\n",
      "line 6: smoke.scenarios[0]: expected a value without itself, found an alias to what it stands in",
    ],
    ["merges a map into itself", "gates: &g\n  <<: *g\n", "line 2: gates.<<: expected a value without itself"],
    [
      "lets both the verdict and the workflow publish the GitHub release",
      "channels:\n  - { id: release, kind: github-release }\n",
      "line 2: channels[0].kind: expected `report.github-release: false` beside a release that the workflow publishes",
    ],
    ["leads out of the repository", "changelog: { file: ../CHANGES.md }\n", "a path inside the repository"],
  ])("that %s is refused in words", (_case, text, expected) => {
    expect(refusalOf(text)).toMatch(expected);
  });

  it("may leave the GitHub release to the workflow", () => {
    const text = "channels:\n  - { id: release, kind: github-release }\nreport: { github-release: false }\n";
    expect(readConfig(text, file).channels).toMatchObject([{ files: ["**"], deadline: "2m" }]);
  });

  it.each([
    "bump: { decision: labels, labels: { minor: [new] } }\n",
    "tag: { kind: lightweight }\n",
    "gates: [{ id: a, kind: command, run: make, timeout: 1m, idle-timeout: 59s }]\n",
  ])("may say what has an effect: %s", (text) => {
    expect(() => readConfig(text, file)).not.toThrow();
  });

  it("may use an alias beside what it names, and twice", () => {
    const gates =
      "gates:\n  - id: a\n    kind: checks\n    checks: &names [test]\n  - { id: b, kind: checks, checks: *names }\n";
    expect(readConfig(`${gates}  - { id: c, kind: checks, checks: *names }\n`, file).gates).toHaveLength(3);
  });

  it("is refused with every complaint at once", () => {
    const refusal = refusalOf(
      "component: other\nchangelog: { format: html }\nreport: { github-release: 1 }\nextra: 1\n",
    );
    expect(refusal.split("\n")).toHaveLength(5);
  });

  it("is refused with the code all.config-invalid", () => {
    expect(() => readConfig("a: 1", file)).toThrow(
      expect.objectContaining({
        code: "all.config-invalid",
        kind: "input",
        hint: expect.stringContaining("docs/configuration.md"),
      }),
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
