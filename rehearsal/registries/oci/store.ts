import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as z from "zod";
import { writeWhole } from "../../write-whole.ts";
import { digestOf } from "./answer.ts";

const pointed = z.strictObject({ digest: z.string(), visibleAt: z.iso.datetime(), listedAt: z.iso.datetime() });
const repository = z.strictObject({
  blobs: z.array(z.string()),
  manifests: z.record(z.string(), z.strictObject({ mediaType: z.string(), subject: z.string().nullable() })),
  /** By tag everything that it named, the newest last. */
  tags: z.record(z.string(), z.array(pointed)),
});
const state = z.record(z.string(), repository);

/** From which instant readers see that a tag names a digest, and from which one the list of tags holds it. */
export type Pointed = z.infer<typeof pointed>;
export type StoredRepository = z.infer<typeof repository>;

/** Keeps images in a folder: `repositories.json` beside one file of bytes a digest, so that the registry can be started again. */
export interface OciStore {
  names(): string[];
  find(name: string): StoredRepository | undefined;
  read(digest: string): Buffer | undefined;
  addBlob(name: string, bytes: Buffer): string;
  /** Takes a blob from another repository; false where that one does not hold it. */
  mountBlob(name: string, from: string, digest: string): boolean;
  addManifest(name: string, bytes: Buffer, about: { mediaType: string; subject: string | null }): string;
  point(name: string, tag: string, to: Pointed): void;
}

/** Opens or starts a store. Throws when the folder's state is none. */
export function openOciStore(folder: string): OciStore {
  const blobs = join(folder, "blobs");
  mkdirSync(blobs, { recursive: true });
  const file = join(folder, "repositories.json");
  const repositories = new Map(
    Object.entries(existsSync(file) ? state.parse(JSON.parse(readFileSync(file, "utf8"))) : {}),
  );
  const bytesOf = (digest: string) => join(blobs, digest.replace("sha256:", ""));
  return {
    names: () => [...repositories.keys()].sort(),
    find: (name) => repositories.get(name),
    read: (digest) => (existsSync(bytesOf(digest)) ? readFileSync(bytesOf(digest)) : undefined),
    addBlob(name, bytes) {
      const digest = keep(bytes);
      link(name, digest);
      return digest;
    },
    mountBlob(name, from, digest) {
      if (!repositories.get(from)?.blobs.includes(digest)) return false;
      link(name, digest);
      return true;
    },
    addManifest(name, bytes, about) {
      const digest = keep(bytes);
      open(name).manifests[digest] = about;
      save();
      return digest;
    },
    point(name, tag, to) {
      const before = open(name).tags[tag] ?? [];
      if (before.at(-1)?.digest !== to.digest) open(name).tags[tag] = [...before, to];
      save();
    },
  };

  function open(name: string): StoredRepository {
    const found = repositories.get(name) ?? { blobs: [], manifests: {}, tags: {} };
    repositories.set(name, found);
    return found;
  }

  function keep(bytes: Buffer): string {
    const digest = digestOf(bytes);
    if (!existsSync(bytesOf(digest))) writeFileSync(bytesOf(digest), bytes);
    return digest;
  }

  function link(name: string, digest: string): void {
    const { blobs: linked } = open(name);
    if (!linked.includes(digest)) linked.push(digest);
    save();
  }

  function save(): void {
    writeWhole(file, JSON.stringify(Object.fromEntries(repositories), null, 2));
  }
}
