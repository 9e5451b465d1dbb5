import { glob, readFile } from "node:fs/promises";
import { join } from "node:path";
import * as z from "zod";
import { parseJson } from "#src/domain/parse-json";

const entry = z.object({
  name: z.string(),
  vers: z.string(),
  cksum: z.string().regex(/^[0-9a-f]{64}$/),
  yanked: z.boolean().nullish().transform(Boolean),
});

/** A version as the registry's index lists it: `cksum` is the SHA-256 of its crate. */
export type IndexedVersion = z.infer<typeof entry>;

/**
 * Reads which versions of a crate cargo was told of, from where it keeps the index's own lines: after a look from a clean
 * home they are what the registry has just answered. Undefined where cargo has kept nothing of that crate.
 */
export async function indexedVersions(home: string, name: string): Promise<IndexedVersion[] | undefined> {
  const found: IndexedVersion[] = [];
  let kept = false;
  for await (const file of glob(`registry/index/*/.cache/**/${name.toLowerCase()}`, { cwd: home })) {
    const text = await readFile(join(home, file), "utf8");
    kept = true;
    // The lines stand between NUL bytes, after a version and a name for the state of the index.
    const lines = text.split("\0").map((part) => entry.safeParse(parseJson(part)));
    found.push(...lines.flatMap(({ data }) => (data?.name === name ? data : [])));
  }
  return kept ? found : undefined;
}
