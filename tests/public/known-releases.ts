import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as z from "zod";
import { root } from "../root.ts";

const known = z.strictObject({
  kind: z.enum(["npm", "pypi", "cargo", "go"]),
  package: z.string(),
  version: z.string(),
  seen: z.enum(["served", "withdrawn", "absent"]),
  /** By form of digest, or SHA-256 by name where a version is several files. */
  digests: z.record(z.string(), z.string()).default({}),
});

/** A version that was released long ago, or never will be, with what is known of its bytes. */
export type KnownRelease = z.infer<typeof known>;

/** The known releases, as data. */
export function knownReleases(): KnownRelease[] {
  const text = readFileSync(join(root, "tests/public/known-releases.json"), "utf8");
  return z.array(known).parse(JSON.parse(text));
}
