import { createHash } from "node:crypto";
import * as z from "zod";
import { proxiedFetch } from "#src/adapters/proxied-fetch";
import { retryAfter } from "#src/adapters/retry-after";
import type { Clock } from "#src/ports/clock";
import type { BytesSighting, ServedBytes } from "#src/ports/served-bytes";

/** The parts of an answer of the built-in client and of the one for proxies that are read. */
const reply = z.object({
  status: z.number(),
  headers: z.custom<{ get(name: string): string | null }>((value) => value !== null && typeof value === "object"),
  body: z.custom<AsyncIterable<Uint8Array> | null>((value) => value === null || typeof value === "object"),
});

/** Downloads over HTTP, redirections included. `patience` in milliseconds is for a whole download. */
export function httpServedBytes(clock: Pick<Clock, "now">, patience = 600_000): ServedBytes {
  return {
    async look(url, own = patience) {
      try {
        return await download(url, clock, own);
      } catch (error) {
        const late = error instanceof Error && error.name === "TimeoutError";
        return { seen: "unknown", because: `${url}: ${late ? "no whole answer in time" : "no connection"}` };
      }
    },
  };
}

/** Names below `localhost` are this machine's (RFC 6761, 6.3), though not every system resolves them. */
function onThisMachine(url: string): string {
  return url.replace(/^(https?:\/\/)[\w.-]+\.localhost(?=[:/]|$)/i, (_name, scheme: string) => `${scheme}127.0.0.1`);
}

async function download(url: string, clock: Pick<Clock, "now">, patience: number): Promise<BytesSighting> {
  const headers = { "cache-control": "no-cache", accept: "application/octet-stream" };
  const answer = await proxiedFetch(onThisMachine(url), {
    headers,
    redirect: "follow",
    signal: AbortSignal.timeout(patience),
  });
  const { status, headers: told, body } = reply.parse(answer);
  const hash = createHash("sha256");
  let size = 0;
  for await (const part of body ?? []) {
    hash.update(part);
    size += part.byteLength;
  }
  if (status === 200) return { seen: "served", sha256: hash.digest("hex"), size };
  const because = `${url} answered HTTP ${status}`;
  if (status === 404 || status === 410) return { seen: "absent", because };
  const retryAt = retryAfter(told.get("retry-after"), clock.now());
  return { seen: "unknown", because, ...(retryAt ? { retryAt } : {}) };
}
