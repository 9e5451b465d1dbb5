import assert from "node:assert/strict";
import { once } from "node:events";
import { after, before, describe, it } from "node:test";
import { gaugeServer } from "../src/server.js";

const AT = "2026-01-01T12:00:00.000Z";
const server = gaugeServer({ name: "tide-gauge", version: "9.8.7" });
let origin;

before(async () => {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  origin = `http://127.0.0.1:${server.address().port}`;
});

after(() => {
  server.close();
  server.closeAllConnections();
});

describe("the service", () => {
  it("is healthy and says its version", async () => {
    assert.deepEqual(await call("GET", "/healthz"), [200, { healthy: true }]);
    assert.deepEqual(await call("GET", "/version"), [200, { name: "tide-gauge", version: "9.8.7" }]);
  });

  it("returns the readings that were recorded", async () => {
    const readings = [1, 2.5].map((metres) => ({ metres, at: AT, test: true }));
    for (const reading of readings)
      assert.deepEqual(await call("POST", "/gauges/pier/readings", reading), [201, reading]);
    assert.deepEqual(await call("GET", "/gauges/pier/readings"), [200, { gauge: "pier", readings }]);
  });

  it("keeps the latest hundred readings of a gauge", async () => {
    for (let metres = 0; metres < 101; metres += 1) {
      await call("POST", "/gauges/busy/readings", { metres: metres / 10, at: AT });
    }
    const [, { readings }] = await call("GET", "/gauges/busy/readings");
    assert.deepEqual([readings.length, readings[0].metres, readings.at(-1).metres], [100, 0.1, 10]);
  });

  for (const [what, method, path, body, code] of [
    ["an unknown gauge", "GET", "/gauges/nowhere/readings", undefined, 404],
    ["an unknown path", "GET", "/nothing", undefined, 404],
    ["a method that it does not know", "PATCH", "/gauges/pier/readings", {}, 501],
    ["a missing height", "POST", "/gauges/pier/readings", { at: AT }, 422],
    ["a time that is none", "POST", "/gauges/pier/readings", { metres: 1, at: "noon" }, 422],
    ["no object at all", "POST", "/gauges/pier/readings", null, 422],
  ]) {
    it(`refuses ${what} with ${code}`, async () => {
      const [found, { error }] = await call(method, path, body);
      assert.equal(found, code);
      assert.equal(typeof error, "string");
    });
  }

  it("refuses a body that is not JSON, and one that is too large", async () => {
    const post = (body) => fetch(`${origin}/gauges/pier/readings`, { method: "POST", body });
    assert.equal((await post("{")).status, 400);
    assert.equal((await post(`"${"x".repeat(20_000)}"`)).status, 413);
  });
});

describe("the metrics", () => {
  it("exist at zero before the first request", async () => {
    const fresh = gaugeServer({ name: "fresh", version: "1.0.0" });
    fresh.listen(0, "127.0.0.1");
    await once(fresh, "listening");
    const text = await (await fetch(`http://127.0.0.1:${fresh.address().port}/metrics`)).text();
    fresh.close();
    fresh.closeAllConnections();
    assert.match(text, /^http_requests_total\{route="\/gauges\/:gauge\/readings",code="200"\} 0$/m);
    assert.match(text, /^http_errors_total\{route="other",code="500"\} 0$/m);
  });

  it("count requests and errors by route and code, and sort latencies into buckets", async () => {
    const before = await samples();
    await call("PATCH", "/nothing");
    await call("GET", "/healthz");
    const after = await samples();
    const grown = (name) => after.get(name) - (before.get(name) ?? 0);
    assert.equal(grown('http_requests_total{route="other",code="501"}'), 1);
    assert.equal(grown('http_errors_total{route="other",code="501"}'), 1);
    assert.equal(grown('http_requests_total{route="/healthz",code="200"}'), 1);
    assert.equal(grown('http_errors_total{route="/healthz",code="500"}'), 0);
    assert.equal(grown('http_request_duration_seconds_bucket{route="/healthz",le="+Inf"}'), 1);
    assert.equal(grown('http_request_duration_seconds_count{route="/healthz"}'), 1);
  });
});

async function samples() {
  const text = await (await fetch(`${origin}/metrics`)).text();
  const lines = text.split("\n").filter((line) => line && !line.startsWith("#"));
  return new Map(
    lines.map((line) => [line.slice(0, line.lastIndexOf(" ")), Number(line.slice(line.lastIndexOf(" ")))]),
  );
}

async function call(method, path, body) {
  const response = await fetch(origin + path, {
    method,
    ...(body !== undefined && { body: JSON.stringify(body), headers: { "content-type": "application/json" } }),
  });
  return [response.status, await response.json()];
}
