import { GraphQLError } from "graphql";
import { readCommits } from "../git/objects.ts";
import type { Issue, PullRequest } from "../records.ts";
import { covers, type Grant } from "../tokens.ts";
import { htmlPath, type World } from "../world.ts";

/** Whom a query is answered for. */
export interface Asker {
  readonly world: World;
  readonly grant: Grant;
}

interface Bounds {
  first?: number;
  last?: number;
  after?: string;
}

/** What issues are chosen and ordered by. */
interface Search extends Bounds {
  labels?: string[];
  orderBy?: { direction: "ASC" | "DESC" };
}

/** What a query begins at. GitHub names what is absent, and what the token may not read, in errors beside the data. */
export function rootOf(asker: Asker) {
  const { place } = asker.world;
  return {
    repository({ owner, name }: { owner: string; name: string }) {
      if (`${owner}/${name}`.toLowerCase() === `${place.owner}/${place.name}`.toLowerCase())
        return repositoryNode(asker);
      throw typed("NOT_FOUND", `Could not resolve to a Repository with the name '${owner}/${name}'.`);
    },
  };
}

function repositoryNode(asker: Asker) {
  const { world } = asker;
  const { state, place } = world;
  const commits = commitReader(world);
  return {
    nameWithOwner: `${place.owner}/${place.name}`,
    async object({ oid }: { oid?: string }) {
      needs(asker, "contents:read");
      const sha = oid && (await commits(oid));
      return sha ? commitNode(asker, sha) : null;
    },
    issueOrPullRequest({ number }: { number: number }) {
      const issue = state.issues.find((one) => one.number === number);
      if (issue) return issueNode(asker, issue);
      const pull = state.pulls.find((one) => one.number === number);
      if (pull) return pullNode(asker, pull);
      throw typed("NOT_FOUND", `Could not resolve to an issue or pull request with the number of ${number}.`);
    },
    issues: ({ labels, orderBy, ...bounds }: Search) => {
      needs(asker, "issues:read");
      const wanted = labels?.map((one) => one.toLowerCase());
      const found = state.issues.filter(
        (one) => !wanted || one.labels.some((label) => wanted.includes(label.toLowerCase())),
      );
      const ordered = orderBy?.direction === "DESC" ? found.toReversed() : found;
      return connection(bounds, ordered, (one) => issueNode(asker, one));
    },
    pullRequests: (bounds: Bounds) => {
      needs(asker, "pull-requests:read");
      return connection(bounds, state.pulls, (one) => pullNode(asker, one));
    },
  };
}

function commitNode(asker: Asker, oid: string) {
  return {
    __typename: "Commit",
    oid,
    associatedPullRequests(bounds: Bounds) {
      needs(asker, "pull-requests:read");
      const own = asker.world.state.pulls.filter(({ commits }) => commits.includes(oid));
      return connection(bounds, own, (one) => pullNode(asker, one));
    },
  };
}

function pullNode(asker: Asker, pull: PullRequest) {
  needs(asker, "pull-requests:read");
  const { number, title, body, state, headBranch, labels, closes } = pull;
  const { world } = asker;
  return {
    __typename: "PullRequest",
    number,
    title,
    body: body ?? "",
    url: htmlPath(world.place, `/pull/${number}`),
    state: state.toUpperCase(),
    headRefName: headBranch,
    repository: () => repositoryNode(asker),
    labels: labelsOf(labels),
    closingIssuesReferences(bounds: Bounds) {
      needs(asker, "issues:read");
      const closed = world.state.issues.filter((one) => closes.includes(one.number));
      return connection(bounds, closed, (one) => issueNode(asker, one));
    },
  };
}

function issueNode(asker: Asker, issue: Issue) {
  needs(asker, "issues:read");
  const { number, title, body, state, reason, labels, closer } = issue;
  return {
    __typename: "Issue",
    number,
    title,
    body: body ?? "",
    url: htmlPath(asker.world.place, `/issues/${number}`),
    state: state.toUpperCase(),
    stateReason: reason?.toUpperCase() ?? null,
    author: actorNode(issue.author),
    repository: () => repositoryNode(asker),
    labels: labelsOf(labels),
    comments: (bounds: Bounds) =>
      connection(
        bounds,
        asker.world.state.comments.filter((one) => one.issue === issue.id),
        ({ body: text }) => ({ body: text }),
      ),
    timelineItems: () => ({
      nodes: state === "closed" ? [{ __typename: "ClosedEvent", closer: () => closerNode(asker, closer) }] : [],
    }),
  };
}

/** An app's login stands here without the `[bot]` that it has elsewhere; an account that is gone is null. */
function actorNode(login: string) {
  if (login === "") return null;
  return login.endsWith("[bot]") ? { __typename: "Bot", login: login.slice(0, -5) } : { __typename: "User", login };
}

function closerNode(asker: Asker, closer: Issue["closer"]) {
  if (closer === null) return null;
  if ("commit" in closer) return commitNode(asker, closer.commit);
  const pull = asker.world.state.pulls.find((one) => one.number === closer.pull);
  return pull ? pullNode(asker, pull) : null;
}

const labelsOf = (names: string[]) => (bounds: Bounds) => connection(bounds, names, (name) => ({ name }));

function connection<From, To>({ first, last, after }: Bounds, all: From[], show: (one: From) => To) {
  const start = after === undefined ? 0 : Number(Buffer.from(after, "base64").toString());
  const end = first === undefined ? all.length : Math.min(all.length, start + first);
  const shown = first === undefined ? all.slice(-(last ?? 0)) : all.slice(start, end);
  const endCursor = shown.length === 0 ? null : Buffer.from(String(end)).toString("base64");
  return {
    totalCount: all.length,
    nodes: () => shown.map(show),
    pageInfo: { hasNextPage: end < all.length, endCursor },
  };
}

/** Commits that one query names are read by one git process; what is no commit is null, as at GitHub. */
function commitReader({ git }: World): (oid: string) => Promise<string | undefined> {
  let waiting: { oids: string[]; found: Promise<Set<string>> } | undefined;
  return async (oid) => {
    waiting ??= gathering();
    waiting.oids.push(oid);
    return (await waiting.found).has(oid) ? oid : undefined;
  };

  function gathering() {
    const oids: string[] = [];
    const found = new Promise<void>((resolve) => setImmediate(resolve)).then(async () => {
      waiting = undefined;
      return new Set((await readCommits(git, oids)).map(({ sha }) => sha));
    });
    return { oids, found };
  }
}

function needs({ grant }: Asker, scope: string): void {
  if (!covers(grant.permissions, scope)) throw typed("FORBIDDEN", "Resource not accessible by integration");
}

function typed(type: string, message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { type } });
}
