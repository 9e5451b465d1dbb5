import { createHash } from "node:crypto";

/** Gives the weak entity tag of an answer's body. */
export function etagOf(body: string | Buffer): string {
  return `W/"${createHash("sha256").update(body).digest("hex")}"`;
}

/** Tells whether a client that sent If-None-Match has this body already; weak and strong tags compare equal. */
export function alreadyHas(ifNoneMatch: string | undefined, etag: string): boolean {
  const plain = (tag: string) => tag.trim().replace(/^W\//, "");
  return (ifNoneMatch ?? "").split(",").some((tag) => plain(tag) === plain(etag));
}
