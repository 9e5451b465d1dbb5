import type { Commit } from "../git/objects.ts";
import { apiPath, htmlPath, nodeId, type Place } from "../world.ts";
import { accountOf, userShape } from "./user.ts";

/** Shows whether a signature was found. The embedded GitHub knows no keys, so it never calls one verified. */
export function verification(commit: Pick<Commit, "signature">) {
  const reason = commit.signature ? "unknown_key" : "unsigned";
  return { verified: false, reason, signature: commit.signature, payload: null, verified_at: null };
}

/** Shows a commit as the repository routes do. */
export function commitShape(place: Place, commit: Commit) {
  return {
    url: apiPath(place, `/commits/${commit.sha}`),
    sha: commit.sha,
    node_id: nodeId("Commit", commit.sha),
    html_url: htmlPath(place, `/commit/${commit.sha}`),
    comments_url: apiPath(place, `/commits/${commit.sha}/comments`),
    commit: {
      url: apiPath(place, `/git/commits/${commit.sha}`),
      author: commit.author,
      committer: commit.committer,
      message: commit.message,
      comment_count: 0,
      tree: treeLink(place, commit.tree),
      verification: verification(commit),
    },
    author: accountShape(place, commit.author.email),
    committer: accountShape(place, commit.committer.email),
    parents: parentLinks(place, commit),
  };
}

function accountShape(place: Place, email: string) {
  const login = accountOf(email);
  return login === undefined ? null : userShape(place, login);
}

/** Shows a commit as the git data routes do. */
export function gitCommitShape(place: Place, commit: Commit) {
  return {
    sha: commit.sha,
    node_id: nodeId("Commit", commit.sha),
    url: apiPath(place, `/git/commits/${commit.sha}`),
    html_url: htmlPath(place, `/commit/${commit.sha}`),
    author: commit.author,
    committer: commit.committer,
    message: commit.message,
    tree: treeLink(place, commit.tree),
    parents: parentLinks(place, commit),
    verification: verification(commit),
  };
}

/** Shows a commit as it appears inside runs and check suites. */
export function simpleCommit(commit: Commit) {
  const { author, committer } = commit;
  return {
    id: commit.sha,
    tree_id: commit.tree,
    message: commit.message,
    timestamp: committer.date,
    author: { name: author.name, email: author.email },
    committer: { name: committer.name, email: committer.email },
  };
}

function treeLink(place: Place, sha: string) {
  return { sha, url: apiPath(place, `/git/trees/${sha}`) };
}

function parentLinks(place: Place, { parents }: Commit) {
  return parents.map((sha) => ({
    sha,
    url: apiPath(place, `/git/commits/${sha}`),
    html_url: htmlPath(place, `/commit/${sha}`),
  }));
}
