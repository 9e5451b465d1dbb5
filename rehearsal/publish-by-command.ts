import { execFile } from "node:child_process";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { Complaint } from "./complaint.ts";
import { clientOf } from "./registries/client-run.ts";
import { hostEnvironment } from "./runner/host-environment.ts";

const run = promisify(execFile);

/** Which tag of which bare repository to publish, by which command line, on which machine. */
export interface TaggedRelease {
  repository: string;
  tag: string;
  command: string;
  /** Variables that lead to the embedded registries. */
  machine: Record<string, string>;
}

/**
 * Publishes a tagged release by the example's own command, as its workflow once did, from a clean tree and with an empty home.
 * Throws a `Complaint` where the command fails.
 */
export async function publishByCommand({ repository, tag, command, machine }: TaggedRelease): Promise<void> {
  const scratch = await mkdtemp(join(tmpdir(), "seed-"));
  try {
    const [tree, home] = [join(scratch, "tree"), join(scratch, "home")];
    for (const folder of [tree, home]) await mkdir(folder);
    await run("git", ["-C", repository, "archive", `--output=${join(scratch, "tree.tar")}`, `${tag}^{commit}`]);
    await run("tar", ["-xf", join(scratch, "tree.tar"), "-C", tree]);
    const bash = clientOf("bash", hostEnvironment(process.execPath, home, machine));
    const { code, stderr } = await bash(tree, "--noprofile", "--norc", "-eo", "pipefail", "-c", command);
    if (code === 0) return;
    throw new Complaint(
      `expected \`${command}\` to publish ${tag}, the release before, found exit code ${code}:\n${stderr.trim()}`,
      "It stands in history/history.json of the example, and must work on the tree of its tag.",
    );
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}
