import { createHash } from "node:crypto";
import canonicalize from "canonicalize";

/** A SHA-256 digest in the form `sha256:<64 hexadecimal digits>`. */
export type Digest = `sha256:${string}`;

/** Pattern of a digest. */
export const digestPattern = /^sha256:[0-9a-f]{64}$/;

/** Writes a value as canonical JSON (RFC 8785). Throws on what JSON cannot hold. */
export function canonicalJson(value: unknown): string {
  const text = canonicalize(value);
  if (text === undefined) throw new TypeError("expected a JSON value, found one that JSON cannot hold");
  return text;
}

/** Digests bytes, or a text as UTF-8, as hexadecimal. */
export function hexDigest(algorithm: "sha256" | "sha512", bytes: Uint8Array | string): string {
  return createHash(algorithm).update(bytes).digest("hex");
}

/** Digests bytes, or a text as UTF-8. */
export function digestOfBytes(bytes: Uint8Array | string): Digest {
  return `sha256:${hexDigest("sha256", bytes)}`;
}

/** Digests a value by its canonical JSON. */
export function digestOf(value: unknown): Digest {
  return digestOfBytes(canonicalJson(value));
}
