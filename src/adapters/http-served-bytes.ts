import { createHash } from "node:crypto";
import { rawDownload } from "#src/adapters/raw-download";
import { retryAfter } from "#src/adapters/retry-after";
import type { Clock } from "#src/ports/clock";
import type { BytesSighting, ServedBytes } from "#src/ports/served-bytes";

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
  const signal = AbortSignal.timeout(patience);
  const { status, header, body } = await rawDownload(onThisMachine(url), { headers, signal });
  const hash = createHash("sha256");
  let size = 0;
  for await (const part of body) {
    hash.update(part);
    size += part.byteLength;
  }
  if (status === 200) return { seen: "served", sha256: hash.digest("hex"), size };
  const because = `${url} answered HTTP ${status}`;
  if (status === 404 || status === 410) return { seen: "absent", because };
  const retryAt = retryAfter(header("retry-after"), clock.now());
  return { seen: "unknown", because, ...(retryAt ? { retryAt } : {}) };
}
