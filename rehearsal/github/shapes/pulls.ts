import { mergedTree } from "../git/merging.ts";
import { findRef } from "../git/refs.ts";
import type { PullRequest } from "../records.ts";
import { apiPath, htmlPath, nodeId, type World } from "../world.ts";
import { fullRepository } from "./repository.ts";
import { userShape } from "./user.ts";

/** Commits at the two ends of a pull request, as its branches stand; undefined where a branch is gone. */
export async function endsOf({ git }: World, pull: PullRequest): Promise<{ head?: string; base?: string }> {
  const [head, base] = await Promise.all([
    pull.headSha ?? findRef(git, `refs/heads/${pull.headBranch}`).then((ref) => ref?.commit),
    findRef(git, `refs/heads/${pull.baseBranch}`).then((ref) => ref?.commit),
  ]);
  return { ...(head ? { head } : {}), ...(base ? { base } : {}) };
}

/** Shows a pull request as it stands in lists. */
export async function listedPull(world: World, pull: PullRequest) {
  const { place } = world;
  const { head = "0".repeat(40), base = "0".repeat(40) } = await endsOf(world, pull);
  const url = apiPath(place, `/pulls/${pull.number}`);
  const issue = apiPath(place, `/issues/${pull.number}`);
  const page = htmlPath(place, `/pull/${pull.number}`);
  const links = {
    ...{ self: url, html: page, issue, comments: `${issue}/comments`, review_comments: `${url}/comments` },
    ...{ review_comment: `${url}/comments{/number}`, commits: `${url}/commits` },
    statuses: apiPath(place, `/statuses/${head}`),
  };
  return {
    ...{ id: pull.id, node_id: nodeId("PullRequest", pull.id), number: pull.number, locked: false },
    ...{ url, html_url: page, diff_url: `${page}.diff`, patch_url: `${page}.patch`, issue_url: issue },
    ...{ commits_url: links.commits, review_comments_url: links.review_comments, comments_url: links.comments },
    ...{ review_comment_url: links.review_comment, statuses_url: links.statuses },
    ...{ state: pull.state === "open" ? "open" : "closed", title: pull.title, body: pull.body, labels: [] },
    ...{ user: userShape(place, pull.author), assignee: null, milestone: null, draft: false, auto_merge: null },
    ...{ created_at: pull.createdAt, updated_at: pull.updatedAt, closed_at: pull.closedAt },
    ...{ merged_at: pull.state === "merged" ? pull.closedAt : null, merge_commit_sha: pull.mergeCommit },
    head: end(world, pull.headBranch, head),
    base: end(world, pull.baseBranch, base),
    author_association: "NONE",
    _links: Object.fromEntries(Object.entries(links).map(([name, href]) => [name, { href }])),
  };
}

/** Shows one pull request, with whether it can be merged. */
export async function fullPull(world: World, pull: PullRequest) {
  const { head, base } = await endsOf(world, pull);
  const open = pull.state === "open";
  const clean = open && head && base ? (await mergedTree(world.git, base, head)) !== undefined : null;
  return {
    ...(await listedPull(world, pull)),
    ...{ merged: pull.state === "merged", merged_by: null, mergeable: clean, rebaseable: clean },
    ...{ mergeable_state: clean === null ? "unknown" : clean ? "clean" : "dirty", maintainer_can_modify: false },
    ...{ comments: 0, review_comments: 0, commits: pull.commits.length, additions: 0, deletions: 0, changed_files: 0 },
  };
}

function end({ place, state }: World, ref: string, sha: string) {
  const { createdAt } = state;
  const facts = { branch: "main", createdAt, pushedAt: createdAt, openIssues: 0 };
  // Inside a pull request, the repository is told without these two, and with the third.
  const { subscribers_count: _watching, network_count: _forking, ...told } = fullRepository(place, facts);
  const repo = { ...told, has_downloads: false };
  return { label: `${place.owner}:${ref}`, ref, sha, user: userShape(place, place.owner), repo };
}
