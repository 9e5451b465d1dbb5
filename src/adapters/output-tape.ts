import { createHash } from "node:crypto";
import type { Digest } from "#src/domain/digest";
import { leftOut } from "#src/domain/left-out";

/** Takes down a command's output: digests all of it, keeps its head and its tail. */
export interface OutputTape {
  write(chunk: Uint8Array): void;
  /** What was kept, as text; bytes that are no UTF-8 become U+FFFD. */
  text(): string;
  /** Digest of everything that was written, also of what was not kept. */
  digest(): Digest;
}

const newline = 0x0a;

/**
 * Opens a tape that keeps at most `limit` bytes. Beyond that the middle is cut, on line ends where there are any, so that
 * no character is torn; the cut says how much is missing, and by that what masks words finds those that it tore.
 */
export function outputTape(limit: number): OutputTape {
  const hash = createHash("sha256");
  const half = Math.floor(limit / 2);
  let head = Buffer.alloc(0);
  let tail = Buffer.alloc(0);
  let written = 0;

  return {
    write(chunk) {
      hash.update(chunk);
      written += chunk.byteLength;
      const room = half - head.byteLength;
      if (room > 0) head = Buffer.concat([head, chunk.subarray(0, room)]);
      const rest = chunk.subarray(Math.max(0, room));
      if (rest.byteLength > 0) tail = Buffer.concat([tail, rest]).subarray(-half);
    },
    text() {
      if (written <= head.byteLength + tail.byteLength) return Buffer.concat([head, tail]).toString("utf8");
      const kept = [endingWithLine(head), startingWithLine(tail)];
      const missing = written - kept.reduce((sum, part) => sum + part.byteLength, 0);
      return kept.map((part) => part.toString("utf8")).join(leftOut(missing));
    },
    digest: () => `sha256:${hash.copy().digest("hex")}`,
  };
}

function endingWithLine(bytes: Buffer): Buffer {
  const end = bytes.lastIndexOf(newline);
  return end === -1 ? bytes : bytes.subarray(0, end + 1);
}

function startingWithLine(bytes: Buffer): Buffer {
  const end = bytes.indexOf(newline);
  return end === -1 || end === bytes.byteLength - 1 ? bytes : bytes.subarray(end + 1);
}
