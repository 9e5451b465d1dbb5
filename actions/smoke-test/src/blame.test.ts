import { describe, expect, it } from "vitest";
import { conclude } from "#src/domain/verdict";
import { fakePackageInstall } from "#src/testing/fake-package-install";
import { anExecution } from "#src/testing/fake-shell";
import { findSign } from "./classify-trouble.ts";
import { codesOf, type Setup, setUp } from "./testing/smoke-stage.ts";

const said = (output: string, exit = 0) => anExecution({ output, exit });
const relay = { id: "relay", run: "buoy relay", expect: { files: ["out"] } };
const limited = said("usage limit reached, paused\n");
const quota = { id: "quota", pattern: "usage limit", class: "agent" };
const graceful = { exit: 0, "output-contains": ["paused"], files: ["paused.json"] };
const works = { id: "works", run: "buoy --version", expect: { version: true } };
const good = { "buoy --version": said("buoy 1.1.0") };

async function resultOf(setup: Setup, written: Record<string, string> = {}) {
  const stage = setUp({
    ...setup,
    answers: {
      ...setup.answers,
      "buoy relay": (command) => {
        for (const [path, text] of Object.entries(written))
          stage.workspaces.disk.set(`${command.directory}/${path}`, text);
        const answer = setup.answers?.["buoy relay"] ?? said("");
        return typeof answer === "function" ? answer(command) : answer;
      },
    },
  });
  const { checks } = await stage.run();
  return { result: conclude(checks).result, codes: checks.flatMap(({ code }) => code ?? []) };
}

describe("the signs of somebody else's trouble", () => {
  it.each([
    ["a pattern in the output", [{ id: "a", pattern: "quota", class: "environment" }], "environment"],
    ["an exit code", [{ id: "a", exit: 78, class: "environment" }], "environment"],
    ["a pattern where the exit code is another", [{ id: "a", pattern: "quota", exit: 3, class: "agent" }], undefined],
    ["nothing that it has", [{ id: "a", pattern: "limit", class: "agent" }], undefined],
    [
      "the first in the order propagation, environment, agent",
      [
        { id: "a", exit: 78, class: "agent" },
        { id: "b", pattern: "quota", class: "environment" },
      ],
      "environment",
    ],
  ] as const)("fit by %s", (_rule, signs, found) => {
    expect(findSign([...signs], { said: "out of \u001b[31mquota\u001b[0m", exit: 78 })?.class).toBe(found);
  });
});

describe("F47: trouble of the environment", () => {
  const signs = [{ id: "tls", pattern: "handshake", class: "environment" }];
  const handshake = said("handshake failed", 1);

  it("that a sign names is tried three times, and is never a pass", async () => {
    const { run, clock, tried } = setUp({ scenarios: [relay], smoke: { signs }, answers: { "buoy relay": handshake } });
    const { checks, attachments } = await run();
    expect(conclude(checks).result).toBe("inconclusive");
    expect([tried().length, clock.sleeps]).toEqual([3, [10_000, 20_000]]);
    const [scenario] = JSON.parse(String(attachments?.find(({ name }) => name === "smoke.json")?.content)).scenarios;
    expect(scenario.attempts).toHaveLength(3);
  });

  it("that passes by leaves its first failure in the evidence", async () => {
    let tries = 0;
    const { run, workspaces } = setUp({
      scenarios: [works],
      smoke: { signs },
      answers: { "buoy --version": () => (tries++ === 0 ? handshake : said("buoy 1.1.0")) },
    });
    const { checks, attachments } = await run();
    expect(conclude(checks).result).toBe("pass");
    expect(String(attachments?.find(({ name }) => name === "smoke.json")?.content)).toContain("handshake failed");
    expect(workspaces.discarded).toContain("/temp/works");
  });

  it.each([
    ["counts where the canary fails, too", 1, "inconclusive"],
    ["does not count where the canary succeeds, as the dependency is healthy", 0, "fail"],
  ])("%s", async (_rule, exit, result) => {
    const smoke = { signs: [{ ...signs[0], canary: "ping dependency" }] };
    const answers = { "buoy relay": handshake, "ping dependency": said("", exit) };
    expect((await resultOf({ scenarios: [relay], smoke, answers })).result).toBe(result);
  });

  it("that no sign names is the product's, and tried once", async () => {
    const { run, tried, clock } = setUp({
      scenarios: [relay],
      base: null,
      answers: { "buoy relay": said("what?", 1) },
    });
    expect(conclude((await run()).checks).result).toBe("fail");
    expect([tried().length, clock.sleeps]).toEqual([1, []]);
  });
});

describe("propagation", () => {
  it("is waited for up to 15 minutes, every 10 to 15 s", async () => {
    const late = { ended: "exit code 1", said: "npm error code E404" };
    const { run, clock } = setUp({
      packages: fakePackageInstall({ troubles: Array.from({ length: 200 }, () => late) }),
    });
    expect(conclude((await run()).checks).result).toBe("inconclusive");
    const waited = clock.sleeps.reduce((sum, one) => sum + one, 0);
    expect(Math.min(...clock.sleeps)).toBeGreaterThanOrEqual(10_000);
    expect(Math.max(...clock.sleeps)).toBeLessThanOrEqual(15_000);
    expect(waited).toBeGreaterThan(14.5 * 60_000);
    expect(waited).toBeLessThanOrEqual(15 * 60_000);
  });
});

describe("SMK-07: an agent's refusal", () => {
  const answers = { ...good, "buoy relay": limited };
  const smoke = { signs: [quota], "on-external": "report" };
  const scenarios = [works, { ...relay, graceful }];
  const record = { "paused.json": "{}" };

  it("is reported and does not fail the release where it was handled gracefully", async () => {
    const { result, codes } = await resultOf({ scenarios, smoke, answers }, record);
    expect([result, codes]).toEqual(["pass", ["smoke.external"]]);
  });

  it("blocks without doubt about the product where nobody said that it may be reported", async () => {
    expect((await resultOf({ scenarios, smoke: { signs: [quota] }, answers }, record)).result).toBe("inconclusive");
  });

  it.each([
    ["nothing really passed", [{ ...relay, graceful }], {}],
    ["too many ended so", [works, { ...relay, graceful }], { "max-external": 0 }],
    ["fewer passed than are wanted", [works, { ...relay, graceful }], { "min-pass": 2 }],
  ])("blocks where %s", async (_rule, given, more) => {
    const { result, codes } = await resultOf({ scenarios: given, smoke: { ...smoke, ...more }, answers }, record);
    expect([result, codes]).toEqual(["inconclusive", expect.arrayContaining(["smoke.external-only"])]);
  });

  it.each([
    ["a crash", anExecution({ ending: "signalled", exit: undefined, output: "usage limit, paused" }), graceful],
    ["a hang", anExecution({ ending: "idle", exit: undefined, output: "usage limit, paused" }), graceful],
    ["another exit code", said("usage limit, paused", 2), graceful],
    ["no clean end", said("usage limit"), graceful],
    ["a missing record", limited, { exit: 0, files: ["resume.json"] }],
    ["a missing file in whose place no record is named", limited, { exit: 0, "output-contains": ["paused"] }],
    ["a clean end that names another version", limited, { ...graceful, version: true }],
    ["no word on how a clean end looks", limited, undefined],
  ])("with %s is the product's failure, whatever is only reported", async (_rule, ending, clean) => {
    const given = [works, { ...relay, ...(clean ? { graceful: clean } : {}) }];
    const { result, codes } = await resultOf(
      { scenarios: given, smoke, answers: { ...good, "buoy relay": ending } },
      record,
    );
    expect([result, codes[0]]).toEqual(["fail", "smoke.product-failure"]);
  });

  it("with a record that lay there before is the product's failure", async () => {
    const steps = [
      { kind: "command", run: "buoy relay", expect: { exit: 0 } },
      { kind: "command", run: "buoy again", expect: { files: ["out"] } },
    ];
    const given = [works, { id: "relay", graceful, steps }];
    const { result, codes } = await resultOf(
      { scenarios: given, smoke, answers: { ...good, "buoy again": limited } },
      record,
    );
    expect([result, codes[0]]).toEqual(["fail", "smoke.product-failure"]);
  });

  it.each([
    ["the product names another version", { version: true }, "smoke.wrong-version"],
    [
      "the product used another model",
      { models: [{ file: "paused.json", pointer: "/model", parameter: "small" }] },
      "smoke.model-substituted",
    ],
  ])("excuses nothing of it where %s", async (_what, own, code) => {
    const parameters = [{ id: "small", kind: "model", value: "tiny-1", "verified-on": "2025-12-20" }];
    const given = [works, { ...relay, uses: ["small"], expect: own, graceful }];
    const { result, codes } = await resultOf(
      { scenarios: given, smoke: { ...smoke, parameters }, answers },
      { "paused.json": '{"model":"large-9"}' },
    );
    expect([result, codes[0]]).toEqual(["fail", code]);
  });

  it("excuses no installation that fails: that is the machine's trouble, which blocks", async () => {
    const troubles = Array.from({ length: 9 }, () => ({ ended: "exit code 1", said: "usage limit reached" }));
    const { result, codes } = await resultOf({ scenarios, smoke, answers, packages: fakePackageInstall({ troubles }) });
    expect([result, codes[0]]).toEqual(["inconclusive", "smoke.install-failed"]);
  });
});

describe("the version before", () => {
  const failing = { "buoy relay": said("boom", 1) };
  const scenarios = [{ ...relay, expect: { exit: 0 } }];
  const byVersion = (before: number, now: number) => ({
    "buoy relay": ({ environment }: { environment: Record<string, string> }) =>
      said("", environment.RELEASE_VERSION === "1.0.0" ? before : now),
  });
  const older = () => fakePackageInstall({ byVersion: true });

  it("that passes leaves the failure with the product", async () => {
    const { result } = await resultOf({ scenarios, packages: older(), answers: byVersion(0, 1) });
    expect(result).toBe("fail");
  });

  it("that fails in the same way makes it the environment's, which still blocks", async () => {
    const { run } = setUp({ scenarios, packages: older(), answers: byVersion(1, 1) });
    const { checks } = await run();
    expect(conclude(checks).result).toBe("inconclusive");
    expect(checks.find(({ id }) => id === "scenario-relay")?.because).toMatch(/and so with the version before/);
  });

  it("that fails in another way excuses nothing", async () => {
    expect((await resultOf({ scenarios, packages: older(), answers: byVersion(2, 1) })).result).toBe("fail");
  });

  it.each([
    ["there is none", { base: null }, ["1.1.0"]],
    ["nobody wants to compare", { smoke: { compare: "off" } }, ["1.1.0"]],
    ["the scenario passes", { answers: { "buoy relay": said("") } }, ["1.1.0"]],
    ["it fails", {}, ["1.1.0", "1.0.0"]],
  ] satisfies [string, Setup, string[]][])("is asked for as %s: %s", async (_rule, setup, versions) => {
    const { run, packages } = setUp({ scenarios, answers: failing, packages: older(), ...setup });
    await run();
    expect(packages.downloads.map(({ version }) => version)).toEqual(versions);
  });

  it.each([
    ["is believed where the version before fails it", "1.1.0", 1, undefined],
    ["is not believed where the version before passes it", "1.1.0", 0, "smoke.regression-unproven"],
    ["is not believed where its version is yet to come", "1.2.0", 1, "smoke.regression-unproven"],
    ["was believed when its version was released", "1.0.0", 0, undefined],
  ])("SMK-14: a guard of a fix %s", async (_rule, fixedIn, before, code) => {
    const guard = [{ ...relay, expect: { exit: 0 }, "fixed-in": fixedIn }];
    const codes = await codesOf({ scenarios: guard, packages: older(), answers: byVersion(before, 0) });
    expect(codes).toEqual(code ? expect.arrayContaining([code]) : []);
  });
});
