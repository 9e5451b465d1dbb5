import { type Digest, digestPattern } from "#src/domain/digest";

/** How a record is handed on besides its artifact: the artifact's name and the record's digest, `<artifact>@sha256:<hex>`. */
export interface Handover {
  artifact: string;
  digest: Digest;
}

/** Writes a handover as the one string that travels through a job output. */
export function formatHandover({ artifact, digest }: Handover): string {
  return `${artifact}@${digest}`;
}

/** Reads a handover; a text of any other form is undefined. */
export function parseHandover(text: string): Handover | undefined {
  const at = text.lastIndexOf("@");
  const digest = text.slice(at + 1);
  return at > 0 && isDigest(digest) ? { artifact: text.slice(0, at), digest } : undefined;
}

/** Tells whether a text is a SHA-256 digest. */
export function isDigest(text: string): text is Digest {
  return digestPattern.test(text);
}
