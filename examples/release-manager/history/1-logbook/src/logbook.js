import { appendFileSync, readFileSync } from "node:fs";
import { crc32 } from "node:zlib";

/** Appends one entry. The line is written by one call in append mode, so that lines of several writers never mix. */
export function appendEntry(file, text) {
  appendFileSync(file, encodeEntry(text));
}

/** Reads all entries. One that was altered throws. */
export function readEntries(file) {
  return decodeEntries(readFileSync(file, "utf8"));
}

/** Writes an entry as a line: the checksum of its text, then the text as JSON. */
export function encodeEntry(text) {
  if (typeof text !== "string" || text === "") throw new RangeError("expected an entry of at least one character");
  const json = JSON.stringify(text);
  return `${checksum(json)} ${json}\n`;
}

/** Reads the entries of a log, as `encodeEntry` writes them. */
export function decodeEntries(log) {
  const lines = log === "" ? [] : log.trimEnd().split("\n");
  return lines.map((line, index) => {
    const json = line.slice(9);
    if (line[8] !== " " || line.slice(0, 8) !== checksum(json)) {
      throw new RangeError(`expected an entry with its checksum in line ${index + 1}, found another text`);
    }
    return JSON.parse(json);
  });
}

function checksum(text) {
  return crc32(text).toString(16).padStart(8, "0");
}
