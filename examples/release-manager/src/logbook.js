import { appendFileSync, readFileSync } from "node:fs";
import { crc32 } from "node:zlib";

/** Appends one entry. The line is written by one call in append mode, so that lines of several writers never mix. */
export function appendEntry(file, text) {
  appendFileSync(file, encodeEntry(text));
}

/** Reads all entries. An entry that a crash has cut off at the end is left out; one that was altered throws. */
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
  // What stands behind the last line break was cut off.
  const lines = log.split("\n").slice(0, -1);
  return lines.map((line, index) => {
    const json = line.slice(9);
    if (line[8] !== " " || line.slice(0, 8) !== checksum(json)) {
      throw new RangeError(`expected an entry with its checksum in line ${index + 1}, found another text`);
    }
    return JSON.parse(json);
  });
}

/** Shows entries as an HTML page, in which nothing of them is markup. */
export function page(entries) {
  const items = entries.map((entry) => `<li>${escaped(entry)}</li>`);
  return `<!doctype html>\n<meta charset="utf-8">\n<title>Logbook</title>\n<ol>\n${items.join("\n")}\n</ol>\n`;
}

function escaped(text) {
  const names = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };
  return text.replace(/[&<>"']/g, (sign) => names[sign]);
}

function checksum(text) {
  return crc32(text).toString(16).padStart(8, "0");
}
