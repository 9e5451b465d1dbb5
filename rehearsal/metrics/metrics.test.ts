import { createServer, type Server } from "node:http";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import * as z from "zod";
import { startClock, type VirtualClock } from "../clock/clock.ts";
import { listenOnLoopback } from "../clock/loopback.ts";
import { type Metrics, startMetrics } from "./metrics.ts";
import type { MetricsEvent } from "./rounds.ts";

const MINUTE = 60_000;
const vector = z.object({
  status: z.literal("success"),
  data: z.object({
    resultType: z.literal("vector"),
    result: z.array(z.object({ value: z.tuple([z.number(), z.string()]) })),
  }),
});
const matrix = z.object({
  data: z.object({ result: z.array(z.object({ values: z.array(z.tuple([z.number(), z.string()])) })) }),
});

let clock: VirtualClock;
let metrics: Metrics;
let told: MetricsEvent[];
let deployed: { url: string; close(): Promise<void> };

beforeEach(async () => {
  clock = await startClock();
  deployed = await listenOnLoopback(countingServer());
  const own: MetricsEvent[] = [];
  told = own;
  metrics = await startMetrics({ clock, journal: ({ time: _time, ...what }) => own.push(what) });
});

afterEach(async () => {
  await metrics.close();
  await deployed.close();
  await clock.close();
});

describe("the metrics in virtual time", () => {
  it("are scraped at each interval that passes, at its own time", async () => {
    await metrics.target("gauge", `${deployed.url}/metrics`);
    const start = clock.now().getTime() / 1_000;
    await clock.sleep(10 * MINUTE);
    const parameters = { query: "scrapes_total[11m]", time: String(clock.now().getTime() / 1_000) };
    const [series] = matrix.parse(await ask("query", parameters)).data.result;
    const times = series?.values.map(([at]) => at - start) ?? [];
    expect(times.length).toBe(41);
    expect(
      Math.max(
        ...times
          .slice(1)
          .map((at, index) => Math.abs(at - (times[index] ?? 0) - 15))
          .slice(1),
      ),
    ).toBeLessThan(0.01);
    expect(series?.values.map(([, value]) => Number(value))).toEqual(
      Array.from({ length: 41 }, (_, index) => index + 1),
    );
  });

  it("are answered with the date of the virtual clock", async () => {
    await clock.sleep(24 * 60 * MINUTE);
    const { headers } = await fetch(`${metrics.url}/api/v1/query?query=1`);
    expect(Math.abs(Date.parse(headers.get("date") ?? "") - clock.now().getTime())).toBeLessThan(5_000);
  });

  it("count the users' requests of each minute", async () => {
    await metrics.target("gauge", `${deployed.url}/metrics`);
    const users = metrics.traffic({ url: deployed.url, perMinute: 60, requests: [{ path: "/" }] });
    await clock.sleep(5 * MINUTE);
    expect(users.totals()).toEqual({ sent: 300, unanswered: 0, codes: { 200: 300 } });
    expect(await one("sum(increase(requests_total[2m]))")).toBeCloseTo(120, 0);
    expect(await one('sum(increase(requests_total{code="500"}[2m]))')).toBe(0);
  });

  it("count the share of errors that users meet", async () => {
    await metrics.target("gauge", `${deployed.url}/metrics`);
    metrics.traffic({
      url: deployed.url,
      perMinute: 100,
      requests: [{ path: "/" }],
      failing: { path: "/broken" },
      errorShare: 0.25,
    });
    await clock.sleep(5 * MINUTE);
    const share = 'sum(increase(requests_total{code=~"5.."}[4m])) / sum(increase(requests_total[4m]))';
    expect(await one(share)).toBeCloseTo(0.25, 2);
    const failed = told.flatMap((each) => (each.kind === "users" ? [[each.code, each.count]] : []));
    expect(failed.length).toBeGreaterThanOrEqual(20);
    expect(failed.every(([code, count]) => code === 500 && (count === 6 || count === 7))).toBe(true);
  });

  it("pass an hour of one-minute looks in a few seconds", async () => {
    await metrics.target("gauge", `${deployed.url}/metrics`);
    metrics.traffic({ url: deployed.url, perMinute: 20, requests: [{ path: "/" }] });
    const started = performance.now();
    for (let minute = 0; minute < 60; minute += 1) {
      await clock.sleep(MINUTE);
      expect(await values("up")).toEqual([1]);
    }
    expect(performance.now() - started).toBeLessThan(8_000);
  });

  it("say that a target is down, and forget its series at once", async () => {
    await metrics.target("gauge", `${deployed.url}/metrics`);
    await clock.sleep(MINUTE);
    await deployed.close();
    await clock.sleep(MINUTE);
    expect(told.length).toBeGreaterThanOrEqual(4);
    expect(new Set(told.map((each) => JSON.stringify(each)))).toEqual(
      new Set([JSON.stringify({ kind: "scrape", path: `${deployed.url}/metrics` })]),
    );
    expect(await values("up")).toEqual([0]);
    expect(await values("scrapes_total")).toEqual([]);
  });

  it("reject a target that answers anything but metrics", async () => {
    await metrics.target("gauge", `${deployed.url}/page`);
    expect(await values("up")).toEqual([0]);
  });
});

describe("a fault of the metrics", () => {
  beforeEach(async () => {
    await metrics.target("gauge", `${deployed.url}/metrics`);
    await clock.sleep(MINUTE);
  });

  it("without data: every query succeeds with an empty vector", async () => {
    metrics.faults.noData();
    await clock.sleep(MINUTE);
    expect(await ask("query", { query: "up" })).toEqual({
      status: "success",
      data: { resultType: "vector", result: [] },
    });
    expect(await values("sum(increase(requests_total[1m]))")).toEqual([]);
    metrics.faults.clear();
    await clock.sleep(MINUTE);
    expect(await values("up")).toEqual([1]);
  });

  it("unreachable: every connection is closed, health included", async () => {
    metrics.faults.unreachable();
    await expect(fetch(`${metrics.url}/-/healthy`)).rejects.toThrow();
    await expect(ask("query", { query: "up" })).rejects.toThrow();
    expect(told).toEqual([
      { kind: "query", path: "/-/healthy", fault: "unreachable" },
      { kind: "query", path: expect.stringContaining("query=up"), fault: "unreachable" },
    ]);
    metrics.faults.clear();
    expect((await fetch(`${metrics.url}/-/healthy`)).status).toBe(200);
  });

  it("stale: the last samples stand for five minutes and then for nothing", async () => {
    metrics.faults.staleness();
    await clock.sleep(4 * MINUTE);
    expect(await values("up")).toEqual([1]);
    expect(await values("increase(requests_total[1m])")).toEqual([]);
    await clock.sleep(2 * MINUTE);
    expect(await values("up")).toEqual([]);
  });
});

describe("the query API", () => {
  it.each([
    [
      "query",
      { query: "avg(up)" },
      'invalid parameter "query": 1:1: parse error: the rehearsal does not support the function "avg"',
    ],
    ["query", {}, 'invalid parameter "query": unknown position: parse error: no expression found in input'],
    ["query", { query: "up", time: "soon" }, 'invalid parameter "time": cannot parse "soon" to a valid timestamp'],
    [
      "query_range",
      { query: "up", start: "9", end: "8", step: "1" },
      'invalid parameter "end": end timestamp must not be before start time',
    ],
    [
      "query_range",
      { query: "up", start: "1", end: "8", step: "x" },
      'invalid parameter "step": cannot parse "x" to a valid duration',
    ],
    ["query_range", { query: "up", start: "1", end: "8", step: "0" }, "zero or negative query resolution"],
    [
      "query_range",
      { query: "up", start: "1", end: "99999", step: "1s" },
      "exceeded maximum resolution of 11,000 points",
    ],
    [
      "query_range",
      { query: "up[5m]", start: "1", end: "8", step: "1" },
      'invalid expression type "range vector" for range query',
    ],
  ])("refuses %s %j with bad_data", async (path, parameters, error) => {
    const response = await fetch(`${metrics.url}/api/v1/${path}?${new URLSearchParams(parameters)}`);
    expect(response.status).toBe(400);
    expect(await response.json()).toEqual({
      status: "error",
      errorType: "bad_data",
      error: expect.stringContaining(error),
    });
  });

  it("says when a query has no single meaning", async () => {
    await metrics.target("gauge", `${deployed.url}/metrics`);
    const response = await fetch(`${metrics.url}/api/v1/query?${new URLSearchParams({ query: '{job="gauge"} * 2' })}`);
    expect(response.status).toBe(422);
    expect(await response.json()).toMatchObject({ status: "error", errorType: "execution" });
  });

  it("takes a form as well, and times as text", async () => {
    const body = new URLSearchParams({ query: "1", time: "2026-01-01T00:00:00Z" });
    const response = await fetch(`${metrics.url}/api/v1/query`, { method: "POST", body });
    expect(await response.json()).toEqual({
      status: "success",
      data: { resultType: "scalar", result: [1_767_225_600, "1"] },
    });
  });

  it("does not know other paths", async () => {
    expect((await fetch(`${metrics.url}/api/v1/rules`)).status).toBe(404);
  });
});

describe("traffic", () => {
  it("needs a failing request to make errors with", () => {
    const plan = { url: deployed.url, perMinute: 1, requests: [{ path: "/" }], errorShare: 0.1 };
    expect(() => metrics.traffic(plan)).toThrow("expected a failing request");
  });

  it("is bounded", () => {
    expect(() => metrics.traffic({ url: deployed.url, perMinute: 1e6, requests: [{ path: "/" }] })).toThrow(
      "expected 0 to",
    );
  });

  it("ends when it is stopped, and counts what was not answered", async () => {
    const users = metrics.traffic({
      url: deployed.url,
      perMinute: 4,
      requests: [{ path: "/", method: "POST", body: { a: 1 } }],
    });
    await deployed.close();
    await clock.sleep(MINUTE);
    users.stop();
    await clock.sleep(MINUTE);
    expect(users.totals()).toEqual({ sent: 4, unanswered: 4, codes: {} });
  });
});

/** Counts its requests by code, as a deployed service does. */
function countingServer(): Server {
  const requests = { 200: 0, 500: 0 };
  let scrapes = 0;
  return createServer((request, response) => {
    if (request.url === "/page") return void response.end("<html></html>");
    if (request.url !== "/metrics") {
      const code = request.url === "/broken" ? 500 : 200;
      requests[code] += 1;
      return void response.writeHead(code).end();
    }
    scrapes += 1;
    const lines = Object.entries(requests).map(([code, count]) => `requests_total{code="${code}"} ${count}`);
    response.end(`# TYPE requests_total counter\n${lines.join("\n")}\nscrapes_total ${scrapes}\n`);
  });
}

async function ask(path: "query" | "query_range", parameters: Record<string, string>): Promise<unknown> {
  return (await fetch(`${metrics.url}/api/v1/${path}?${new URLSearchParams(parameters)}`)).json();
}

async function values(query: string): Promise<number[]> {
  return vector.parse(await ask("query", { query })).data.result.map(({ value }) => Number(value[1]));
}

async function one(query: string): Promise<number> {
  const found = await values(query);
  expect(found.length).toBe(1);
  return found[0] ?? Number.NaN;
}
