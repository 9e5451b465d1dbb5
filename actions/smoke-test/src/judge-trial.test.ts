import { describe, expect, it } from "vitest";
import { configSchema } from "#src/contract/config/schema";
import type { Change } from "#src/domain/snapshot";
import { anInstalledPackage } from "#src/testing/fake-package-install";
import { anExecution } from "#src/testing/fake-shell";
import { classifyTrouble } from "./classify-trouble.ts";
import { judgeCases } from "./decide.ts";
import { judgeConduct, judgedAs, type Outcome } from "./judge-conduct.ts";
import { judgeInstallation } from "./judge-installation.ts";
import { judgeStep } from "./judge-step.ts";
import { judgeTrial, listChanges } from "./judge-trial.ts";
import { checksOf } from "./scenario-checks.ts";
import { stepsOf } from "./scenario-steps.ts";
import type { Aftermath, Finding, Installation, Trial } from "./trial.ts";

const wanted = { name: "buoy", version: "1.1.0" };
const installed = (overrides = {}): Installation => ({ kind: "package", wanted, found: anInstalledPackage(overrides) });
const trouble = (said: string): Installation => ({
  kind: "trouble",
  step: "install",
  ended: "exit code 1",
  said,
});
const added = (path: string): Change => ({ path, change: "added" });

function scenarioOf(given: object) {
  const [scenario] = configSchema.parse({ smoke: { scenarios: [{ id: "one", ...given }] } }).smoke.scenarios;
  if (!scenario) throw new Error("expected a scenario, found none");
  return scenario;
}

const usual = scenarioOf({ run: "buoy", expect: { exit: 0, files: ["out/log"] }, writes: ["cache"] });
const [step] = stepsOf(usual);
if (!step) throw new Error("expected a step, found none");

function aStep({
  execution = anExecution(),
  files = new Map([["out/log", new Uint8Array()]]),
  changes = [added("out/log")],
}) {
  const facts = { kind: "command" as const, execution, files, changes };
  const terms = { scenario: usual, version: "1.1.0", parameters: new Map(), nonces: new Map(), signs: [] };
  return step ? [{ step, facts, findings: judgeStep(step, facts, terms) }] : [];
}

function aTrial(overrides: Partial<Trial> = {}, changes: Partial<Aftermath> = {}): Trial {
  return {
    scenario: usual,
    installation: installed(),
    programs: [],
    steps: aStep({}),
    lost: [],
    aftermath: { workspace: [added("out/log")], home: [], checkout: [], ...changes },
    root: "/temp/one",
    ...overrides,
  };
}
const judge = (trial: Trial) => judgedAs(trial, judgeTrial(trial));
const codesOf = (trial: Trial) => judge(trial).findings.map(({ code }) => code);
const policy = configSchema.parse({ smoke: { "self-test": "off" } }).smoke;
const outcomeOf = (trial: Trial, attempt = judge(trial)): Outcome =>
  judgeConduct({ scenario: usual, attempts: [attempt], repeats: [], planted: {}, refused: [] }, "1.1.0");

describe("SMK-10: an installation", () => {
  it.each([
    ["of the wanted package and version holds", installed(), undefined],
    ["of nothing holds, where nothing is installed", { kind: "none" }, undefined],
    ["F52: of another package fails", installed({ name: "bouy" }), "smoke.wrong-binary"],
    ["F46: of another version fails, as from a stale cache", installed({ version: "1.0.0" }), "smoke.wrong-version"],
    ["that lies elsewhere fails", installed({ resolved: "../other" }), "smoke.wrong-binary"],
    [
      "whose program leads elsewhere fails",
      installed({ programs: [{ name: "buoy", resolved: "node_modules/other/cli.js" }] }),
      "smoke.wrong-binary",
    ],
    [
      "whose program cannot be run fails",
      installed({ programs: [{ name: "buoy", resolved: undefined }] }),
      "smoke.wrong-binary",
    ],
    ["of the tagged commit holds", { kind: "repository", wanted: "a", head: "a" }, undefined],
    ["of another commit fails", { kind: "repository", wanted: "a", head: "b" }, "smoke.wrong-binary"],
    ["that did not succeed fails", trouble("boom"), "smoke.install-failed"],
  ] satisfies [string, Installation, string | undefined][])("%s", (_rule, installation, code) => {
    expect(judgeInstallation(installation)[0]?.code).toBe(code);
  });
});

describe("the trouble of a client", () => {
  it.each([
    ["npm error code E404", "propagation"],
    ["npm error code ETARGET\nnpm error notarget No matching version", "propagation"],
    ["fatal: couldn't find remote ref refs/tags/v1.1.0", "propagation"],
    ["npm error code E503", "environment"],
    ["npm error code E401", "environment"],
    ["npm error code ECONNREFUSED", "environment"],
    ["npm error code ENOSPC", "environment"],
    ["bash: npm: command not found", "environment"],
    ["npm error command failed: node postinstall.js", "product"],
    ["", "product"],
  ])("%s: %s", (said, verdict) => {
    expect(classifyTrouble(said)).toBe(verdict);
  });
});

describe("a trial", () => {
  it("passes without a finding", () => {
    expect(judge(aTrial())).toMatchObject({ findings: [], ending: "pass" });
  });

  it.each([
    ["fails where the product is to blame", aTrial({ steps: aStep({ execution: anExecution({ exit: 1 }) }) }), "fail"],
    [
      "is inconclusive where the environment is",
      aTrial({ installation: trouble("npm error code E503") }),
      "inconclusive",
    ],
    ["is inconclusive where the harness broke", aTrial({ broken: "no space left" }), "inconclusive"],
    ["fails where the cause is unknown", aTrial({ installation: trouble("?") }), "fail"],
  ] satisfies [string, Trial, string][])("%s", (_rule, trial, ending) => {
    expect(judge(trial).ending).toBe(ending);
  });

  it("whose steps were not reached is never a pass", () => {
    expect(codesOf(aTrial({ steps: [] }))).toEqual(["smoke.harness-failed"]);
  });

  it("that hung is not blamed for what it had no time to do", () => {
    const execution = anExecution({ ending: "timed-out", exit: undefined });
    expect(codesOf(aTrial({ steps: aStep({ execution, files: new Map() }) }))).toEqual(["smoke.hung"]);
  });

  it("reports all findings, not only the first", () => {
    const steps = aStep({ execution: anExecution({ exit: 1 }), files: new Map() });
    const found = codesOf(aTrial({ steps }, { checkout: [added("a")] }));
    expect(found).toEqual(["smoke.case-failed", "smoke.case-failed", "smoke.tree-dirty"]);
  });

  it.each([
    ["a write to the checkout", { checkout: [added("src/a.ts")] }, ["smoke.tree-dirty"]],
    ["a write to the home", { home: [added(".buoyrc")] }, ["smoke.isolation-leak"]],
    ["a removal in the checkout", { checkout: [{ path: "a", change: "removed" }] }, ["smoke.tree-dirty"]],
    ["a write to a cache", { home: [added(".cache/buoy/a"), added(".npm/_logs/a")] }, []],
    ["a folder that only begins like a cache", { home: [added(".cached/a")] }, ["smoke.isolation-leak"]],
    ["an undeclared write to the workspace", { workspace: [added("out/log"), added("stray")] }, []],
  ] satisfies [string, Partial<Aftermath>, string[]][])("SMK-09 F53: %s gives %j", (_rule, changes, codes) => {
    expect(codesOf(aTrial({}, changes))).toEqual(codes);
  });

  it.each([
    ["an expected file that lay there before fails", [], ["smoke.case-failed"]],
    ["an expected file that was changed holds", [{ path: "out/log", change: "changed" }], []],
  ] satisfies [string, Change[], string[]][])("SMK-06: %s", (_rule, changes, codes) => {
    expect(codesOf(aTrial({ steps: aStep({ changes }) }))).toEqual(codes);
  });
});

describe("the checks of a scenario", () => {
  const checks = (trial: Trial) => checksOf(outcomeOf(trial), policy);

  it("name undeclared writes in an advisory check, and declared ones nowhere", () => {
    const workspace = [added("cache/a"), added("out/log"), added("stray")];
    const [scenario, strays] = checks(aTrial({}, { workspace }));
    expect(scenario?.result).toBe("pass");
    expect(strays).toMatchObject({ required: false, result: "fail", code: "smoke.stray-write" });
    expect(strays?.because).toMatch(/found stray \(added\)$/);
  });

  it("name the kept workspace after a failure", () => {
    const steps = aStep({ execution: anExecution({ exit: 1 }) });
    expect(checks(aTrial({ steps }))[0]?.because).toContain("kept in /temp/one");
  });

  it("carry the code of what decided: the product's before the environment's", () => {
    const found: Finding[] = [
      { code: "smoke.harness-failed", class: "harness", because: "a" },
      { code: "smoke.hung", class: "product", because: "b" },
    ];
    expect(checksOf(outcomeOf(aTrial(), judgedAs(aTrial(), found)), policy)[0]?.code).toBe("smoke.hung");
  });

  it("list five changes, and how many more there are", () => {
    const many = ["a", "b", "c", "d", "e", "f", "g"].map(added);
    expect(listChanges(many)).toMatch(/^a \(added\), .*e \(added\) and 2 more$/);
  });
});

describe("SMK-02: the scenarios", () => {
  const npm = { id: "npm", kind: "npm", package: "buoy" };
  const tag = { id: "tag", kind: "git-tag" };
  it.each([
    ["none at all is inconclusive", [], [npm], "smoke.no-cases"],
    ["advisory ones alone are inconclusive", [{ id: "a", run: "a", required: false }], [npm], "smoke.no-cases"],
    ["one required is enough for one channel", [{ id: "a", run: "a" }], [npm], undefined],
    ["a channel without one is inconclusive", [{ id: "a", run: "a", channel: "npm" }], [npm, tag], "smoke.no-cases"],
    [
      "an optional channel needs none",
      [{ id: "a", run: "a", channel: "npm" }],
      [npm, { ...tag, required: false }],
      undefined,
    ],
    ["one that installs nothing tries no channel", [{ id: "a", run: "a", install: "none" }], [npm], "smoke.no-cases"],
    [
      "one that installs nothing is enough where there is no channel",
      [{ id: "a", run: "a", install: "none" }],
      [],
      undefined,
    ],
  ])("%s", (_rule, given, channels, code) => {
    const config = configSchema.parse({ channels, smoke: { scenarios: given } });
    expect(judgeCases(config.smoke.scenarios, config.channels).code).toBe(code);
  });
});
