/** Keeps secrets out of everything a run shows: exact values, their lines, and the encodings that GitHub's runner knows. */

/** The secrets of one job. */
export interface Masks {
  add(secret: string): void;
  /** Replaces each secret by `***`. */
  apply(text: string): string;
  /** Tells whether a text holds a secret. */
  found(text: string): boolean;
}

/** Starts a set of masks, with some secrets known from the beginning. */
export function createMasks(secrets: Iterable<string> = []): Masks {
  const values = new Set<string>();
  let longestFirst: string[] = [];
  const masks: Masks = {
    add(secret) {
      for (const line of [secret, ...secret.split(/\r?\n/)]) {
        if (line.trim() !== "") for (const form of encodings(line)) values.add(form);
      }
      longestFirst = [...values].sort((a, b) => b.length - a.length);
    },
    apply: (text) => longestFirst.reduce((masked, value) => masked.replaceAll(value, "***"), text),
    found: (text) => longestFirst.some((value) => text.includes(value)),
  };
  for (const secret of secrets) masks.add(secret);
  return masks;
}

/** The encodings of actions/runner, docs/adrs/0297: base64 at each of its three offsets, URI, JSON, XML. */
function encodings(secret: string): string[] {
  const forms = [
    secret,
    ...[0, 1, 2].map((offset) => wholeGroups(Buffer.from(secret).subarray(offset))),
    Buffer.from(secret).toString("base64"),
    encodeURIComponent(secret.toWellFormed()),
    JSON.stringify(secret).slice(1, -1),
    secret.replace(
      /[<>&'"]/g,
      (letter) => `&${{ "<": "lt", ">": "gt", "&": "amp", "'": "apos", '"': "quot" }[letter]};`,
    ),
  ];
  // A short remainder of an encoding would blank out innocent text.
  return forms.filter((form, at) => at === 0 || form.length >= 4);
}

/** Base64 of the bytes that fill whole groups of three: that part stands in any longer encoded text at this offset. */
function wholeGroups(bytes: Uint8Array): string {
  return Buffer.from(bytes.subarray(0, bytes.length - (bytes.length % 3))).toString("base64");
}
