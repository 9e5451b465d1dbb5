import { createServer, type Server } from "node:http";
import { gzipSync } from "node:zlib";
import { afterEach, expect, it } from "vitest";
import { pythonIndex } from "#src/adapters/python-index";
import { hexDigest } from "#src/domain/digest";
import { onLoopback } from "#src/testing/on-loopback";

let server: Server | undefined;
afterEach(() => server?.close());

const packed = gzipSync("an sdist");

it("PUB-31: digests a file as it is sent, which an index may call compressed, and logs in at its own origin only", async () => {
  const asked: string[] = [];
  const listener = createServer((request, response) => {
    asked.push(`${request.url} ${request.headers.authorization ?? "without a login"}`);
    if (request.url === "/moved") return response.writeHead(302, { location: other }).end();
    return response.writeHead(200, { "content-encoding": "gzip" }).end(packed);
  });
  server = listener;
  const address = await onLoopback(listener);
  const other = `${address.replace("127.0.0.1", "localhost")}/files/tide-1.1.0.tar.gz`;
  const clock = { now: () => new Date("2026-01-01T12:00:00Z") };
  const patience = { answer: 5_000, content: 5_000 };
  const index = pythonIndex({ address: new URL(`${address.replace("//", "//ada:x@")}/simple/`), clock, patience });
  const file = { filename: "tide-1.1.0.tar.gz", url: `${address}/moved`, sha256: undefined, yanked: undefined };
  expect(await index.digest(file)).toEqual({
    sha256: hexDigest("sha256", packed),
    sha512: hexDigest("sha512", packed),
    size: packed.byteLength,
  });
  expect(asked).toEqual(["/moved Basic YWRhOng=", "/files/tide-1.1.0.tar.gz without a login"]);
});
