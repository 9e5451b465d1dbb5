import { execFileSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as z from "zod";
import { makeRepository, type RecordedCase, readDescription, readJson } from "./case-files.ts";
import { type Configuration, configurations } from "./configurations.ts";

const commitRow = z.object({ sha: z.string(), parents: z.array(z.string()) });

/** A history as a repository. */
export interface RebuiltCase {
  name: string;
  /** Folder of its own; `history.git` in it holds everything. */
  folder: string;
  /** Translates a recorded commit id; one that is not recorded, such as zeros, stays as it is. */
  idOf(recorded: string): string;
  /** Runs git in the rebuilt repository, or in another folder. */
  git(args: string[], options?: { in?: string; input?: string }): string;
  /** The configuration that the project would have had at a commit. */
  configurationAt(commit: string): Configuration;
  remove(): void;
}

/** Rebuilds a history with the recorded tool, with its configurations in every root commit and thus in all others. */
export function rebuildCase({ name, folder: recorded }: RecordedCase): RebuiltCase {
  const folder = mkdtempSync(join(tmpdir(), `seaworthy-case-${name}-`));
  const added = configurations[name] ?? [];
  const history = join(folder, "history.git");
  amendCase(recorded, join(folder, "case"), added);
  execFileSync(process.execPath, [makeRepository, join(folder, "case"), history], {
    stdio: ["ignore", "ignore", "inherit"],
  });
  const map = z.record(z.string(), z.string()).parse(readJson(join(folder, "history.map.json")));
  const git: RebuiltCase["git"] = (args, { in: directory = history, input } = {}) =>
    execFileSync("git", args, {
      cwd: directory,
      env: { ...process.env, GIT_CONFIG_GLOBAL: "/dev/null", GIT_CONFIG_NOSYSTEM: "1" },
      encoding: "utf8",
      stdio: ["pipe", "pipe", "pipe"],
      maxBuffer: 2 ** 28,
      ...(input === undefined ? {} : { input }),
    }).trim();
  return {
    name,
    folder,
    git,
    idOf: (id) => map[id] ?? id,
    configurationAt: (commit) => {
      const fitting = added.find(({ needs }) => git(["ls-tree", commit, "--", needs]) !== "") ?? added[0];
      if (!fitting) throw new Error(`expected a configuration of the history ${name}, found none`);
      return fitting;
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** Copies a recorded history with more files in its roots. */
function amendCase(recorded: string, target: string, added: Configuration[]): void {
  mkdirSync(target);
  for (const name of ["commits.jsonl", "tags.jsonl"]) copyFileSync(join(recorded, name), join(target, name));
  const rows = readFileSync(join(recorded, "commits.jsonl"), "utf8").trimEnd().split("\n");
  const roots = rows.map((row) => commitRow.parse(JSON.parse(row))).filter(({ parents }) => parents.length === 0);
  const more = roots.flatMap(({ sha }) =>
    added.map(({ path, text }) => `${JSON.stringify({ path, sha, content: text })}\n`),
  );
  writeFileSync(join(target, "files.jsonl"), readFileSync(join(recorded, "files.jsonl"), "utf8") + more.join(""));
  const description = readDescription(recorded);
  const counts = { ...description.counts, files: description.counts.files + more.length };
  writeFileSync(join(target, "case.json"), JSON.stringify({ ...description, counts }));
}
