import { readFileSync } from "node:fs";
import * as z from "zod";
import { writeWhole } from "../write-whole.ts";

const entry = z.strictObject({ publishedAt: z.iso.datetime(), visibleAt: z.iso.datetime() });
const table = z.record(z.string(), z.record(z.string(), entry));

/** When each version was published and from when readers see it, in virtual time; survives a restart. */
export interface PublishTimes {
  record(name: string, version: string, times: { publishedAt: Date; visibleAt: Date }): void;
  isVisible(name: string, version: string, now: Date): boolean;
  /** ISO publish time by version. */
  of(name: string): Record<string, string>;
}

/** Keeps the times in one JSON file. A version that is not in it was there before and is visible. */
export function publishTimes(file: string): PublishTimes {
  const packages = readTable(file);
  return { record, isVisible, of };

  function record(name: string, version: string, times: { publishedAt: Date; visibleAt: Date }) {
    const versions = packages.get(name) ?? new Map<string, z.infer<typeof entry>>();
    versions.set(version, {
      publishedAt: times.publishedAt.toISOString(),
      visibleAt: times.visibleAt.toISOString(),
    });
    packages.set(name, versions);
    const plain = [...packages].map(([key, each]) => [key, Object.fromEntries(each)]);
    writeWhole(file, JSON.stringify(Object.fromEntries(plain), null, 2));
  }

  function isVisible(name: string, version: string, now: Date) {
    const known = packages.get(name)?.get(version);
    return !known || now.toISOString() >= known.visibleAt;
  }

  function of(name: string) {
    return Object.fromEntries(
      [...(packages.get(name) ?? [])].map(([version, { publishedAt }]) => [version, publishedAt]),
    );
  }
}

function readTable(file: string): Map<string, Map<string, z.infer<typeof entry>>> {
  let text = "{}";
  try {
    text = readFileSync(file, "utf8");
  } catch (cause) {
    if (!(cause instanceof Error && "code" in cause && cause.code === "ENOENT")) throw cause;
  }
  const read = table.parse(JSON.parse(text));
  return new Map(Object.entries(read).map(([name, versions]) => [name, new Map(Object.entries(versions))]));
}
