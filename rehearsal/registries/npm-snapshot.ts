import { glob, readFile } from "node:fs/promises";
import { join } from "node:path";
import { type Packument, packument } from "./packument.ts";

/** By package: its tags, and the digests of each version. Keys are sorted, so equal registries give equal JSON. */
export type PublishedPackages = Record<
  string,
  { distTags: Record<string, string>; versions: Record<string, { integrity: string; shasum: string }> }
>;

/** Reads what verdaccio has stored, past any fault of the reading side. */
export async function publishedPackages(storage: string): Promise<PublishedPackages> {
  const found: Packument[] = [];
  for await (const file of glob("{*,@*/*}/package.json", { cwd: storage })) {
    const read = packument.parse(JSON.parse(await readFile(join(storage, file), "utf8")));
    if (Object.keys(read.versions).length > 0) found.push(read);
  }
  return sorted(
    found.map(({ name, versions, "dist-tags": distTags }) => [
      name,
      {
        distTags: sorted(Object.entries(distTags)),
        versions: sorted(
          Object.values(versions).map(({ version, dist: { integrity = "", shasum } }) => [
            version,
            { integrity, shasum },
          ]),
        ),
      },
    ]),
  );
}

function sorted<Value>(entries: [string, Value][]): Record<string, Value> {
  return Object.fromEntries(entries.toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
