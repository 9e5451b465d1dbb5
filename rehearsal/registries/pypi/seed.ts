import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { pythonName } from "#src/domain/python-names";
import { Complaint } from "../../complaint.ts";
import { extractTag } from "../tagged-tree.ts";
import { machinePip } from "./machine-pip.ts";
import type { PypiIndex } from "./pypi.ts";
import { uploadFile, uploadTarget } from "./upload-client.ts";

const run = promisify(execFile);

/** Which tag of which git repository (bare or not) to publish, and where. */
export interface TaggedProject {
  index: PypiIndex;
  repository: string;
  tag: string;
  /** The names that may be published. */
  names: string[];
}

/**
 * Builds the wheel of a tagged version with this machine's pip, and uploads it, as its release once did; returns
 * `name@version`. Throws a `Complaint` for a project of another name, and where pip or the index refuses.
 */
export async function publishProject({ index, repository, tag, names }: TaggedProject): Promise<string[]> {
  const scratch = await mkdtemp(join(tmpdir(), "seed-"));
  try {
    const tree = await extractTag(scratch, repository, tag);
    const wheels = join(scratch, "wheels");
    await mkdir(wheels);
    await build(tree, wheels);
    const [filename = ""] = await readdir(wheels);
    const [name = "", version = ""] = filename.split("-");
    if (!names.map(pythonName).includes(pythonName(name))) throw otherProject(tag, name, names);
    const target = uploadTarget(index.publishingEnvironment);
    const answer = target && (await uploadFile({ filename, bytes: await readFile(join(wheels, filename)) }, target));
    if (answer?.code !== 200) throw refused(`the index to take ${filename}`, answer?.reason ?? "no index");
    return [`${pythonName(name)}@${version}`];
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

async function build(tree: string, wheels: string): Promise<void> {
  const words = ["wheel", "--quiet", "--no-deps", "--disable-pip-version-check", "--wheel-dir", wheels, tree];
  try {
    await run(machinePip() ?? "pip", words);
  } catch (cause) {
    throw refused("pip wheel to succeed", cause instanceof Error ? cause.message : String(cause));
  }
}

function refused(what: string, found: string): Complaint {
  return new Complaint(
    `expected ${what} for the release before, found:\n${found.trim()}`,
    "The newest tag is published before the rehearsal, as its release once did: it must be a project that can be built.",
  );
}

function otherProject(tag: string, found: string, names: string[]): Complaint {
  return new Complaint(
    `expected the project ${names.join(" or ")} of the configuration's channels in ${tag}, found ${found}`,
    "Name the same project in pyproject.toml and under `channels`.",
  );
}
