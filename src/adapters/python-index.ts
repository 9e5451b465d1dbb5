import { createHash } from "node:crypto";
import * as z from "zod";
import { proxiedFetch } from "#src/adapters/proxied-fetch";
import { type IndexedFile, indexTypes, readIndexPage } from "#src/adapters/python-index-page";
import { rawDownload } from "#src/adapters/raw-download";
import { retryAfter } from "#src/adapters/retry-after";
import type { Clock } from "#src/ports/clock";

/** The index's own "no such thing", or that it cannot be told. */
export type NoIndexAnswer = { absent: true } | { unknown: string; retryAt?: Date };

/** Digests of the bytes that came. */
export interface FetchedFile {
  sha256: string;
  sha512: string;
  size: number;
}

/** Reads a Python package index in its own protocol, each time anew. */
export interface PythonIndex {
  /** The files of a project, whatever their version. */
  list(project: string): Promise<{ files: IndexedFile[] } | NoIndexAnswer>;
  /** Whether the index tells of a version at the address where the larger ones do; undefined where this one has no such place. */
  tellsOf(project: string, version: string): Promise<{ tells: boolean } | NoIndexAnswer | undefined>;
  /** Downloads a file, and keeps its digests only. */
  digest(file: IndexedFile): Promise<FetchedFile | NoIndexAnswer>;
}

/** Which index is asked, by whose time, and how long the beginning of an answer and a whole file may take in milliseconds. */
export interface IndexAccess {
  address: URL;
  clock: Pick<Clock, "now">;
  patience: { answer: number; content: number };
}

/** The parts of an answer of the built-in client and of the one for proxies that are read. */
const reply = z.object({
  status: z.number(),
  url: z.string(),
  headers: z.custom<{ get(name: string): string | null }>((value) => value !== null && typeof value === "object"),
  body: z.custom<AsyncIterable<Uint8Array> | null>((value) => value === null || typeof value === "object"),
});
type Reply = z.infer<typeof reply>;

interface IndexQuestion {
  accept: string;
  timeout: number;
  /** Whether the bytes are wanted as they are sent. */
  raw?: boolean;
}

/** The list of a project with very many files takes some megabytes. */
const largestPage = 64 * 1024 * 1024;

/** Opens an index for reading, with the login that its address holds. The login goes to that origin only. */
export function pythonIndex({ address, clock, patience }: IndexAccess): PythonIndex {
  const base = new URL(address);
  const login = loginOf(base);
  base.username = "";
  base.password = "";
  if (!base.pathname.endsWith("/")) base.pathname += "/";

  return {
    async list(project) {
      const page = await ask(new URL(`${project}/`, base), { accept: indexTypes, timeout: patience.answer });
      if (!("status" in page)) return page;
      const bytes = await wholeOf(page).catch(() => undefined);
      const type = page.headers.get("content-type") ?? "";
      const files = bytes && readIndexPage({ type, address: page.url, bytes });
      return files ? { files } : { unknown: "expected the list of a project, found another page" };
    },
    async tellsOf(project, version) {
      if (!base.pathname.endsWith("/simple/")) return undefined;
      const told = { accept: "application/json", timeout: patience.answer };
      const answer = await ask(new URL(`../pypi/${project}/${version}/json`, base), told);
      if (!("status" in answer)) return "absent" in answer ? { tells: false } : answer;
      await answer.body?.[Symbol.asyncIterator]().return?.();
      return { tells: true };
    },
    async digest({ filename, url }) {
      if (url === undefined) return { unknown: `expected the address of ${filename}, found none that can be read` };
      const answer = await ask(new URL(url), { accept: "*/*", timeout: patience.content, raw: true });
      if (!("status" in answer)) return answer;
      return await digestOf(answer).catch(() => ({ unknown: "expected a whole file, found that it broke off" }));
    },
  };

  async function ask(target: URL, { accept, timeout, raw = false }: IndexQuestion): Promise<Reply | NoIndexAnswer> {
    const authorization: Record<string, string> =
      login && target.origin === base.origin ? { authorization: login } : {};
    const headers = { accept, "cache-control": "no-cache", ...authorization };
    try {
      const options = { headers, signal: AbortSignal.timeout(timeout) };
      const answer = raw ? await rawReply(target, options) : reply.parse(await proxiedFetch(target.href, options));
      return answer.status === 200 ? answer : refusal(answer, clock.now());
    } catch (error) {
      const late = error instanceof Error && error.name === "TimeoutError";
      return { unknown: late ? "the index gave no answer in time" : "no connection to the index" };
    }
  }
}

/** pip digests the bytes of a file as they are sent, whatever the index calls their encoding. */
async function rawReply({ href: url }: URL, options: Parameters<typeof rawDownload>[1]): Promise<Reply> {
  const { status, header, body } = await rawDownload(url, options);
  return { status, url, headers: { get: header }, body };
}

function loginOf({ username, password }: URL): string | undefined {
  if (username === "" && password === "") return undefined;
  const words = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return `Basic ${Buffer.from(words).toString("base64")}`;
}

function refusal({ status, headers }: Reply, now: Date): NoIndexAnswer {
  if (status === 404 || status === 410) return { absent: true };
  const retryAt = retryAfter(headers.get("retry-after"), now);
  const wish = retryAt ? `, and asks to be left alone until ${retryAt.toISOString()}` : "";
  return { unknown: `the index answered HTTP ${status}${wish}`, ...(retryAt ? { retryAt } : {}) };
}

async function wholeOf({ body }: Reply): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of body ?? []) {
    size += part.byteLength;
    if (size > largestPage) throw new RangeError("expected a page, found more than one may hold");
    parts.push(part);
  }
  return Buffer.concat(parts);
}

async function digestOf({ body }: Reply): Promise<FetchedFile> {
  const [sha256, sha512] = [createHash("sha256"), createHash("sha512")];
  let size = 0;
  for await (const part of body ?? []) {
    size += part.byteLength;
    sha256.update(part);
    sha512.update(part);
  }
  return { sha256: sha256.digest("hex"), sha512: sha512.digest("hex"), size };
}
