import { diffEntries } from "../git/diff.ts";
import { type Commit, readCommits, resolveCommit } from "../git/objects.ts";
import { defaultBranch } from "../git/refs.ts";
import { page } from "../pages.ts";
import { notFound, Problem, type Reply, unprocessable } from "../problem.ts";
import { commitShape } from "../shapes/commits.ts";
import { diffShape } from "../shapes/diff.ts";
import { apiPath, type Call, htmlPath, type Routes, type World } from "../world.ts";

/** Commits and their comparison, answered by git. */
export const commits: Routes = {
  "repos/list-commits": listCommits,
  "repos/get-commit": getCommit,
  "repos/compare-commits-with-basehead": compare,
};

async function listCommits(call: Call, world: World): Promise<Reply> {
  const { sha, path, author, committer, since, until } = call.query;
  const start = await resolveCommit(world.git, sha ?? (await defaultBranch(world.git)));
  if (!start) throw notFound();
  const filters = Object.entries({ author, committer, since, until }).flatMap(([name, value]) =>
    value ? [`--${name}=${value}`] : [],
  );
  const listed = await world.git.run(["rev-list", ...filters, start, "--", ...(path ? [path] : [])]);
  const wanted = page(call, world, listed.toString("utf8").split("\n").filter(Boolean));
  const shown = await readCommits(world.git, shas(wanted.body));
  return { ...wanted, body: shown.map((one) => commitShape(world, one)) };
}

async function getCommit({ params, headers }: Call, world: World): Promise<Reply> {
  const commit = await required(world, params.ref ?? "");
  if (/\bapplication\/vnd\.github(\.v3)?\.sha\b/.test(headers.accept ?? "")) {
    return {
      code: 200,
      bytes: Buffer.from(commit.sha),
      headers: { "content-type": "application/vnd.github.sha; charset=utf-8" },
    };
  }
  const entries = await diffEntries(world.git, commit.parents[0], commit.sha);
  const additions = entries.reduce((sum, one) => sum + one.additions, 0);
  const deletions = entries.reduce((sum, one) => sum + one.deletions, 0);
  const files = entries.map((one) => diffShape(world.place, one, commit.sha));
  return {
    code: 200,
    body: { ...commitShape(world, commit), stats: { additions, deletions, total: additions + deletions }, files },
  };
}

async function compare(call: Call, world: World): Promise<Reply> {
  const { git, place } = world;
  const [from = "", to = ""] = (call.params.basehead ?? "").split("...");
  const [baseSha, headSha] = [await resolveCommit(git, from), await resolveCommit(git, to)];
  const merge = baseSha && headSha && (await git.find(["merge-base", baseSha, headSha]));
  if (!baseSha || !headSha) throw notFound();
  if (!merge) throw new Problem(404, `No common ancestor between ${from} and ${to}.`);
  const listed = shas(
    (await git.run(["rev-list", "--reverse", "--topo-order", `${baseSha}..${headSha}`]))
      .toString("utf8")
      .split("\n")
      .filter(Boolean),
  );
  const behind = Number(await git.find(["rev-list", "--count", `${headSha}..${baseSha}`]));
  const asked = "page" in call.query || "per_page" in call.query;
  const wanted = asked ? page(call, world, listed) : { body: listed.slice(0, 250), headers: {} };
  const shown = await readCommits(git, shas(wanted.body));
  const [base, ancestor] = await readCommits(git, [baseSha, merge]);
  if (!base || !ancestor) throw notFound();
  const html = htmlPath(place, `/compare/${from}...${to}`);
  const body = {
    url: apiPath(place, `/compare/${from}...${to}`),
    html_url: html,
    permalink_url: html,
    diff_url: `${html}.diff`,
    patch_url: `${html}.patch`,
    base_commit: commitShape(world, base),
    merge_base_commit: commitShape(world, ancestor),
    status: relation(listed.length, behind),
    ahead_by: listed.length,
    behind_by: behind,
    total_commits: listed.length,
    commits: shown.map((one) => commitShape(world, one)),
    files: (await diffEntries(git, merge, headSha)).slice(0, 300).map((one) => diffShape(place, one, headSha)),
  };
  return { code: 200, body, headers: wanted.headers ?? {} };
}

function relation(ahead: number, behind: number): "identical" | "ahead" | "behind" | "diverged" {
  if (ahead === 0) return behind === 0 ? "identical" : "behind";
  return behind === 0 ? "ahead" : "diverged";
}

function shas(list: unknown): string[] {
  return Array.isArray(list) ? list.map(String) : [];
}

/** Finds the commit behind a ref of the path; GitHub answers 422 to one it cannot resolve. */
export async function required(world: World, ref: string): Promise<Commit> {
  const sha = await resolveCommit(world.git, ref);
  const [commit] = sha ? await readCommits(world.git, [sha]) : [];
  if (!commit) throw unprocessable(`No commit found for SHA: ${ref}`);
  return commit;
}
