/** `hashFiles`: one SHA-256 over the SHA-256 of each file that a pattern finds in the workspace. */
import { createHash } from "node:crypto";
import { globSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";

/** Hashes the files below a workspace; without a file the answer is empty. A pattern after `!` takes files away. */
export function hashFiles(workspace: string, patterns: string[]): string {
  const lines = patterns.flatMap((pattern) => pattern.split("\n")).map((line) => line.trim());
  const matches = (wanted: string[]) =>
    globSync(wanted, { cwd: workspace }).filter((path) => isFile(join(workspace, path)));
  const excluded = new Set(matches(lines.filter((line) => line.startsWith("!")).map((line) => line.slice(1))));
  const files = matches(lines.filter((line) => line !== "" && !line.startsWith("!") && !line.startsWith("#")));
  const kept = [...new Set(files)].filter((path) => !excluded.has(path)).sort();
  if (kept.length === 0) return "";
  const whole = createHash("sha256");
  for (const path of kept)
    whole.update(
      createHash("sha256")
        .update(readFileSync(join(workspace, path)))
        .digest(),
    );
  return whole.digest("hex");
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
}
