import { createServer } from "node:http";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { httpHealthProbe } from "#src/adapters/http-health-probe";
import { prometheusMetrics } from "#src/adapters/prometheus-metrics";
import { fakeClock } from "#src/testing/fake-clock";

interface Reply {
  code: number;
  body: string;
  /** `Date` header; that of the test's clock where absent, and none at all where null. */
  date?: string | null;
}

/** Replies in order, the last one for ever; `hang` never comes. */
let replies: (Reply | "hang")[] = [];
let asked: string[] = [];
const server = createServer((request, response) => {
  asked.push(request.url ?? "");
  const reply = replies.length > 1 ? replies.shift() : replies[0];
  if (!reply || reply === "hang") return undefined;
  const { date = "Thu, 01 Jan 2026 12:00:00 GMT" } = reply;
  response.sendDate = false;
  return response.writeHead(reply.code, { location: "/elsewhere", ...(date === null ? {} : { date }) }).end(reply.body);
});
let url: string;

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  url = address && typeof address === "object" ? `http://127.0.0.1:${address.port}` : "";
});
beforeEach(() => {
  asked = [];
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const at = new Date("2026-01-01T12:00:00.500Z");
const success = (data: object, more: object = {}): Reply => ({
  code: 200,
  body: JSON.stringify({ status: "success", data, ...more }),
});
const error = (code: number, errorType: string): Reply => ({
  code,
  body: JSON.stringify({ status: "error", errorType, error: "words" }),
});
const vector = (...values: string[]) => sampleAt(1767268800.5, ...values);
const sampleAt = (time: number, ...values: string[]) =>
  success({ resultType: "vector", result: values.map((value) => ({ metric: {}, value: [time, value] })) });
const dated = (date: string | null): Reply => ({ ...vector("3"), date });

async function ask(given: (Reply | "hang")[], clock = fakeClock()) {
  replies = given;
  return prometheusMetrics(clock).ask({ url: `${url}/prefix/`, query: 'sum(increase(a{b="c"}[1m]))', at });
}

describe("the query API of Prometheus", () => {
  it("is asked with the query and the instant in seconds, below the base address", async () => {
    expect(await ask([vector("12.5")])).toEqual({ kind: "value", value: 12.5 });
    const address = new URL(asked[0] ?? "", url);
    expect(address.pathname).toBe("/prefix/api/v1/query");
    expect(Object.fromEntries(address.searchParams)).toEqual({
      query: 'sum(increase(a{b="c"}[1m]))',
      time: "1767268800.500",
    });
  });

  it.each([
    ["one number", vector("3"), { kind: "value", value: 3 }],
    ["zero", vector("0"), { kind: "value", value: 0 }],
    ["a number with an exponent", vector("1.5e3"), { kind: "value", value: 1500 }],
    [
      "a scalar, which is no series",
      success({ resultType: "scalar", result: [1767268800.5, "7"] }),
      { kind: "refused" },
    ],
    ["an empty vector, which is no data", vector(), { kind: "none" }],
    ["two series", vector("1", "2"), { kind: "none" }],
    ["NaN", vector("NaN"), { kind: "none" }],
    ["+Inf", vector("+Inf"), { kind: "none" }],
    ["an empty text", vector(""), { kind: "none" }],
    ["a negative number", vector("-1"), { kind: "none" }],
    ["a query that this data cannot answer", error(422, "execution"), { kind: "none" }],
    ["a matrix", success({ resultType: "matrix", result: [] }), { kind: "refused" }],
    ["a wrong query", error(400, "bad_data"), { kind: "refused" }],
  ])("gives %s", async (_what, reply, expected) => {
    expect(await ask([reply])).toMatchObject(expected);
    expect(asked).toHaveLength(1);
  });

  it.each([
    ["a second early", sampleAt(1767268799.5, "3"), "value"],
    ["a second late", sampleAt(1767268801.5, "3"), "value"],
    ["more than a second early", sampleAt(1767268799.4, "3"), "none"],
    ["more than a second late", sampleAt(1767268801.6, "3"), "none"],
    ["of another year", sampleAt(1600000000, "0"), "none"],
  ])("WAT-06: judges a sample %s to be of the asked time or not", async (_what, reply, kind) => {
    expect((await ask([reply])).kind).toBe(kind);
  });

  it("WAT-06: takes a partial answer for no data, and hints for nothing", async () => {
    const data = { resultType: "vector", result: [{ metric: {}, value: [1767268800.5, "0"] }] };
    const partial = await ask([success(data, { warnings: ["a store is away"] })]);
    expect(partial).toEqual({ kind: "none", because: "expected a whole answer, found a partial response" });
    expect(await ask([success(data, { warnings: [], infos: ["a hint"] })])).toEqual({ kind: "value", value: 0 });
  });

  it.each([
    ["a minute behind", dated("Thu, 01 Jan 2026 11:59:00 GMT"), "value"],
    ["a minute ahead", dated("Thu, 01 Jan 2026 12:01:00 GMT"), "value"],
    ["more than a minute behind", dated("Thu, 01 Jan 2026 11:58:59 GMT"), "none"],
    ["more than a minute ahead", dated("Thu, 01 Jan 2026 12:01:01 GMT"), "none"],
    ["two hours ahead", dated("Thu, 01 Jan 2026 14:00:00 GMT"), "none"],
    ["that cannot be read", dated("soon"), "none"],
    ["that is not told", dated(null), "none"],
  ])("WAT-06: compares its own clock with one %s", async (_what, reply, kind) => {
    expect((await ask([reply])).kind).toBe(kind);
  });

  it("WAT-06: says by how much the clocks differ", async () => {
    expect(await ask([dated("Thu, 01 Jan 2026 14:00:00 GMT")])).toEqual({
      kind: "none",
      because: "expected the backend's clock within 60 s of this machine's, found it 7200 s apart",
    });
  });

  it.each([
    ["an outage", error(503, "unavailable")],
    ["a time-out of its own", error(503, "timeout")],
    ["a refused login", { code: 401, body: "unauthorized" }],
    ["a forbidden path", { code: 403, body: "{}" }],
    ["a page of another server", { code: 200, body: "<html></html>" }],
    ["a success that holds nothing", { code: 200, body: '{"status":"success"}' }],
    [
      "numbers where texts belong",
      { code: 200, body: '{"status":"success","data":{"resultType":"vector","result":[{"value":[1,7]}]}}' },
    ],
  ])("WAT-10: is blind after three tries with %s", async (_what, reply) => {
    const clock = fakeClock();
    expect(await ask([reply], clock)).toMatchObject({ kind: "blind" });
    expect([asked.length, clock.sleeps]).toEqual([3, [1_000, 2_000]]);
  });

  it("WAT-10: is blind with an answer larger than any number needs, and reads no more of it", async () => {
    const padded = { ...vector("3"), body: `${vector("3").body}${" ".repeat(2_000_000)}` };
    expect(await ask([padded])).toEqual({ kind: "blind", because: "an answer of more than 1048576 bytes" });
  });

  it("gives the number of a later try", async () => {
    expect(await ask([error(503, "unavailable"), vector("4")])).toEqual({ kind: "value", value: 4 });
  });

  it("is blind where nobody listens", async () => {
    const nobody = prometheusMetrics(fakeClock());
    expect(await nobody.ask({ url: "http://127.0.0.1:1", query: "a", at })).toEqual({
      kind: "blind",
      because: "no connection",
    });
  });
});

describe("a health probe", () => {
  it.each([
    [200, true],
    [204, true],
    [302, false],
    [404, false],
    [503, false],
  ])("finds HTTP %i healthy: %s", async (code, healthy) => {
    replies = [{ code, body: "" }];
    expect(await httpHealthProbe.probe(`${url}/health`, 5_000)).toEqual({ healthy, because: `HTTP ${code}` });
    expect(asked).toEqual(["/health"]);
  });

  it("finds a late answer and no answer unhealthy", async () => {
    replies = ["hang"];
    expect(await httpHealthProbe.probe(url, 50)).toEqual({ healthy: false, because: "no answer within 50 ms" });
    expect(await httpHealthProbe.probe("http://127.0.0.1:1", 5_000)).toEqual({
      healthy: false,
      because: "no connection",
    });
  });
});
