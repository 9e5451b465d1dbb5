import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as z from "zod";
import { writeWhole } from "../../write-whole.ts";

const yank = z.strictObject({ at: z.iso.datetime(), reason: z.string() });
const stored = z.strictObject({
  /** Normalised name. */
  project: z.string(),
  filename: z.string(),
  version: z.string(),
  packagetype: z.string(),
  sha256: z.string(),
  size: z.int(),
  requiresPython: z.string().nullable(),
  uploadedAt: z.iso.datetime(),
  /** From which instant lists hold it, and from which one the answer about its version does. */
  listedAt: z.iso.datetime(),
  versionAt: z.iso.datetime(),
  yanked: yank.nullable(),
});
const state = z.array(stored);

/** A file of a project, and from when readers see it. */
export type StoredFile = z.infer<typeof stored>;

/** Keeps uploads in a folder: `files.json` beside the bytes by digest, so that the index can be started again. */
export interface PypiStore {
  files(): StoredFile[];
  find(filename: string): StoredFile | undefined;
  read(sha256: string): Buffer | undefined;
  add(file: Omit<StoredFile, "sha256" | "size" | "yanked">, bytes: Buffer): void;
  /** Marks every file of a version, as the site of an index does. */
  yank(project: string, version: string, mark: { at: string; reason: string } | null): void;
}

/** Opens or starts a store. Throws when the folder's state is none. */
export function openPypiStore(folder: string): PypiStore {
  const bytes = join(folder, "bytes");
  mkdirSync(bytes, { recursive: true });
  const table = join(folder, "files.json");
  let files = existsSync(table) ? state.parse(JSON.parse(readFileSync(table, "utf8"))) : [];
  const save = () => writeWhole(table, JSON.stringify(files, null, 2));
  return {
    files: () => files,
    find: (filename) => files.find((file) => file.filename === filename),
    read: (sha256) => (existsSync(join(bytes, sha256)) ? readFileSync(join(bytes, sha256)) : undefined),
    add(file, content) {
      const sha256 = digestOf(content);
      writeFileSync(join(bytes, sha256), content);
      files = [...files, { ...file, sha256, size: content.length, yanked: null }];
      save();
    },
    yank(project, version, mark) {
      files = files.map((file) =>
        file.project === project && file.version === version ? { ...file, yanked: mark } : file,
      );
      save();
    },
  };
}

/** SHA-256 in hexadecimal. */
export function digestOf(content: Buffer): string {
  return createHash("sha256").update(content).digest("hex");
}
