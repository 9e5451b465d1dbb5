import { createHash } from "node:crypto";
import type { OutgoingHttpHeaders } from "node:http";

/** An answer of the registry, and the fault that shaped it. `cut` ends the connection instead of answering. */
export interface OciAnswer {
  code: number;
  headers: OutgoingHttpHeaders;
  body: Buffer;
  fault?: OciFaultName;
  cut?: boolean;
}

/** The fault that shaped an answer, by the name that the journal gives it. */
export type OciFaultName =
  | "lag"
  | "stale-list"
  | "unavailable"
  | "limited"
  | "other-bytes"
  | "moved-tag"
  | "withdrawn"
  | "pull-only"
  | "lost-response";

/** Answers with JSON, or with nothing but headers. */
export function answer(code: number, headers: OutgoingHttpHeaders = {}, value?: unknown): OciAnswer {
  const body = value === undefined ? Buffer.alloc(0) : Buffer.from(JSON.stringify(value));
  return { code, headers: value === undefined ? headers : { "content-type": "application/json", ...headers }, body };
}

/** Refuses in the words of the specification. */
export function refusal(code: number, word: string, message: string, headers: OutgoingHttpHeaders = {}): OciAnswer {
  return answer(code, headers, { errors: [{ code: word, message }] });
}

/** Gives the digest of bytes as registries write it. */
export function digestOf(bytes: Buffer): string {
  return `sha256:${createHash("sha256").update(bytes).digest("hex")}`;
}
