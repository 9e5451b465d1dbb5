import { get as getPlain, type IncomingMessage } from "node:http";
import { get as getSecure } from "node:https";
import type { Readable } from "node:stream";
import { proxyFor } from "#src/adapters/proxied-fetch";

/** An answer with its bytes as they were sent. */
export interface RawAnswer {
  status: number;
  header(name: string): string | null;
  body: AsyncIterable<Uint8Array>;
  /** Ends an answer whose body is not wanted. */
  discard(): void;
}

interface Asked {
  headers: Record<string, string>;
  signal: AbortSignal;
}

const redirections = new Set([301, 302, 303, 307, 308]);
const mostRedirections = 10;

/**
 * Downloads as package clients do, redirections included, and keeps the bytes as they were sent: a server that calls a
 * `.tar.gz` compressed would have the built-in client unpack it. A login goes to the first origin only.
 */
export async function rawDownload(address: string, { headers, signal }: Asked): Promise<RawAnswer> {
  const first = new URL(address);
  const { authorization, ...others } = headers;
  for (let [url, count] = [first, 0]; count <= mostRedirections; count += 1) {
    const own = authorization !== undefined && url.origin === first.origin;
    const login: Record<string, string> = own ? { authorization } : {};
    const answer = await once(url, { headers: { ...others, ...login, "accept-encoding": "identity" }, signal });
    const location = redirections.has(answer.status) ? answer.header("location") : null;
    if (location === null) return answer;
    answer.discard();
    url = new URL(location, url);
  }
  throw new RangeError(`expected at most ${mostRedirections} redirections, found more`);
}

async function once(url: URL, asked: Asked): Promise<RawAnswer> {
  const proxy = proxyFor(url, process.env);
  if (!/^https?:$/.test(url.protocol)) throw new RangeError(`expected an address of HTTP, found ${url.protocol}`);
  if (proxy !== undefined) {
    const { requestThrough } = await import(/* webpackIgnore: true */ "#proxy-client");
    const { statusCode, headers, body } = await requestThrough(proxy, url.href, asked);
    return answerOf({ statusCode, headers }, body, asked.signal);
  }
  const message = await direct(url, asked);
  return answerOf(message, message, asked.signal);
}

function direct(url: URL, { headers, signal }: Asked): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const get = url.protocol === "https:" ? getSecure : getPlain;
    const request = get(url, { headers, signal }, resolve);
    request.on("error", (error) => reject(signal.aborted ? signal.reason : error));
  });
}

/** Node says that a stream was aborted, and not by what. */
async function* inTime(stream: Readable, signal: AbortSignal): AsyncGenerator<Uint8Array> {
  try {
    yield* stream;
  } catch (error) {
    throw signal.aborted ? signal.reason : error;
  }
}

type Told = Pick<IncomingMessage, "statusCode"> & { headers: Record<string, string | string[] | undefined> };

function answerOf({ statusCode = 0, headers }: Told, stream: Readable, signal: AbortSignal): RawAnswer {
  const header = (name: string) => {
    const value = headers[name];
    return (Array.isArray(value) ? value[0] : value) ?? null;
  };
  return { status: statusCode, header, body: inTime(stream, signal), discard: () => void stream.destroy() };
}
