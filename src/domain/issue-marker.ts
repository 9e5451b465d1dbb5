import { digestOf } from "#src/domain/digest";

const kinds = ["epic", "blocker", "draft", "note"] as const;

/** What a marker says of the issue or the comment that it stands in. */
export interface Marker {
  kind: (typeof kinds)[number];
  /** Stage that the blocker comes from, or `job`; `none` for everything else. */
  origin: string;
  /** Tells two issues of the same thing; a note bears the one of its issue. */
  fingerprint: string;
  /** What has to pass so that a blocker is over; the purpose of a note. */
  about: string;
  /** The finding that it was written for: the same attempt writes nothing twice. */
  finding: string;
}

const pattern = /^<!-- seaworthy:([a-z]+) ([a-z-]+) ([0-9a-f]{64}) ([0-9a-f]{64}) ([0-9a-f]{64}) -->(?:\r?\n|$)/;

/** Digests what makes two things the same: parts that are compared without case and with whitespace reduced. */
export function fingerprintOf(...parts: string[]): string {
  const normal = parts.map((part) => part.normalize("NFKC").toLowerCase().replace(/\s+/g, " ").trim());
  return digestOf(normal).slice("sha256:".length);
}

/** Writes the hidden first line by which the suite finds its own issues and comments again. */
export function formatMarker({ kind, origin, fingerprint, about, finding }: Marker): string {
  return `<!-- seaworthy:${kind} ${origin} ${fingerprint} ${about} ${finding} -->`;
}

/**
 * Reads the marker of an issue or comment that the suite itself has written. It counts as the very first line only, and only
 * from the account that files: anyone may open an issue with such a text.
 */
export function readOwnMarker({ author, body }: { author: string; body: string }, account: string): Marker | undefined {
  return author.toLowerCase() === account.toLowerCase() ? readMarker(body) : undefined;
}

function readMarker(body: string): Marker | undefined {
  const [, named, origin = "", fingerprint = "", about = "", finding = ""] = pattern.exec(body) ?? [];
  const kind = kinds.find((one) => one === named);
  return kind && { kind, origin, fingerprint, about, finding };
}
