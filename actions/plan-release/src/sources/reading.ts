import type { Found, VersionReading } from "../facts.ts";

/** Files as one commit holds them; undefined stands for a file that is not there. */
export interface CommitFiles {
  read(path: string): Promise<string | undefined>;
  /** Paths of all files. */
  list(): Promise<string[]>;
}

/** Tells what stands in a place, without the white space around it; what was left out besides a line's end is noted. */
export function trimmedValue(text: string): Found {
  const value = text.replace(/^\uFEFF/, "").trim();
  if (value === "") return unreadable("nothing but white space");
  const usual = text === value || text === `${value}\n`;
  return usual ? { kind: "value", text: value } : { kind: "value", text: value, note: "white space left out" };
}

/** Tells a version that a format states; only a text is one. */
export function statedVersion(version: unknown): Found {
  if (version === undefined) return unreadable("no version is given");
  if (typeof version === "string") return { kind: "value", text: version };
  return unreadable(`expected a text, found ${version === null ? "null" : `a ${typeof version}`}`);
}

/** Tells that a place cannot be read. */
export function unreadable(because: string): Found {
  return { kind: "unreadable", because };
}

/** Reads one place of a file: absent where the file is, else whatever the reading says. */
export function placeIn(
  at: { file: string; place: string },
  text: string | undefined,
  read: (text: string) => Found,
): VersionReading {
  return { ...at, found: text === undefined ? { kind: "absent" } : read(text) };
}
