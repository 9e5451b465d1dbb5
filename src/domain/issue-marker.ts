import { digestOf } from "#src/domain/digest";

/** What an issue or a comment is, for the suite: `epic`, `blocker`, `draft`, or `note` for a comment. */
export type MarkedKind = "epic" | "blocker" | "draft" | "note";

/** What a marker says. */
export interface Marker {
  kind: MarkedKind;
  /** Whom it speaks of: an epic's target, a blocker's or a draft's fingerprint, a note's key. */
  fingerprint: string;
  /** The finding that it was written for. */
  finding: string;
}

const pattern = /^<!-- seaworthy:(epic|blocker|draft|note) ([0-9a-f]{64}) ([0-9a-f]{64}) -->(?:\r?\n|$)/;

/** Digests what makes two things the same: parts that are compared without case and with whitespace reduced. */
export function fingerprintOf(...parts: string[]): string {
  const normal = parts.map((part) => part.normalize("NFKC").toLowerCase().replace(/\s+/g, " ").trim());
  return digestOf(normal).slice("sha256:".length);
}

/** Writes the hidden first line by which the suite finds its own issues and comments again. */
export function formatMarker({ kind, fingerprint, finding }: Marker): string {
  return `<!-- seaworthy:${kind} ${fingerprint} ${finding} -->`;
}

/** Reads a marker. It counts as the very first line only; whether to believe it depends on who wrote the text. */
export function readMarker(body: string): Marker | undefined {
  const [, kind, fingerprint = "", finding = ""] = pattern.exec(body) ?? [];
  if (kind !== "epic" && kind !== "blocker" && kind !== "draft" && kind !== "note") return undefined;
  return { kind, fingerprint, finding };
}
