import { describe, expect, it } from "vitest";
import { hexDigest } from "#src/domain/digest";
import { readReport } from "#src/domain/junit-report";
import { conclude } from "#src/domain/verdict";
import { anAnswer, fakeHttpRequests } from "#src/testing/fake-http-requests";
import { fakePackageInstall } from "#src/testing/fake-package-install";
import { anExecution } from "#src/testing/fake-shell";
import { codesOf, type Setup, setUp } from "./testing/smoke-stage.ts";

const said = (output: string, exit = 0) => anExecution({ output, exit });
const works = { id: "works", run: "buoy --version", expect: { version: true } };
const good = { "buoy --version": said("buoy 1.1.0") };
const checkOf = async (setup: Setup, id: string) => (await setUp(setup).run()).checks.find((check) => check.id === id);

describe("SMK-11: a suite of tests", () => {
  const suite = (tests: string) => `<testsuite name="areas">${tests}</testsuite>`;
  const tests = (executed: number, skipped: number) =>
    suite(
      [...Array(executed).keys()].map((n) => `<testcase name="t${n}"/>`).join("") +
        [...Array(skipped).keys()].map((n) => `<testcase name="s${n}"><skipped/></testcase>`).join(""),
    );
  const baseline = {
    id: "suite",
    baseline: true,
    steps: [{ kind: "command", run: "make suite", results: { junit: "junit.xml", "min-executed": 9 } }],
  };
  const stage = (report: string | undefined, more: Setup = {}) => {
    const setup = setUp({
      scenarios: [works, baseline],
      ...more,
      answers: {
        ...good,
        "make suite": () => {
          if (report) setup.workspaces.disk.set("/temp/suite/workspace/junit.xml", report);
          return said("");
        },
        ...more.answers,
      },
    });
    return setup;
  };

  it.each([
    ["that executed nine areas holds", tests(9, 0), undefined],
    ["that executed eight does not", tests(8, 0), "smoke.too-few-executed"],
    ["that skipped one does not", tests(9, 1), "smoke.too-few-executed"],
    ["that left no report does not", undefined, "smoke.baseline-failed"],
    ["whose report is none does not", "<html/>", "smoke.baseline-failed"],
    ["in which a test failed does not", suite('<testcase name="a"><failure/></testcase>'), "smoke.too-few-executed"],
  ])("%s", async (_rule, report, code) => {
    const { checks } = await stage(report).run();
    expect(checks.find(({ id }) => id === "scenario-suite")?.code).toBe(code);
  });

  it("is tried before all others, which are missing while it does not hold", async () => {
    const { run, tried } = stage(tests(1, 0));
    const { checks } = await run();
    expect(checks.find(({ id }) => id === "scenario-works")?.code).toBe("smoke.not-tried");
    expect(tried().map(({ line }) => line)).not.toContain("buoy --version");
  });
});

describe("what is not executed", () => {
  const skips = { id: "skips", steps: [{ kind: "command", run: "maybe", "skip-exit": 77, expect: { exit: 0 } }] };

  it("SMK-11: blocks where a required scenario skips itself", async () => {
    const codes = await codesOf({ scenarios: [works, skips], answers: { ...good, maybe: said("", 77) } });
    expect(codes).toEqual(["smoke.skipped"]);
  });

  it("is reported where an advisory one does, and counted", async () => {
    const { run } = setUp({
      scenarios: [works, { ...skips, required: false }],
      answers: { ...good, maybe: said("", 77) },
    });
    const { checks, summary } = await run();
    expect(conclude(checks).result).toBe("pass");
    expect(summary).toContain("1 executed, 1 skipped, 0 missing");
  });

  it("blocks below the minimum", async () => {
    const setup = { smoke: { "min-executed": 2 }, scenarios: [works, { ...skips, required: false }] };
    expect(await codesOf({ ...setup, answers: { ...good, maybe: said("", 77) } })).toContain("smoke.too-few-executed");
    expect(await codesOf({ ...setup, answers: { ...good, maybe: said("") } })).toEqual([]);
  });
});

describe("the self-test", () => {
  const blind = { ...good, planted: said("buoy 1.1.0") };
  const notStarted = anExecution({ ending: "not-started", exit: undefined, output: "no bash" });

  it("makes a scenario that passes with a broken product count for nothing", async () => {
    const { run } = setUp({ answers: blind });
    const { checks, summary } = await run();
    expect(conclude(checks).result).toBe("inconclusive");
    expect(checks.flatMap(({ code }) => code ?? [])).toEqual(["smoke.cannot-fail", "smoke.too-few-executed"]);
    expect(summary).toContain("0 executed, 0 skipped, 0 missing, 1 that cannot fail");
  });

  it.each([
    ["only reported where the configuration says so", "report", ["smoke.cannot-fail"]],
    ["left out where the configuration says so", "off", []],
  ])("is %s", async (_rule, mode, codes) => {
    expect(await codesOf({ answers: blind, smoke: { "self-test": mode } })).toEqual(codes);
  });

  it.each([
    ["could not be planted", { planting: said("no space", 1) }, "exit code 1: no space"],
    ["was not started", { planted: notStarted }, "no bash"],
    ["skipped itself", { planted: said("", 77) }, "did not run"],
  ])("is no proof where the broken product %s", async (_how, answers, told) => {
    const skipping = {
      id: "works",
      steps: [{ kind: "command", run: works.run, "skip-exit": 77, expect: works.expect }],
    };
    const { run } = setUp({ scenarios: [skipping], answers: { ...good, ...answers } });
    const { checks, summary } = await run();
    expect(conclude(checks).result).toBe("inconclusive");
    const [selfTest] = checks.filter(({ code }) => code === "smoke.self-test-incomplete");
    expect(selfTest?.because).toContain(told);
    expect(summary).toContain("0 executed, 0 skipped, 0 missing, 1 that cannot fail");
  });

  it("is no proof where the budget ended before the broken product could fail", async () => {
    const stage = setUp({
      smoke: { budget: "5s" },
      answers: {
        ...good,
        planted: async () => {
          await stage.clock.sleep(6_000);
          return anExecution({ ending: "timed-out", exit: undefined });
        },
      },
    });
    const codes = (await stage.run()).checks.flatMap(({ code }) => code ?? []);
    expect(codes).toEqual(["smoke.self-test-incomplete", "smoke.too-few-executed"]);
  });

  it("is no proof where all that was wrong is what somebody wrote beside it", async () => {
    const stage = setUp({
      answers: {
        ...good,
        planted: () => {
          stage.workspaces.disk.set("/checkout/left", "by another scenario");
          return said("buoy 1.1.0");
        },
      },
    });
    const codes = (await stage.run()).checks.flatMap(({ code }) => code ?? []);
    expect(codes).toEqual(["smoke.self-test-incomplete", "smoke.too-few-executed"]);
  });

  it("is a proof where the broken product hangs for as long as the scenario waits", async () => {
    const hangs = anExecution({ ending: "timed-out", exit: undefined });
    expect(await codesOf({ answers: { ...good, planted: hangs } })).toEqual([]);
  });

  it("tells as advice that a scenario would not notice programs which do nothing", async () => {
    let stub = "";
    const planted = () => said("", stub.includes("exit 70") ? 70 : 0);
    const { run, commands } = setUp({
      scenarios: [{ ...works, expect: { exit: 0 } }],
      answers: { ...good, planted: () => planted() },
    });
    const original = commands.push.bind(commands);
    commands.push = (...given) => {
      stub = given[0]?.environment.STUB ?? stub;
      return original(...given);
    };
    const { checks } = await run();
    expect(conclude(checks).result).toBe("pass");
    expect(checks.flatMap(({ code }) => code ?? [])).toEqual(["smoke.blind-to-silence"]);
  });

  it("is not asked of what fails anyway", async () => {
    const { run, commands } = setUp({ answers: { "buoy --version": said("", 1) }, base: null });
    await run();
    expect(commands.filter(({ environment }) => environment.STUBS !== undefined)).toEqual([]);
  });
});

describe("SMK-43: a suspect scenario", () => {
  const suspect = [{ ...works, repeat: 3 }];
  const failing = (...tries: number[]) => {
    let count = 0;
    return { "buoy --version": () => said("buoy 1.1.0", tries[count++] ?? 0) };
  };

  it("that passes three times passes", async () => {
    const { run, tried } = setUp({ scenarios: suspect, answers: failing(0, 0, 0) });
    expect(conclude((await run()).checks).result).toBe("pass");
    expect(tried()).toHaveLength(3);
  });

  it.each([
    ["first", [1, 0, 0]],
    ["last", [0, 0, 1]],
  ])("that fails once, %s, is flaky and fails", async (_when, tries) => {
    const setup: Setup = { scenarios: suspect, answers: failing(...tries), base: null };
    expect(await codesOf(setup)).toEqual(["smoke.flaky"]);
  });

  const signs = [{ id: "net", pattern: "no route", class: "environment" }];
  const quota = [{ id: "net", pattern: "no route", class: "agent" }];
  it.each([
    ["skips itself", said("", 77), [], "smoke.skipped", "did not run"],
    ["meets trouble of the machine", said("no route", 1), signs, "smoke.case-failed", "found 1 (sign: net)"],
    ["is not started", anExecution({ ending: "not-started", exit: undefined }), [], "smoke.harness-failed", "start"],
    ["is refused by an agent", said("no route"), quota, "smoke.external", "sign: net"],
  ])("that passes once and then %s was not tried three times", async (_how, again, given, code, told) => {
    let count = 0;
    const step = { kind: "command", run: works.run, "skip-exit": 77, expect: { "output-contains": ["1.1.0"] } };
    const { run } = setUp({
      scenarios: [{ id: "works", repeat: 3, graceful: { exit: 0 }, steps: [step] }],
      smoke: { signs: given },
      answers: { "buoy --version": () => (count++ === 0 ? said("buoy 1.1.0") : again) },
    });
    const { checks } = await run();
    expect(conclude(checks).result).toBe("inconclusive");
    const check = checks.find(({ id }) => id === "scenario-works");
    expect(check?.code).toBe(code);
    expect(check?.because).toMatch(/expected 3 passes of 3, found 1 passed: /);
    expect(check?.because).toContain(told);
  });

  it("that fails every time just fails", async () => {
    expect(await codesOf({ scenarios: suspect, answers: failing(1, 1, 1), base: null })).toEqual(["smoke.case-failed"]);
  });
});

describe("SMK-21: a companion", () => {
  const laps = { id: "laps", run: "laps --version", companion: { minimum: "0.8.1" }, expect: { exit: 0 } };
  it.each([
    ["of its minimum holds", "laps 0.8.1", undefined],
    ["of a later version holds", "laps v0.10.0", undefined],
    ["of an older version does not", "laps 0.8.0", "smoke.companion"],
    ["that names no version does not", "laps", "smoke.companion"],
  ])("%s", async (_rule, output, code) => {
    const setup = { scenarios: [works, laps], answers: { ...good, "laps --version": said(output) } };
    expect((await checkOf(setup, "scenario-laps"))?.code).toBe(code);
  });

  it("that is not required is reported and does not block", async () => {
    const scenarios = [works, { ...laps, required: false }];
    const { run } = setUp({ scenarios, answers: { ...good, "laps --version": said("laps 0.7.0") } });
    expect(conclude((await run()).checks).result).toBe("pass");
  });
});

describe("SMK-40: the specification", () => {
  const specification = { files: ["spec.md"], ids: "SC-\\d+" };
  const text = "# Tides\n\n## SC-1 low\n\nIt ebbs.\n\n## SC-2 high\n\nIt floods.\n";
  const seen = hexDigest("sha256", "## SC-2 high\n\nIt floods.\n").slice(0, 12);
  const stage = (
    covers: string[],
    { spec = text, more = {}, ...setup }: Setup & { spec?: string; more?: object } = {},
  ) => {
    const scenarios = setup.scenarios ?? [{ ...works, covers, ...more }];
    const found = setUp({ answers: good, smoke: { specification }, ...setup, scenarios });
    if (spec !== "") found.workspaces.disk.set("/temp/specification/workspace/repository/spec.md", spec);
    return found;
  };
  const found = async (...given: Parameters<typeof stage>) =>
    (await stage(...given).run()).checks.flatMap(({ code }) => code ?? []);

  it.each([
    ["holds where each of its scenarios is observed", ["SC-1", "SC-2"], text, []],
    ["does not where one is not", ["SC-1"], text, ["smoke.scenario-unobserved"]],
    ["does not where it names none", ["SC-1"], "# Tides", ["smoke.scenario-unobserved"]],
    ["does not where it is not in the released commit", ["SC-1"], "", ["smoke.scenario-unobserved"]],
  ])("%s", async (_rule, covers, spec, codes) => {
    expect(await found(covers, { spec })).toEqual(codes);
  });

  it("is not observed by what was never executed", async () => {
    const skips = {
      id: "skips",
      required: false,
      covers: ["SC-2"],
      steps: [{ kind: "command", run: "no", "skip-exit": 77 }],
    };
    const scenarios = [
      { ...works, covers: ["SC-1"] },
      { ...skips, steps: [{ ...skips.steps[0], expect: { exit: 0 } }] },
    ];
    expect(await found([], { scenarios, answers: { ...good, no: said("", 77) } })).toContain(
      "smoke.scenario-unobserved",
    );
  });

  it("SMK-44 F54: that has changed since a scenario was written is reported, and does not block", async () => {
    const reference = (digest: string) => ({ "spec-ref": { file: "spec.md", heading: "SC-2 high", seen: digest } });
    const covers = ["SC-1", "SC-2"];
    expect(await found(covers, { more: reference(seen) })).toEqual([]);
    const { run } = stage(covers, { more: reference("0".repeat(12)) });
    const { checks } = await run();
    expect(conclude(checks).result).toBe("pass");
    expect(checks.find(({ code }) => code === "smoke.stale-assertion")?.because).toContain(`found ${seen}`);
  });

  it("SMK-44 F54: a section that is gone is reported, too", async () => {
    const more = { "spec-ref": { file: "spec.md", heading: "SC-3", seen } };
    expect(await found(["SC-1", "SC-2"], { more })).toEqual(["smoke.stale-assertion"]);
  });
});

describe("SMK-03: the budget of a channel", () => {
  const channels = [
    { id: "npm", kind: "npm", package: "buoy" },
    { id: "tag", kind: "git-tag" },
  ];
  const scenarios = [
    { ...works, channel: "npm" },
    { ...works, id: "cloned", channel: "tag" },
  ];

  it("that trouble of one channel used up leaves the other's alone", async () => {
    const late = { ended: "exit code 1", said: "npm error code E404" };
    const packages = fakePackageInstall({ troubles: Array.from({ length: 99 }, () => late) });
    const { run, clock } = setUp({ channels, scenarios, packages, smoke: { budgets: { npm: "1m" } }, answers: good });
    const { checks } = await run();
    expect(checks.filter(({ id }) => id.startsWith("scenario")).map(({ result }) => result)).toEqual([
      "inconclusive",
      "pass",
    ]);
    expect(clock.sleeps.reduce((sum, one) => sum + one, 0)).toBeLessThan(60_000);
  });

  it("SMK-04: each channel has a result of its own", async () => {
    const answers = {
      "buoy --version": ({ environment }: { environment: Record<string, string> }) =>
        said("", environment.PATH?.includes("node_modules") ? 0 : 1),
    };
    const { run } = setUp({ channels, scenarios, answers: { ...answers }, base: null });
    const results = (await run()).checks.filter(({ id }) => id.startsWith("channel-"));
    expect(results.map(({ id, result, code }) => [id, result, code])).toEqual([
      ["channel-npm", "fail", "smoke.channel-failed"],
      ["channel-tag", "fail", "smoke.channel-failed"],
    ]);
  });

  it("bounds the time of each step, and what it stops is over budget", async () => {
    const hangs = anExecution({ ending: "timed-out", exit: undefined });
    const stage = setUp({
      smoke: { budget: "1m" },
      base: null,
      answers: {
        "buoy --version": async () => {
          await stage.clock.sleep(60_000);
          return hangs;
        },
      },
    });
    const { checks } = await stage.run();
    expect(stage.tried()[0]?.timeout).toBe(60_000);
    expect(checks.flatMap(({ code }) => code ?? [])).toContain("smoke.over-budget");
  });

  it("runs scenarios at the same time, as many as it may", async () => {
    const many = Array.from({ length: 5 }, (_none, index) => ({ ...works, id: `s${"abcde"[index]}` }));
    let [running, most] = [0, 0];
    const { run, workspaces } = setUp({ scenarios: many, smoke: { parallel: 2, "self-test": "off" }, answers: good });
    const open = workspaces.open;
    workspaces.open = async (name) => {
      running += 1;
      most = Math.max(most, running);
      await new Promise((resolve) => setImmediate(resolve));
      running -= 1;
      return open(name);
    };
    const { checks } = await run();
    expect(most).toBe(2);
    expect(checks.filter(({ id }) => id.startsWith("scenario")).map(({ id }) => id)).toEqual(
      many.map(({ id }) => `scenario-${id}`),
    );
  });
});

describe("SMK-08: silence", () => {
  it.each([
    ["at 60 % of its limit is told", 180_000, ["smoke.slowing"]],
    ["below is not", 179_999, []],
  ])("%s, and decides nothing", async (_rule, silence, codes) => {
    const { run } = setUp({ answers: { "buoy --version": anExecution({ output: "buoy 1.1.0", silence }) } });
    const { checks } = await run();
    expect(conclude(checks).result).toBe("pass");
    expect(checks.flatMap(({ code }) => code ?? [])).toEqual(codes);
  });
});

describe("SMK-12: the parameters", () => {
  const model = { id: "small-model", kind: "model", value: "tiny-1", "verified-on": "2025-12-20" };
  const uses = { uses: ["small-model"] };
  const relay = {
    id: "relay",
    ...uses,
    run: "buoy relay",
    expect: { models: [{ file: "runs.jsonl", pointer: "/model", parameter: "small-model" }] },
  };
  const stage = (used: string, parameters: object[] = [model], more: Setup = {}) => {
    const found = setUp({
      scenarios: [relay],
      smoke: { parameters },
      base: null,
      ...more,
      answers: {
        "buoy relay": () => {
          found.workspaces.disk.set("/temp/relay/workspace/runs.jsonl", JSON.stringify({ model: used }));
          return said("");
        },
      },
    });
    return found;
  };
  const codes = async (...given: Parameters<typeof stage>) =>
    (await stage(...given).run()).checks.flatMap(({ code }) => code ?? []);

  it("are used word for word, and the product's own record must say so", async () => {
    const { run, tried } = stage("tiny-1");
    expect(conclude((await run()).checks).result).toBe("pass");
    expect(tried()[0]?.environment.PARAM_SMALL_MODEL).toBe("tiny-1");
  });

  it.each([
    ["a model that was replaced in silence", "large-9", [model], "smoke.model-substituted"],
    ["one that is marked as not available", "tiny-1", [{ ...model, available: false }], "smoke.model-unavailable"],
    ["one that is not in the table", "tiny-1", [], "smoke.parameter-unknown"],
    ["a credential that the job was not given", "", [{ ...model, kind: "credential" }], "smoke.credential-missing"],
  ])("%s blocks", async (_rule, used, parameters, code) => {
    expect((await codes(used, parameters))[0]).toBe(code);
  });

  it("are reported when nobody has verified them lately", async () => {
    expect(await codes("tiny-1", [{ ...model, "verified-on": "2025-10-01" }])).toEqual(["smoke.parameter-stale"]);
    expect(await codes("tiny-1", [{ ...model, "verified-on": "2025-10-04" }])).toEqual([]);
  });

  it("a credential's value goes to the steps that use it and into no evidence", async () => {
    const token = { id: "small-model", kind: "credential", value: "AGENT_TOKEN", "verified-on": "2025-12-20" };
    const { run, tried } = setUp({
      scenarios: [
        { ...works, ...uses },
        { ...works, id: "other" },
      ],
      smoke: { parameters: [token] },
      secrets: { AGENT_TOKEN: "s3cret-of-the-agent" },
      answers: { "buoy --version": said("s3cret-of-the-agent buoy 1.1.0") },
    });
    const report = await run();
    expect(tried().map(({ environment }) => environment.PARAM_SMALL_MODEL)).toEqual(["s3cret-of-the-agent", undefined]);
    expect(JSON.stringify(report)).not.toContain("s3cret");
  });

  it.each([
    ["a file that holds it", { "json-lines": [{ file: "out", pointer: "/key", equals: "x" }] }],
    ["several lines that hold it", { sequences: [{ file: "out", pointer: "/key", equals: ["x"] }] }],
  ])("a credential's value is in no evidence of %s and is wrong", async (_what, expected) => {
    const { report, told } = await withCredential({ id: "file", run: "buoy key", uses: ["key"], expect: expected });
    expect(conclude(report.checks).result).toBe("fail");
    expect(told).not.toContain("cret");
  });

  it.each([
    ["that passes", "x", "pass"],
    ["that is answered with the value", "y", "fail"],
  ])("a credential's value is in no evidence of a request %s", async (_what, equals, result) => {
    const request = { endpoint: "api", path: "?key={PARAM_KEY}" };
    const step = { kind: "http", request, expect: { json: [{ pointer: equals === "x" ? "/ok" : "/key", equals }] } };
    const { report, told, asked } = await withCredential({ id: "asks", uses: ["key"], install: "none", steps: [step] });
    expect(asked[0]).toContain("s%26cret");
    expect(conclude(report.checks).result).toBe(result);
    expect(told).not.toContain("cret");
  });

  /** Tries a scenario that uses the credential `s&cret"of`; the product gives it away in a file, a service in its answer. */
  async function withCredential(scenario: object) {
    const value = 's&cret"of';
    const body = JSON.stringify({ ok: "x", key: value });
    const address = `https://api.example/?key=${encodeURIComponent(value)}`;
    const http = fakeHttpRequests({ [`GET ${address}`]: anAnswer({ body }) });
    const stage = setUp({
      scenarios: [works, scenario],
      base: null,
      http,
      smoke: {
        "self-test": "off",
        endpoints: "steps" in scenario ? [{ id: "api", url: "https://api.example/" }] : [],
        parameters: [{ id: "key", kind: "credential", value: "API_KEY", "verified-on": "2025-12-20" }],
      },
      secrets: { API_KEY: value },
      answers: {
        ...good,
        "buoy key": () => {
          stage.workspaces.disk.set("/temp/file/workspace/out", `${body}\n`);
          return said("");
        },
      },
    });
    const report = await stage.run();
    const files = report.attachments?.map(({ content }) => Buffer.from(content).toString("utf8"));
    return { report, told: JSON.stringify(report) + files?.join(""), asked: http.requests.map(({ url }) => url) };
  }
});

describe("SMK-15: the report", () => {
  const answers = { ...good, bad: said("<boom>\u001b[31m & gone", 1) };
  const scenarios = [works, { id: "bad", title: "It <b>works</b>", run: "bad", expect: { exit: 0 }, required: false }];

  it("has the version in its heading, and what passed, failed and was observed in sections of their own", async () => {
    const { summary } = await setUp({ scenarios, answers }).run();
    const headings = summary?.split("\n").filter((line) => line.startsWith("#"));
    expect(headings).toEqual(["### Smoke test of 1.1.0", "#### Passed", "#### Failed or degraded"]);
    expect(summary).not.toContain("<b>");
  });

  it("comes as JUnit, too, which counts what was not proven as no pass", async () => {
    const { attachments } = await setUp({ scenarios, answers }).run();
    const junit = attachments?.find(({ name }) => name === "junit.xml")?.content;
    const { tests } = readReport(new TextEncoder().encode(String(junit)));
    expect([...tests]).toEqual([
      ["smoke.works::works", "passed"],
      ["smoke.bad::It <b>works</b>", "failed"],
    ]);
  });

  it("SMK-09: keeps what a failing scenario wrote, and nothing of a passing one", async () => {
    const write = (name: string, exit: number) => () => {
      stage.workspaces.disk.set(`/temp/${name}/workspace/trace/log.txt`, "seen");
      return said("buoy 1.1.0", exit);
    };
    const stage = setUp({ scenarios, answers: { "buoy --version": write("works", 0), bad: write("bad", 1) } });
    const { attachments } = await stage.run();
    const kept = attachments?.filter(({ name }) => name.startsWith("kept/"));
    expect(kept?.map(({ name, content }) => [name, new TextDecoder().decode(Buffer.from(content))])).toEqual([
      ["kept/bad/trace/log.txt", "seen"],
    ]);
  });
});
