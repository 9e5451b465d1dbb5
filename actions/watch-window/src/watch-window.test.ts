import { describe, expect, it } from "vitest";
import { toFailure } from "#src/domain/failure";
import type { Mode } from "#src/domain/release";
import { conclude } from "#src/domain/verdict";
import type { Sample } from "#src/ports/metrics";
import { aContext, anArrival, aRecord, aRelease } from "#src/testing/builders";
import { fakeClock } from "#src/testing/fake-clock";
import { fakeMetrics } from "#src/testing/fake-metrics";
import { contract } from "./contract.ts";
import { watchWindow } from "./watch-window.ts";

const NOON = new Date("2026-01-01T12:00:00Z");
const policy = {
  window: "10m",
  interval: "1m",
  lag: "15s",
  baseline: "20m",
  prometheus: {
    url: "http://metrics.example",
    requests: "requests[{interval}]",
    errors: "errors[{interval}]",
    p99: "p99",
  },
  health: { url: "http://service.example/health" },
};
const passed = [anArrival(aRecord({ stage: "publish-verify" })), anArrival(aRecord({ stage: "smoke-test" }))];
const built = (finished: string, leg = "") => anArrival(aRecord({ stage: "build-manifest", leg, finished }));
const tagged = (finished: string) => anArrival(aRecord({ stage: "auto-tag", finished }));
const tagging = (state: "done" | "already", started: string) => {
  const effect = { kind: "tag", target: "refs/tags/v1.1.0", precondition: "absent", wanted: "v1.1.0", state };
  return anArrival(aRecord({ stage: "auto-tag", started, effects: [effect] }));
};
const before = [...passed, built("2026-01-01T12:00:00Z")];
const nothing: Sample = { kind: "none", because: "the backend has no data" };
const blind: Sample = { kind: "blind", because: "no connection" };

type Rule = (at: Date) => Sample | number;

interface Setup {
  watch?: object | undefined;
  rules?: Record<string, Rule>;
  /** Minutes after the deployment at which the service is not healthy. */
  ill?: number[];
  mode?: Mode;
  deployedAt?: string;
  records?: typeof before;
}

/** Minutes from noon. */
const minute = (at: Date) => (at.getTime() - NOON.getTime()) / 60_000;

function setUp(setup: Setup = {}) {
  const clock = fakeClock(NOON);
  const metrics = fakeMetrics({ "requests[1m]": () => 1000, "errors[1m]": () => 10, p99: () => 0.2, ...setup.rules });
  const probes: string[] = [];
  const health = {
    probe: async (url: string) => {
      probes.push(url);
      const healthy = !setup.ill?.includes(Math.floor(minute(clock.now())));
      return { healthy, because: healthy ? "HTTP 200" : "HTTP 503" };
    },
  };
  const lines: string[] = [];
  const watch = "watch" in setup ? setup.watch : policy;
  const context = aContext({ watch }, setup.records ?? before, aRelease({ mode: setup.mode ?? "live" }));
  const given = contract.inputs.parse(setup.deployedAt ? { "deployed-at": setup.deployedAt } : {});
  const ports = { clock, metrics, health, progress: { say: (line: string) => lines.push(line) } };
  const run = async () => {
    const report = await watchWindow(given, context, ports);
    const rows = report.attachments?.find(({ name }) => name === "watch.jsonl")?.content.toString() ?? "";
    return { report, verdict: conclude(report.checks), rows: rows.split("\n").filter(Boolean) };
  };
  return { run, clock, metrics, probes, lines };
}

async function outcome(setup: Setup) {
  const { report, verdict } = await setUp(setup).run();
  const deciding = report.checks.find(({ id }) => id === verdict.decidedBy[0]);
  return [verdict.result, deciding?.code, Number(report.outputs?.looks)];
}

describe("watch-window", () => {
  it("passes after a calm window: one look an interval, after its end and the lag", async () => {
    const { run, clock, lines } = setUp();
    const { verdict, rows, report } = await run();
    expect(verdict.result).toBe("pass");
    expect(report.outputs).toEqual({ looks: "10", breach: "none" });
    expect(clock.sleeps).toEqual([75_000, ...Array.from({ length: 9 }, () => 60_000)]);
    expect(rows).toHaveLength(10);
    expect(lines[0]).toBe("T+1 min  1000 requests  10 errors (1.00 %)  p99 0.200 s  healthy  ok");
  });

  it("WAT-12: writes a row for each interval", async () => {
    const { rows } = await setUp().run();
    expect(JSON.parse(rows[9] ?? "")).toEqual({
      minute: 10,
      from: "2026-01-01T12:09:00Z",
      to: "2026-01-01T12:10:00Z",
      requests: 1000,
      errors: 10,
      rate: 0.01,
      p99: 0.2,
      health: "healthy",
      class: "ok",
      codes: [],
    });
  });

  it("WAT-03: takes the baseline from complete intervals before the deployment, and keeps it in the evidence", async () => {
    const { run, metrics } = setUp();
    const { report } = await run();
    const asked = metrics.questions.filter(({ query }) => query === "requests[1m]").map(({ at }) => minute(at));
    expect(asked.slice(0, 20)).toEqual(Array.from({ length: 20 }, (_, index) => -0.25 - index));
    expect(asked.slice(20)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    const head = report.attachments?.find(({ name }) => name === "watch.json")?.content.toString() ?? "";
    expect(JSON.parse(head)).toMatchObject({ baseline: { samples: 20, requests: 20_000, errors: 200, p99: 0.2 } });
  });

  const turning =
    (limit: number, then: Sample | number, first: Sample | number): Rule =>
    (at) =>
      minute(at) >= limit ? then : first;
  it.each([
    [
      "WAT-04: twice the error rate ends it at once",
      { rules: { "errors[1m]": turning(4, 20, 10) } },
      ["fail", "watch.hard-error-rate", 4],
    ],
    [
      "WAT-04: three times the p99 ends it at once",
      { rules: { p99: turning(2, 0.6, 0.2) } },
      ["fail", "watch.hard-latency", 2],
    ],
    ["WAT-04: two consecutive health failures end it", { ill: [3, 4] }, ["fail", "watch.hard-health", 4]],
    ["WAT-05: one health failure needs a person", { ill: [3] }, ["inconclusive", "watch.soft-health", 10]],
    [
      "WAT-05: two failures that are not consecutive need a person",
      { ill: [3, 5] },
      ["inconclusive", "watch.soft-health", 10],
    ],
    [
      "WAT-05: 1.5 times the error rate needs a person",
      { rules: { "errors[1m]": turning(9, 15, 10) } },
      ["inconclusive", "watch.soft-error-rate", 10],
    ],
    [
      "WAT-06: no data in the first 3 minutes ends it",
      { rules: { "requests[1m]": turning(1, nothing, 1000) } },
      ["fail", "watch.no-data", 3],
    ],
    [
      "WAT-06: a later gap above 3 minutes ends it",
      { rules: { "errors[1m]": turning(5, nothing, 10) } },
      ["fail", "watch.gap", 8],
    ],
    [
      "WAT-10: a backend that falls silent is never healthy",
      { rules: { "errors[1m]": turning(3, blind, 10) } },
      ["fail", "watch.backend-unreachable", 6],
    ],
    [
      "WAT-11: no request ends it",
      { rules: { "requests[1m]": turning(1, 0, 1000), "errors[1m]": turning(1, 0, 10) } },
      ["fail", "watch.no-signal", 3],
    ],
    [
      "WAT-07: errors over a baseline of zero end it",
      { rules: { "errors[1m]": turning(2, 10, 0) } },
      ["fail", "watch.floor-breach", 2],
    ],
    [
      "WAT-03: no baseline ends it before it begins",
      { rules: { "errors[1m]": () => nothing } },
      ["inconclusive", "watch.baseline-missing", 0],
    ],
    [
      "WAT-10: a silent backend ends it before it begins",
      { rules: { "errors[1m]": () => blind } },
      ["inconclusive", "watch.backend-unreachable", 0],
    ],
    [
      "WAT-01: a query that the backend refuses ends it before it begins",
      { rules: { "errors[1m]": () => ({ kind: "refused", because: "bad data" }) } },
      ["fail", "watch.metric-undefined", 0],
    ],
    [
      "WAT-02: a window of 4 minutes is too short",
      { watch: { ...policy, window: "4m" } },
      ["inconclusive", "watch.window-too-short", 0],
    ],
    [
      "WAT-02: a window of 4 minutes is too short, however many looks it holds",
      { watch: { ...policy, interval: "30s", window: "4m" } },
      ["inconclusive", "watch.window-too-short", 0],
    ],
    [
      "WAT-02: a window of 4 looks is too short",
      { watch: { ...policy, interval: "2m", window: "8m" } },
      ["inconclusive", "watch.window-too-short", 0],
    ],
    [
      "WAT-13: silence in the configuration is no reason",
      { watch: undefined },
      ["inconclusive", "watch.na-without-reason", 0],
    ],
    [
      "an absent record of the smoke test blocks",
      { records: before.filter(({ record }) => record.stage !== "smoke-test") },
      ["inconclusive", "all.evidence-missing", 0],
    ],
  ] satisfies [string, Setup, unknown[]][])("%s", async (_rule, setup, expected) => {
    expect(await outcome(setup)).toEqual(expected);
  });

  it("WAT-11: traffic that all but vanished needs a person, in the output too", async () => {
    const rules = { "requests[1m]": turning(1, 400, 1000), "errors[1m]": turning(1, 4, 10) };
    const { report, verdict } = await setUp({ rules }).run();
    expect(verdict).toEqual({ result: "inconclusive", decidedBy: ["signal"] });
    expect(report.outputs).toEqual({ looks: "10", breach: "soft" });
  });

  it("a soft breach leaves the decision to a person, and rolls back without an answer", async () => {
    const { report } = await setUp({ ill: [3] }).run();
    expect(report.outputs).toEqual({ looks: "10", breach: "soft" });
    expect(report.next).toBe("A person decides: accept, watch again, or roll back. Without an answer, roll back.");
  });

  it("WAT-13: nothing to watch passes with the reason in the record, and asks nobody", async () => {
    const { run, metrics, probes } = setUp({ watch: { "not-applicable": "a library has no host" } });
    const { verdict, report } = await run();
    expect(verdict.result).toBe("pass");
    expect(report.checks.at(-1)).toMatchObject({
      result: "not-applicable",
      required: true,
      because: "a library has no host",
    });
    expect([metrics.questions, probes]).toEqual([[], []]);
  });

  it("asks a backend that does not answer for one interval of the baseline, and for no more", async () => {
    const { run, metrics } = setUp({ rules: { "errors[1m]": () => blind } });
    await run();
    expect(metrics.questions).toHaveLength(3);
  });

  it("a rehearsal checks queries, baseline and health, and waits for no window", async () => {
    const { run, clock, probes } = setUp({ mode: "rehearsal" });
    const { verdict, rows } = await run();
    expect([verdict.result, rows, clock.sleeps, probes]).toEqual(["pass", [], [], ["http://service.example/health"]]);
    expect(await outcome({ mode: "rehearsal", ill: [0] })).toEqual(["inconclusive", "watch.soft-health", 0]);
    expect(await outcome({ mode: "rehearsal", rules: { p99: () => nothing } })).toEqual([
      "inconclusive",
      "watch.baseline-missing",
      0,
    ]);
  });

  it("looks back at intervals that have ended, without a probe that would say nothing about them", async () => {
    const { run, clock, probes } = setUp({ deployedAt: "2026-01-01T11:56:00Z" });
    const { verdict, rows } = await run();
    expect(verdict.result).toBe("pass");
    expect(rows.map((row) => JSON.parse(row).health)).toEqual([
      ...Array(2).fill("unprobed"),
      ...Array(8).fill("healthy"),
    ]);
    expect(clock.sleeps).toEqual([15_000, ...Array.from({ length: 6 }, () => 60_000)]);
    expect(probes).toHaveLength(8);
  });

  it.each([
    ["the end of the build", [...passed, tagged("2026-01-01T11:29:00Z"), built("2026-01-01T11:30:00Z")], -30],
    [
      "the first of several builds",
      [...passed, built("2026-01-01T11:40:00Z", "b"), built("2026-01-01T11:30:00Z", "a")],
      -30,
    ],
    ["the end of the tag where nothing was built", [...passed, tagged("2026-01-01T11:29:00Z")], -31],
  ])("WAT-03: a step that starts late, or again, compares with the time before %s", async (_what, records, ends) => {
    const errors = (at: Date) => (minute(at) > -20 ? 300 : 1);
    const { run, metrics } = setUp({ records, rules: { "errors[1m]": errors } });
    const { report, verdict } = await run();
    const asked = metrics.questions.filter(({ query }) => query === "requests[1m]").map(({ at }) => minute(at));
    expect([asked[0], asked[20]]).toEqual([ends, 1]);
    expect([verdict.result, report.checks.find(({ id }) => id === "error-rate")?.code]).toEqual([
      "fail",
      "watch.hard-error-rate",
    ]);
  });

  it("WAT-03: deployed-at ends the baseline and starts the window, whatever the records say", async () => {
    const { run, metrics } = setUp({
      records: [...passed, built("2026-01-01T11:30:00Z")],
      deployedAt: "2026-01-01T11:58:00Z",
    });
    await run();
    const asked = metrics.questions.filter(({ query }) => query === "requests[1m]").map(({ at }) => minute(at));
    expect([asked[0], asked[20]]).toEqual([-2, -1]);
  });

  it("WAT-03: without any instant before the deployment nothing is watched and nobody is asked", async () => {
    const { run, metrics } = setUp({ records: passed });
    const { report, verdict } = await run();
    expect(verdict).toEqual({ result: "inconclusive", decidedBy: ["deployment"] });
    expect(report.checks.at(-1)?.code).toBe("watch.deployment-unknown");
    expect(metrics.questions).toEqual([]);
    expect(await outcome({ records: passed, deployedAt: "2026-01-01T12:00:00Z" })).toEqual(["pass", undefined, 10]);
  });

  it.each<[what: string, tag: Parameters<typeof tagging>, expected: unknown[]]>([
    [
      "before the tag was written watches another version",
      ["done", "2026-01-01T12:00:01Z"],
      ["inconclusive", "watch.deployment-before-tag", 0],
    ],
    ["in the second of the tag stands", ["done", "2026-01-01T12:00:00.900Z"], ["pass", undefined, 10]],
    ["before a run that found the tag stands", ["already", "2026-01-01T12:00:01Z"], ["pass", undefined, 10]],
  ])("WAT-03: a deployment %s", async (_what, tag, expected) => {
    expect(await outcome({ records: [...passed, tagging(...tag)], deployedAt: "2026-01-01T12:00:00Z" })).toEqual(
      expected,
    );
  });

  it("refuses a deployment in the future", async () => {
    const failure = await setUp({ deployedAt: "2026-01-01T12:00:01Z" }).run().catch(toFailure);
    expect(failure).toMatchObject({ code: "all.input-invalid" });
  });
});
