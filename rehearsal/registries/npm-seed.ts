import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import * as z from "zod";
import type { NpmRegistry } from "./npm.ts";
import { npmClient } from "./npm-client.ts";

const run = promisify(execFile);
const packageJson = z.looseObject({ name: z.string(), version: z.string() });

/** Which tag of which git repository (bare or not) to publish, and where. */
export interface TaggedPackage {
  registry: NpmRegistry;
  repository: string;
  tag: string;
}

/**
 * Publishes a tagged version with the real npm client, as its release once did; returns `name@version`.
 * A version that is published already stays as it is.
 */
export async function publishTag({ registry, repository, tag }: TaggedPackage): Promise<string> {
  const scratch = await mkdtemp(join(tmpdir(), "seed-"));
  try {
    const tree = join(scratch, "tree");
    await mkdir(tree);
    await run("git", ["-C", repository, "archive", `--output=${join(scratch, "tree.tar")}`, `${tag}^{commit}`]);
    await run("tar", ["-xf", join(scratch, "tree.tar"), "-C", tree]);
    const { name, version } = packageJson.parse(JSON.parse(await readFile(join(tree, "package.json"), "utf8")));
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
  if (code !== 0) throw new Error(`expected npm publish to succeed, found exit code ${code}:\n${stderr}`);
}
