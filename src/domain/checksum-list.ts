/** A checksum list, as `sha256sum` writes it: digests in hexadecimal, by file name. */
export type ChecksumList = ReadonlyMap<string, string>;

/** Reads a checksum list. Throws `RangeError` for a line of another form, and for a name that stands there with two digests. */
export function readChecksums(text: string): ChecksumList {
  const found = new Map<string, string>();
  for (const line of text.split(/\r?\n/).filter((one) => one.trim() !== "")) {
    const [, digest = "", name = ""] = /^([0-9A-Fa-f]{64}) [ *](?:\.\/)?(.+)$/.exec(line) ?? [];
    if (name === "") throw new RangeError(`expected a digest, two blanks and a name, found ${line}`);
    const earlier = found.get(name);
    if (earlier !== undefined && earlier !== digest.toLowerCase())
      throw new RangeError(`expected one digest of ${name}, found two`);
    found.set(name, digest.toLowerCase());
  }
  return found;
}
