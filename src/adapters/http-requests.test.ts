import { createServer } from "node:http";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { httpHealthProbe } from "#src/adapters/http-health-probe";
import { httpRequests } from "#src/adapters/http-requests";
import { startTunnel } from "#src/testing/tunnel";

const bodies: Record<string, string> = { "/long": "x".repeat(400 * 1024), "/endless": "x".repeat(5 * 1024 * 1024) };
const heard: { method: string | undefined; url: string | undefined; body: string; type: string | undefined }[] = [];
const server = createServer((request, response) => {
  let body = "";
  request.on("data", (chunk: Buffer) => {
    body += chunk.toString("utf8");
  });
  request.on("end", () => {
    heard.push({ method: request.method, url: request.url, body, type: request.headers["content-type"] });
    if (request.url === "/silent") return;
    if (request.url === "/moved") response.writeHead(302, { location: "/elsewhere" }).end();
    else response.writeHead(201).end(bodies[request.url ?? ""] ?? "there");
  });
});
let origin = "";

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address && typeof address === "object") origin = `http://127.0.0.1:${address.port}`;
});
afterAll(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

const ask = (path: string, more: { method?: string; body?: string; timeout?: number } = {}) =>
  httpRequests.ask({ method: "GET", url: `${origin}${path}`, headers: {}, body: undefined, timeout: 5_000, ...more });

describe("a request over HTTP", () => {
  it("brings back the code and the body, and sends what it was given", async () => {
    const headers = { "content-type": "application/json" };
    const request = { method: "POST", url: `${origin}/notes`, headers, body: '{"a":1}', timeout: 5_000 };
    expect(await httpRequests.ask(request)).toMatchObject({ came: true, code: 201, body: "there" });
    expect(heard.at(-1)).toEqual({ method: "POST", url: "/notes", body: '{"a":1}', type: "application/json" });
  });

  it("SMK-32: follows no redirection", async () => {
    expect(await ask("/moved")).toMatchObject({ came: true, code: 302 });
    expect(heard.map(({ url }) => url)).not.toContain("/elsewhere");
  });

  it("reads a long body whole, and says of one beyond 4 MiB that it was cut", async () => {
    expect(await ask("/long")).toMatchObject({ came: true, body: "x".repeat(400 * 1024), cut: false });
    const answer = await ask("/endless");
    expect(answer).toMatchObject({ came: true, code: 201, cut: true });
    expect(answer.came && answer.body.length).toBe(4 * 1024 * 1024);
  });

  it("goes through the proxy that the environment names", async () => {
    const tunnel = await startTunnel();
    vi.stubEnv("http_proxy", tunnel.proxy);
    vi.stubEnv("no_proxy", "");
    vi.stubEnv("NO_PROXY", "");
    try {
      const url = "http://api.example/tides";
      const answer = await httpRequests.ask({ method: "GET", url, headers: {}, body: undefined, timeout: 5_000 });
      expect(answer.came && JSON.parse(answer.body)).toMatchObject({ line: "GET /tides" });
      expect(tunnel.asked).toEqual(["api.example:80"]);
      expect(await httpHealthProbe.probe("http://health.example/", 5_000)).toMatchObject({ healthy: true });
      expect(tunnel.asked).toContain("health.example:80");
    } finally {
      vi.unstubAllEnvs();
      tunnel.close();
    }
  });

  it("is late where no answer comes in its time", async () => {
    expect(await ask("/silent", { timeout: 50 })).toMatchObject({ came: false, late: true });
  });

  it("tells by its code why a connection failed", async () => {
    const request = { method: "GET", url: "http://127.0.0.1:1/", headers: {}, body: undefined, timeout: 5_000 };
    const answer = await httpRequests.ask(request);
    expect(answer).toMatchObject({ came: false, late: false, because: expect.stringMatching(/ECONNREFUSED|bad port/) });
  });
});
