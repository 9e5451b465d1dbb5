import { createServer } from "node:http";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { httpRequests } from "#src/adapters/http-requests";

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
    else response.writeHead(201).end(request.url === "/long" ? "x".repeat(400 * 1024) : "there");
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

  it("reads a body of up to 256 KiB", async () => {
    const answer = await ask("/long");
    expect(answer.came && answer.body.length).toBe(256 * 1024);
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
