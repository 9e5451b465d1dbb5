import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Complaint } from "../complaint.ts";
import { cargoClient } from "./cargo-client.ts";
import type { CrateRegistry } from "./crates.ts";
import { extractTag } from "./tagged-tree.ts";

/** Which tag of which git repository (bare or not) to publish crates from, and where. */
export interface TaggedCrates {
  registry: CrateRegistry;
  repository: string;
  tag: string;
  /** The names of the crates. */
  names: string[];
}

/**
 * Publishes the crates of a tagged version with the real cargo, as its release once did; returns those that it had, as
 * `name@version`. Throws a `Complaint` where cargo refuses.
 */
export async function publishCrates({ registry, repository, tag, names }: TaggedCrates): Promise<string[]> {
  const scratch = await mkdtemp(join(tmpdir(), "seed-"));
  try {
    const tree = await extractTag(scratch, repository, tag);
    const cargo = await cargoClient(join(scratch, "home"), registry);
    const packages = names.flatMap((name) => ["--package", name]);
    const { code, stderr } = await cargo(tree, "publish", "--no-verify", "--locked", ...packages);
    if (code !== 0) throw refused(stderr);
    return Object.entries(registry.packages()).flatMap(([name, versions]) =>
      Object.keys(versions).map((version) => `${name}@${version}`),
    );
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

function refused(words: string): Complaint {
  return new Complaint(
    `expected cargo publish to succeed for the release before, found:\n${words.trim()}`,
    "The newest tag is published before the rehearsal, as its release once did: its crates must be those that the channels name.",
  );
}
