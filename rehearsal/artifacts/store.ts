import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as z from "zod";
import { writeWhole } from "../write-whole.ts";

const record = z.object({
  id: z.number().int(),
  runId: z.string(),
  jobId: z.string(),
  name: z.string(),
  mimeType: z.string(),
  createdAt: z.string(),
  size: z.number().int(),
  /** `sha256:` and hexadecimal digits; null until the upload is finalised. */
  digest: z.string().nullable(),
});
const index = z.object({ nextId: z.number().int(), artifacts: z.array(record) });

/** An artifact as it is kept on disk. */
export type StoredArtifact = z.infer<typeof record>;

/** Keeps artifacts in a folder: `index.json` beside one file of bytes each, so that a resumed run finds earlier attempts' ones. */
export interface Store {
  list(): readonly StoredArtifact[];
  create(fresh: Omit<StoredArtifact, "id" | "size" | "digest">): StoredArtifact;
  change(id: number, changes: Partial<StoredArtifact>): void;
  delete(id: number): void;
  stageBlock(id: number, block: string, bytes: Buffer): void;
  /** Joins staged blocks in the given order; false when one was never staged. */
  commitBlocks(id: number, blocks: readonly string[]): boolean;
  write(id: number, bytes: Buffer): void;
  read(id: number): Buffer | undefined;
}

/** Opens or starts a store. Throws when the folder's index is not one. */
export function openStore(folder: string): Store {
  mkdirSync(join(folder, "blobs"), { recursive: true });
  const file = join(folder, "index.json");
  const state = existsSync(file) ? index.parse(JSON.parse(readFileSync(file, "utf8"))) : { nextId: 1, artifacts: [] };
  const blocks = new Map<string, Buffer>();
  const blob = (id: number) => join(folder, "blobs", String(id));
  return { list: () => state.artifacts, create, change, delete: drop, stageBlock, commitBlocks, write, read };

  function create(fresh: Omit<StoredArtifact, "id" | "size" | "digest">): StoredArtifact {
    const made = { ...fresh, id: state.nextId, size: 0, digest: null };
    state.nextId += 1;
    state.artifacts.push(made);
    save();
    return made;
  }

  function change(id: number, changes: Partial<StoredArtifact>): void {
    const found = state.artifacts.find((one) => one.id === id);
    if (!found) throw new Error(`expected artifact ${id}, found none`);
    Object.assign(found, changes);
    save();
  }

  function drop(id: number): void {
    state.artifacts = state.artifacts.filter((one) => one.id !== id);
    rmSync(blob(id), { force: true });
    save();
  }

  function stageBlock(id: number, block: string, bytes: Buffer): void {
    blocks.set(`${id} ${block}`, bytes);
  }

  function commitBlocks(id: number, wanted: readonly string[]): boolean {
    const parts = wanted.map((block) => blocks.get(`${id} ${block}`));
    const present = parts.filter((part) => part !== undefined);
    if (present.length !== parts.length) return false;
    write(id, Buffer.concat(present));
    for (const block of wanted) blocks.delete(`${id} ${block}`);
    return true;
  }

  function write(id: number, bytes: Buffer): void {
    writeFileSync(blob(id), bytes);
  }

  function read(id: number): Buffer | undefined {
    return existsSync(blob(id)) ? readFileSync(blob(id)) : undefined;
  }

  function save(): void {
    writeWhole(file, JSON.stringify(state, null, 2));
  }
}

/** Gives the digest of bytes in the form that artifacts carry. */
export function digestOf(bytes: Buffer): string {
  return `sha256:${createHash("sha256").update(bytes).digest("hex")}`;
}
