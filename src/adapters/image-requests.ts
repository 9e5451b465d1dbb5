import { createHash } from "node:crypto";
import * as z from "zod";
import { tokenAddress } from "#src/adapters/image-challenge";
import type { Credential } from "#src/adapters/image-credentials";
import { proxiedFetch } from "#src/adapters/proxied-fetch";
import { retryAfter } from "#src/adapters/retry-after";
import type { Digest } from "#src/domain/digest";
import { parseJson } from "#src/domain/parse-json";
import type { Clock } from "#src/ports/clock";
import type { WantedPackage } from "#src/ports/package-channel";

/** The registry's own "no such thing", with its word for it, or that it cannot be told. */
export type NoAnswer = { absent: string } | { unknown: string; retryAt?: Date };

/** What was served, with the digest of the very bytes that came. */
export interface Served {
  bytes: Uint8Array;
  size: number;
  digest: Digest;
  /** The digest that the registry says it has; empty where it says none. */
  announced: string;
  /** Where the next page of a list is, as the registry writes it. */
  link: string;
}

/** Reads from one repository of a registry, logged in as far as it asks for that. */
export interface ImageRequests {
  /** Reads a document; `path` follows `/v2/`. */
  read(path: string, accept?: string): Promise<Served | NoAnswer>;
  /** Reads content of any size, and keeps its digest and its size only. */
  digest(path: string): Promise<Omit<Served, "bytes"> | NoAnswer>;
  /** Reads content of any size, and keeps it whole. */
  content(path: string): Promise<Served | NoAnswer>;
}

/** An image that is looked for, and its path at the registry that is asked. */
export type WantedImage = WantedPackage & { at: string };

/** Who is asked, and with what. Patience in milliseconds is for the beginning of an answer, and for a whole blob. */
export interface RegistryAccess {
  origin: string;
  credential: Credential | undefined;
  clock: Pick<Clock, "now">;
  patience: { answer: number; content: number };
}

/** The parts of an answer of the built-in client and of the one for proxies that are read. */
const reply = z.object({
  status: z.number(),
  headers: z.custom<{ get(name: string): string | null }>((value) => value !== null && typeof value === "object"),
  body: z.custom<AsyncIterable<Uint8Array> | null>((value) => value === null || typeof value === "object"),
});
type Reply = z.infer<typeof reply>;

const token = z.looseObject({ token: z.string().optional(), access_token: z.string().optional() });
const refusals = z.looseObject({ errors: z.array(z.looseObject({ code: z.string() })).min(1) });

/** Registries promise to take manifests of up to 4 MiB. */
const largestDocument = 8 * 1024 * 1024;

/** How much of an answer is kept, how large it may be, and which patience it has. */
interface Reading {
  keep: boolean;
  most: number;
  within: keyof RegistryAccess["patience"];
}

const document: Reading = { keep: true, most: largestDocument, within: "answer" };

/** Opens a registry for reading. A token is fetched when the registry challenges, and again when it has run out. */
export function imageRequests(access: RegistryAccess): ImageRequests {
  let authorization: string | undefined;
  const basic = access.credential && `Basic ${access.credential.basic}`;
  return {
    read: (path, accept) => answerOf(path, document, accept),
    digest: (path) => answerOf(path, { keep: false, most: Number.POSITIVE_INFINITY, within: "content" }),
    content: (path) => answerOf(path, { keep: true, most: Number.POSITIVE_INFINITY, within: "content" }),
  };

  async function answerOf(path: string, reading: Reading, accept?: string) {
    try {
      const answer = await loggedIn(() => send(path, reading, accept));
      if (!("status" in answer)) return answer;
      return answer.status === 200 ? await served(answer, reading) : await refusal(answer, access.clock.now());
    } catch (error) {
      const late = error instanceof Error && error.name === "TimeoutError";
      return { unknown: `${late ? "no whole answer in time" : "no connection"} (${path})` };
    }
  }

  async function loggedIn(ask: () => Promise<Reply>): Promise<Reply | NoAnswer> {
    const first = await ask();
    const challenge = first.status === 401 ? first.headers.get("www-authenticate") : null;
    if (challenge === null) return first;
    return (await login(challenge)) ?? (await ask());
  }

  async function send(path: string, { within }: Reading, accept?: string): Promise<Reply> {
    const headers = { ...(accept ? { accept } : {}), ...(authorization ? { authorization } : {}) };
    const signal = AbortSignal.timeout(access.patience[within]);
    return reply.parse(await proxiedFetch(`${access.origin}/v2/${path}`, { headers, signal }));
  }

  async function login(challenge: string): Promise<NoAnswer | undefined> {
    const address = tokenAddress(challenge, access);
    if (typeof address !== "string") {
      authorization = basic;
      return "unknown" in address ? address : undefined;
    }
    const signal = AbortSignal.timeout(access.patience.answer);
    const headers: Record<string, string> = basic ? { authorization: basic } : {};
    const issued = reply.parse(await proxiedFetch(address, { headers, signal }));
    if (issued.status !== 200) return asUnknown(await refusal(issued, access.clock.now()));
    const given = tokenIn(await served(issued, document));
    if (!given) return { unknown: "expected a token, found an answer without one" };
    authorization = `Bearer ${given}`;
    return undefined;
  }
}

function tokenIn({ bytes }: Served): string | undefined {
  const { data } = token.safeParse(parseJson(bytes));
  return data?.token ?? data?.access_token;
}

/** No token for a repository says nothing of what is in it. */
function asUnknown(answer: NoAnswer): NoAnswer {
  return "absent" in answer ? { unknown: `the registry gives no token: ${answer.absent}` } : answer;
}

async function served({ headers, body }: Reply, { keep, most }: Reading): Promise<Served> {
  const hash = createHash("sha256");
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of body ?? []) {
    size += part.byteLength;
    hash.update(part);
    if (size > most) throw new RangeError("expected a document, found more than one may hold");
    if (keep) parts.push(part);
  }
  const digest: Digest = `sha256:${hash.digest("hex")}`;
  const announced = headers.get("docker-content-digest") ?? "";
  return { bytes: Buffer.concat(parts), size, digest, announced, link: headers.get("link") ?? "" };
}

async function refusal(answer: Reply, now: Date): Promise<NoAnswer> {
  const { bytes } = await served(answer, document);
  const word = refusals.safeParse(parseJson(bytes)).data?.errors[0]?.code;
  const words = `the registry answered HTTP ${answer.status}${word ? ` ${word.slice(0, 60)}` : ""}`;
  // Only the registry's own words count as absent: a proxy's page of 404 knows nothing of images.
  if (answer.status === 404 && word) return { absent: word };
  const retryAt = retryAfter(answer.headers.get("retry-after"), now);
  return { unknown: words, ...(retryAt ? { retryAt } : {}) };
}
