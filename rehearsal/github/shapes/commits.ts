import { signerOf } from "../../ssh-signature.ts";
import type { Commit } from "../git/objects.ts";
import type { SigningKey } from "../records.ts";
import { apiPath, htmlPath, nodeId, type Place, type World } from "../world.ts";
import { accountOf, userShape } from "./user.ts";

type Signed = Pick<Commit, "signature" | "payload" | "committer">;

/** Shows whose key made a signature: it is verified where an account has the key and the committer's address. OpenPGP is not read. */
export function verification({ state }: World, commit: Signed | undefined) {
  const { signature = null, payload = null } = commit ?? {};
  const reason = commit ? reasonOf(state.signingKeys, commit) : "unsigned";
  const verified = reason === "valid";
  return { verified, reason, signature, payload, verified_at: verified && commit ? commit.committer.date : null };
}

function reasonOf(keys: SigningKey[], { signature, payload, committer }: Signed): string {
  if (signature === null || payload === null) return "unsigned";
  if (!signature.startsWith("-----BEGIN SSH SIGNATURE-----")) return "unknown_key";
  const signer = signerOf(signature, Buffer.from(payload));
  if (signer === undefined) return "invalid";
  const owners = keys.filter(({ key }) => key === signer).map(({ login }) => login);
  if (owners.length === 0) return "unknown_key";
  return owners.includes(accountOf(committer.email) ?? "") ? "valid" : "bad_email";
}

/** Shows a commit as the repository routes do. */
export function commitShape(world: World, commit: Commit) {
  const { place } = world;
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
      verification: verification(world, commit),
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
export function gitCommitShape(world: World, commit: Commit) {
  const { place } = world;
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
    verification: verification(world, commit),
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
