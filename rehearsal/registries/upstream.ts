import { once } from "node:events";
import { type IncomingHttpHeaders, type IncomingMessage, type OutgoingHttpHeaders, request } from "node:http";

/** A whole HTTP answer, or the part of one that we hand on. */
export interface Answer {
  code: number;
  headers: OutgoingHttpHeaders;
  body: Buffer;
}

/** A request as it goes to the server behind the proxy. */
export interface Call {
  method: string;
  path: string;
  headers: IncomingHttpHeaders;
  body?: Buffer;
}

/** Headers that belong to one connection (RFC 9110, 7.6.1), or that would bring a compressed or an empty answer. */
const NOT_FORWARDED = [
  "connection",
  "keep-alive",
  "transfer-encoding",
  "content-length",
  "accept-encoding",
  "if-none-match",
  "if-modified-since",
];

/** Repeats a request to the server behind the proxy; `host` is kept, so that links it writes lead to the proxy. */
export async function ask(origin: string, { method, path, headers, body }: Call): Promise<Answer> {
  const forwarded = Object.fromEntries(Object.entries(headers).filter(([name]) => !NOT_FORWARDED.includes(name)));
  const call = request(new URL(origin), {
    method,
    path,
    headers: { ...forwarded, ...(body && { "content-length": body.length }) },
  });
  call.end(body);
  const [response]: IncomingMessage[] = await once(call, "response");
  if (!response) throw new Error(`expected an answer from ${origin}, found none.`);
  const { connection, "keep-alive": keptAlive, "transfer-encoding": coding, ...rest } = response.headers;
  return { code: response.statusCode ?? 502, headers: rest, body: await readBody(response) };
}

/** Collects a message's body. */
export async function readBody(message: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of message) parts.push(part);
  return Buffer.concat(parts);
}
