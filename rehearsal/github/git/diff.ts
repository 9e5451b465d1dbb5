import type { Git } from "./git.ts";

/** One changed file; `from` is the former path of a renamed one. */
export interface DiffEntry {
  readonly path: string;
  readonly from?: string;
  readonly sha: string | null;
  readonly change: "added" | "removed" | "modified" | "renamed" | "copied" | "changed";
  readonly additions: number;
  readonly deletions: number;
}

/** The tree of a repository without files: what a first commit is compared with. */
const EMPTY_TREE = "4b825dc642cb6eb9a060e54bf8d69288fbee4904";
const LETTERS = new Map<string, DiffEntry["change"]>([
  ["A", "added"],
  ["D", "removed"],
  ["M", "modified"],
  ["R", "renamed"],
  ["C", "copied"],
  ["T", "changed"],
]);

/** Lists the files that differ between two commits; without a first one, everything is added. */
export async function diffEntries(git: Git, from: string | undefined, to: string): Promise<DiffEntry[]> {
  const pair = [from ?? EMPTY_TREE, to];
  const raw = fields(await git.run(["diff-tree", "-r", "-z", "-M", "--raw", "--no-abbrev", ...pair]));
  const counted = counts(fields(await git.run(["diff-tree", "-r", "-z", "-M", "--numstat", ...pair])));
  const entries: DiffEntry[] = [];
  for (let at = 0; at < raw.length; ) {
    const [line = "", first = "", second = ""] = raw.slice(at, at + 3);
    const letter = line.split(" ").at(-1)?.slice(0, 1) ?? "";
    const moved = letter === "R" || letter === "C";
    const path = moved ? second : first;
    entries.push({ ...entry(line, letter), ...count(counted, path), path, ...(moved ? { from: first } : {}) });
    at += moved ? 3 : 2;
  }
  return entries;
}

function entry(line: string, letter: string): Pick<DiffEntry, "sha" | "change"> {
  const [, , , sha = ""] = line.split(" ");
  const change = LETTERS.get(letter) ?? "changed";
  return { sha: change === "removed" ? null : sha, change };
}

function count(counted: Map<string, [number, number]>, path: string): Pick<DiffEntry, "additions" | "deletions"> {
  const [additions, deletions] = counted.get(path) ?? [0, 0];
  return { additions, deletions };
}

function counts(list: readonly string[]): Map<string, [number, number]> {
  const found = new Map<string, [number, number]>();
  for (let at = 0; at < list.length; at += 1) {
    const [added = "", removed = "", path = ""] = (list[at] ?? "").split("\t");
    // A renamed file's line has no path; the old and the new one follow as fields of their own.
    const name = path === "" ? (list[at + 2] ?? "") : path;
    if (path === "") at += 2;
    found.set(name, [Number(added) || 0, Number(removed) || 0]);
  }
  return found;
}

function fields(output: Buffer): string[] {
  const list = output.toString("utf8").split("\0");
  return list.at(-1) === "" ? list.slice(0, -1) : list;
}
