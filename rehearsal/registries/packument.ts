import { maxSatisfying, rsort } from "semver";
import * as z from "zod";

const distTags = z.record(z.string(), z.string());

/** One version's manifest as a registry serves it; everything we do not touch passes unchanged. */
export const manifest = z.looseObject({
  version: z.string(),
  dist: z.looseObject({ tarball: z.string(), shasum: z.string(), integrity: z.string().optional() }),
});

/** A package's document, in its full or its abbreviated form (which has no `time`). */
export const packument = z.looseObject({
  name: z.string(),
  "dist-tags": distTags.default({}),
  versions: z.record(z.string(), manifest).default({}),
  time: z.record(z.string(), z.string()).optional(),
});

export type Manifest = z.infer<typeof manifest>;
export type Packument = z.infer<typeof packument>;

/** Leaves only visible versions; `latest` falls back to the newest of them, other tags on hidden versions vanish. */
export function onlyVisible(whole: Packument, isVisible: (version: string) => boolean): Packument {
  const versions = Object.fromEntries(Object.entries(whole.versions).filter(([version]) => isVisible(version)));
  const names = Object.keys(versions);
  const newest = maxSatisfying(names, "*") ?? rsort(names)[0];
  const tags = Object.entries(whole["dist-tags"]).flatMap(([tag, version]) => {
    if (version in versions) return [[tag, version] as const];
    return tag === "latest" && newest ? [[tag, newest] as const] : [];
  });
  return { ...whole, versions, "dist-tags": Object.fromEntries(tags) };
}

/** Tells the times of the rehearsal instead of the machine's. */
export function withTimes(whole: Packument, times: Record<string, string>): Packument {
  if (!whole.time) return whole;
  const known = Object.entries({ ...whole.time, ...times }).filter(([version]) => version in whole.versions);
  const sorted = known.map(([, time]) => time).sort();
  const [created = "", modified = ""] = [sorted[0], sorted.at(-1)];
  return { ...whole, time: { created, modified, ...Object.fromEntries(known) } };
}
