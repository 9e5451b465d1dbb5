import { createServer } from "node:http";
import { requestMetrics } from "./metrics.js";
import { Refusal, readingStore } from "./readings.js";

const LARGEST_BODY = 16 * 1024;
const READINGS = /^\/gauges\/([a-z0-9-]{1,64})\/readings$/;
/** The routes that metrics tell apart, with the codes each answers when all is well. */
const ROUTES = {
  "/healthz": [200],
  "/version": [200],
  "/metrics": [200],
  "/gauges/:gauge/readings": [200, 201],
  other: [404],
};

/** Builds the HTTP server of one version; the caller decides where it listens. */
export function gaugeServer({ name, version }) {
  const store = readingStore();
  const metrics = requestMetrics(ROUTES);
  const pages = {
    "/healthz": () => json(200, { healthy: true }),
    "/version": () => json(200, { name, version }),
    "/metrics": () => ({ code: 200, type: "text/plain; version=0.0.4; charset=utf-8", body: metrics.text() }),
  };
  return createServer(async (request, response) => {
    const started = performance.now();
    const [pathname] = request.url.split("?");
    const answer = await answerTo(request, pathname);
    response.writeHead(answer.code, { "content-type": answer.type ?? "application/json" }).end(answer.body);
    metrics.observe({ route: routeOf(pathname), code: answer.code, seconds: (performance.now() - started) / 1000 });
  });

  async function answerTo(request, pathname) {
    try {
      return await route(request, pathname);
    } catch (error) {
      const code = error instanceof Refusal ? error.code : 500;
      return json(code, { error: code === 500 ? "internal error" : error.message });
    }
  }

  async function route(request, pathname) {
    const fixed = request.method === "GET" ? pages[pathname] : undefined;
    if (fixed) return fixed();
    const gauge = READINGS.exec(pathname)?.[1];
    if (gauge && request.method === "GET") return json(200, store.latest(gauge));
    if (gauge && request.method === "POST") return json(201, store.record(gauge, await jsonBody(request)));
    // RFC 9110, 15.6.2: a method that the server supports for no resource at all.
    if (!["GET", "POST"].includes(request.method)) throw new Refusal(501, `no resource supports ${request.method}`);
    throw new Refusal(404, `nothing answers ${request.method} ${pathname}`);
  }
}

/** Names are few and fixed, so that no caller can grow the number of series. */
function routeOf(pathname) {
  if (READINGS.test(pathname)) return "/gauges/:gauge/readings";
  return Object.hasOwn(ROUTES, pathname) ? pathname : "other";
}

async function jsonBody(request) {
  const parts = [];
  let size = 0;
  for await (const part of request) {
    size += part.length;
    if (size > LARGEST_BODY) throw new Refusal(413, `expected at most ${LARGEST_BODY} bytes`);
    parts.push(part);
  }
  try {
    return JSON.parse(Buffer.concat(parts).toString());
  } catch {
    throw new Refusal(400, "expected JSON");
  }
}

function json(code, value) {
  return { code, body: `${JSON.stringify(value)}\n` };
}
