import { createServer, type RequestListener, type Server } from "node:http";
import { gzipSync } from "node:zlib";
import { afterEach, describe, expect, it, vi } from "vitest";
import { httpServedBytes } from "#src/adapters/http-served-bytes";
import { hexDigest } from "#src/domain/digest";
import { startTunnel } from "#src/testing/tunnel";

const clock = { now: () => new Date("2026-01-01T12:00:00Z") };
let server: Server | undefined;
afterEach(() => new Promise((resolve) => (server ? server.close(resolve) : resolve(undefined))));

async function serving(listener: RequestListener): Promise<string> {
  const started = createServer(listener);
  server = started;
  await new Promise<void>((resolve) => started.listen(0, "127.0.0.1", resolve));
  const address = started.address();
  if (address === null || typeof address === "string") throw new Error("expected a port, found none");
  return `http://127.0.0.1:${address.port}`;
}

const look = (url: string, patience?: number) => httpServedBytes(clock, patience).look(url);

describe("an address that users download from", () => {
  it("PUB-23: is told by the digest of all its bytes, past redirections and caches", async () => {
    const asked: (string | undefined)[] = [];
    const origin = await serving((request, response) => {
      asked.push(request.headers["cache-control"]);
      if (request.url === "/latest") return response.writeHead(302, { location: "/file" }).end();
      response.write("many ");
      return response.end("bytes");
    });
    const sha256 = hexDigest("sha256", "many bytes");
    expect(await look(`${origin}/latest`)).toEqual({ seen: "served", sha256, size: 10 });
    expect(asked).toEqual(["no-cache", "no-cache"]);
  });

  it("PUB-23 F46: is told by the bytes as they are sent, which a server may call compressed, as users' clients keep them", async () => {
    const packed = gzipSync("a tarball");
    const asked: (string | undefined)[] = [];
    const origin = await serving((request, response) => {
      asked.push(request.headers["accept-encoding"]);
      response.writeHead(200, { "content-encoding": "gzip" }).end(packed);
    });
    const sha256 = hexDigest("sha256", packed);
    expect(await look(`${origin}/tide.tar.gz`)).toEqual({ seen: "served", sha256, size: packed.byteLength });
    expect(asked).toEqual(["identity"]);
  });

  it("follows no redirection without end, and none to another protocol", async () => {
    const origin = await serving((request, response) =>
      response.writeHead(302, { location: request.url === "/file" ? "file:///etc/passwd" : "/again" }).end(),
    );
    expect(await look(`${origin}/file`)).toMatchObject({ seen: "unknown" });
    expect(await look(`${origin}/again`)).toMatchObject({ seen: "unknown" });
  });

  it("is downloaded through the proxy that the environment names", async () => {
    const tunnel = await startTunnel();
    try {
      vi.stubEnv("http_proxy", tunnel.proxy);
      const found = await look("http://downloads.example/tide.tar.gz");
      expect([found.seen, tunnel.asked]).toEqual(["served", ["downloads.example:80"]]);
    } finally {
      vi.unstubAllEnvs();
      tunnel.close();
    }
  });

  it.each([404, 410])("is absent by the server's own answer %i", async (status) => {
    const origin = await serving((_request, response) => response.writeHead(status).end());
    expect(await look(`${origin}/file`)).toMatchObject({ seen: "absent" });
  });

  it("PUB-31: cannot be told while the server asks to wait, and tells until when", async () => {
    const origin = await serving((_request, response) => response.writeHead(429, { "retry-after": "90" }).end());
    expect(await look(origin)).toMatchObject({ seen: "unknown", retryAt: new Date("2026-01-01T12:01:30Z") });
  });

  it("ALL-08: cannot be told where the answer breaks off", async () => {
    const origin = await serving((_request, response) => {
      response.writeHead(200, { "content-length": "100" }).write("a part");
      setImmediate(() => response.destroy());
    });
    expect(await look(origin)).toMatchObject({ seen: "unknown" });
  });

  it("ALL-08: cannot be told where nobody answers, or not in time", async () => {
    const origin = await serving(() => undefined);
    expect(await look(origin, 50)).toMatchObject({ seen: "unknown", because: expect.stringContaining("in time") });
    server?.closeAllConnections();
    expect(await look("http://127.0.0.1:1/file")).toMatchObject({ seen: "unknown" });
  });
});
