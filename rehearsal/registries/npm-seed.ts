import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as z from "zod";
import { Complaint } from "../complaint.ts";
import type { NpmRegistry } from "./npm.ts";
import { npmClient } from "./npm-client.ts";
import { extractTag } from "./tagged-tree.ts";

const packageJson = z.looseObject({ name: z.string(), version: z.string() });

/** Which tag of which git repository (bare or not) to publish, and where. */
export interface TaggedPackage {
  registry: NpmRegistry;
  repository: string;
  tag: string;
  /** The names that may be published. */
  names: string[];
}

/**
 * Publishes a tagged version with the real npm client, as its release once did; returns `name@version`.
 * A version that is published already stays as it is. Throws a `Complaint` for a package of another name, and where npm refuses.
 */
export async function publishTag({ registry, repository, tag, names }: TaggedPackage): Promise<string> {
  const scratch = await mkdtemp(join(tmpdir(), "seed-"));
  try {
    const tree = await extractTag(scratch, repository, tag);
    const { name, version } = packageJson.parse(JSON.parse(await readFile(join(tree, "package.json"), "utf8")));
    if (!names.includes(name)) throw otherName(`package.json of ${tag}`, name, names);
    const published = await registry.packages();
    if (!published[name]?.versions[version]) await publish(registry, scratch, tree);
    return `${name}@${version}`;
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

async function publish(registry: NpmRegistry, scratch: string, tree: string) {
  const npm = await npmClient(join(scratch, "home"), registry.npmrc());
  const { code, stderr } = await npm(tree, "publish", "--access=public");
  if (code === 0) return;
  throw new Complaint(
    `expected npm publish to succeed for the release before, found exit code ${code}:\n${stderr.trim()}`,
    "The newest tag is published before the rehearsal, as its release once did: it must be a package that can be.",
  );
}

/** Words that a package does not have the name that the configuration's channels expect. */
export function otherName(where: string, found: string, names: string[]): Complaint {
  return new Complaint(
    `expected the package ${names.join(" or ")} of the configuration's channels in ${where}, found ${found}`,
    "Name the same package in package.json and under `channels`.",
  );
}
