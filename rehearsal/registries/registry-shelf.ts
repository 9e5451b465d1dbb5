import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as z from "zod";
import { hexDigest } from "#src/domain/digest";
import { writeWhole } from "../write-whole.ts";

const instant = z.iso.datetime();
const kept = z.strictObject({
  name: z.string(),
  version: z.string(),
  publishedAt: instant,
  /** From when lists name it, and from when its files are served. */
  listedAt: instant,
  servedAt: instant,
  withdrawnAt: instant.nullable(),
  sha256: z.string(),
  /** What the registry was told besides the bytes. */
  told: z.string(),
});

/** A published version as a registry keeps it. */
export type Kept = z.infer<typeof kept>;

/** By package and version: the digest of its bytes, and whether it is withdrawn. Equal registries give equal JSON. */
export type ShelfSnapshot = Record<string, Record<string, { sha256: string; withdrawn: boolean }>>;

/** What is published, in files that survive a restart. */
export interface Shelf {
  put(version: Omit<Kept, "sha256" | "withdrawnAt">, bytes: Buffer): void;
  /** In the order in which they were published. */
  versionsOf(name: string): Kept[];
  bytesOf(version: Kept): Buffer;
  /** Without an instant, a version is offered again. */
  withdraw(version: Kept, at: Date | undefined): void;
  snapshot(): ShelfSnapshot;
}

/** Opens the shelf in a folder, which is made where it is missing. */
export function openShelf(folder: string): Shelf {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, "versions.json");
  let all = existsSync(file) ? z.array(kept).parse(JSON.parse(readFileSync(file, "utf8"))) : [];
  const keep = (versions: Kept[]) => {
    all = versions;
    writeWhole(file, JSON.stringify(all, null, 2));
  };
  // By its digest, so that no name ever becomes a path.
  const pathOf = ({ sha256 }: Pick<Kept, "sha256">) => join(folder, sha256);
  return {
    put(version, bytes) {
      const sha256 = hexDigest("sha256", bytes);
      writeFileSync(pathOf({ sha256 }), bytes);
      keep([...all, { ...version, sha256, withdrawnAt: null }]);
    },
    versionsOf: (name) => all.filter((each) => each.name === name),
    bytesOf: (version) => readFileSync(pathOf(version)),
    withdraw: (version, at) =>
      keep(all.map((each) => (each === version ? { ...each, withdrawnAt: at?.toISOString() ?? null } : each))),
    snapshot: () => snapshotOf(all),
  };
}

function snapshotOf(all: Kept[]): ShelfSnapshot {
  const sorted = all.toSorted((a, b) => (`${a.name} ${a.version}` < `${b.name} ${b.version}` ? -1 : 1));
  const packages = Map.groupBy(sorted, ({ name }) => name);
  return Object.fromEntries(
    [...packages].map(([name, versions]) => [
      name,
      Object.fromEntries(
        versions.map(({ version, sha256, withdrawnAt }) => [version, { sha256, withdrawn: withdrawnAt !== null }]),
      ),
    ]),
  );
}
