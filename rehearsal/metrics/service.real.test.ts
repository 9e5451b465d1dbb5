import { execFile } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import * as z from "zod";
import { startClock, type VirtualClock } from "../clock/clock.ts";
import { type Metrics, startMetrics } from "./metrics.ts";

const EXAMPLE = join(dirname(fileURLToPath(import.meta.url)), "../../examples/service");
const run = promisify(execFile);

/** A stranger to the rehearsal: looks once a minute for an hour, with Node.js's own sleep, clock and fetch. */
const WATCHER = `
  import { setTimeout as sleep } from "node:timers/promises";
  const ask = async (query) => {
    const response = await fetch(process.argv[1] + "/api/v1/query?" + new URLSearchParams({ query, time: Date.now() / 1000 }));
    return Number((await response.json()).data.result[0]?.value[1]);
  };
  const looks = [];
  for (let minute = 0; minute < 60; minute += 1) {
    await sleep(60_000);
    looks.push([Date.now(), await ask('sum(increase(http_requests_total[1m]))'), await ask('sum(increase(http_errors_total[1m])) or vector(0)')]);
  }
  console.log(JSON.stringify(looks));
`;
const looksOf = z.array(z.tuple([z.number(), z.number(), z.number()]));

let folder: string;
let clock: VirtualClock;
let metrics: Metrics;
let url: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "watched-service-"));
  const port = await freePort();
  url = `http://127.0.0.1:${port}`;
  const env = { ...process.env, TIDE_GAUGE_HOME: folder, PORT: String(port) };
  await run(join(EXAMPLE, "scripts/deploy.sh"), ["--directory", EXAMPLE], { env });
  clock = await startClock();
  metrics = await startMetrics({ clock });
  await metrics.target("tide-gauge", `${url}/metrics`);
});

afterAll(async () => {
  await metrics.close();
  await clock.close();
  process.kill(Number(await readFile(join(folder, "pid"), "utf8")));
  await rm(folder, { recursive: true, force: true });
});

describe("the example service under an unmodified watcher", () => {
  it("shows an hour of its users' requests, and the errors from the minute they begin", async () => {
    const reading = { metres: 1, at: "2026-01-01T00:00:00Z", test: true };
    const requests = [
      { method: "POST", path: "/gauges/watched/readings", body: reading },
      { path: "/gauges/watched/readings" },
    ];
    const failing = { method: "PATCH", path: "/gauges/watched/readings", body: {} };
    const users = metrics.traffic({ url, perMinute: 40, requests });
    const begin = clock.now().getTime() + 30 * 60_000;
    const stopWaiting = clock.onAdvance(({ to }) => {
      if (to.getTime() <= begin) return;
      stopWaiting();
      users.stop();
      metrics.traffic({ url, perMinute: 40, requests, failing, errorShare: 0.5 });
    });
    const looks = looksOf.parse(JSON.parse(await watch()));
    expect(looks.length).toBe(60);
    const before = looks.slice(2, 28);
    const after = looks.slice(34);
    for (const [, count] of before) expect(count).toBeGreaterThan(40);
    expect(Math.max(...before.map(([, , errors]) => errors))).toBe(0);
    for (const [, , errors] of after) expect(errors).toBeCloseTo(20, 0);
  });
});

async function watch(): Promise<string> {
  const env = { ...process.env, ...clock.environment };
  const given = [...clock.nodeArguments, "--input-type=module", "--eval", WATCHER, metrics.url];
  return (await run(process.execPath, given, { env })).stdout;
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const address = probe.address();
  probe.close();
  await once(probe, "close");
  return address !== null && typeof address === "object" ? address.port : 0;
}
