import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { RebuiltCase } from "./repository.ts";

/** Address that stands for the server's; nobody listens there. */
export const serverUrl = "http://git.localhost:9";

/** What the world is like when a question is asked. */
export interface Situation {
  branch: string;
  /** Commit that the branch has, and that is checked out. */
  head: string;
  /** `all` tags of the history, or only those that a commit's history contains. */
  tags: "all" | { in: string };
}

/** A remote with one branch and some tags, and a checkout of it. */
export interface Ground {
  /** File that leads git from the server's address to the remote's folder; the remote is `octo/tide.git` there. */
  gitSettings: string;
  remote: string;
  work: string;
  folder: string;
}

/** Prepares remote and checkout out of a rebuilt history; objects are shared, so that it takes no time. */
export function prepareGround(built: RebuiltCase, { branch, head, tags }: Situation): Ground {
  const folder = mkdtempSync(join(built.folder, "ground-"));
  const remote = join(folder, "octo", "tide.git");
  const work = join(folder, "work");
  mkdirSync(join(folder, "octo"));
  built.git(["init", "--quiet", "--bare", `--initial-branch=${branch}`, remote], { in: folder });
  writeFileSync(join(remote, "objects/info/alternates"), `${join(built.folder, "history.git", "objects")}\n`);
  const refs = [`create refs/heads/${branch} ${head}`, ...tagRows(built, tags)];
  built.git(["update-ref", "--stdin"], { in: remote, input: `${refs.join("\n")}\n` });
  built.git(["clone", "--quiet", "--shared", "--no-checkout", remote, work], { in: folder });
  built.git(["checkout", "--quiet", "--detach", head], { in: work });
  const gitSettings = join(folder, "gitconfig");
  writeFileSync(gitSettings, `[url "file://${folder}"]\n\tinsteadOf = ${serverUrl}\n`);
  return { gitSettings, remote, work, folder };
}

function tagRows(built: RebuiltCase, tags: Situation["tags"]): string[] {
  const merged = tags === "all" ? [] : [`--merged=${tags.in}`];
  const listed = built.git(["for-each-ref", ...merged, "--format=create %(refname) %(objectname)", "refs/tags"]);
  return listed.split("\n").filter(Boolean);
}
