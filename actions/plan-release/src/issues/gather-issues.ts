import { readCommit } from "#src/domain/conventional-commit";
import { Failure } from "#src/domain/failure";
import { addressText, type IssueAddress } from "#src/domain/issue-address";
import { referencesIn } from "#src/domain/issue-reference";
import type { Commit, GitHistory } from "#src/ports/git-history";
import type { Found, LinkedIssues, PullRequestsOf } from "#src/ports/linked-issues";
import type { ProjectFiles } from "#src/ports/project-files";
import type { Policy } from "../facts.ts";
import { readFiled } from "./filed-issues.ts";
import type { AuditedCommit, FiledIssues, IssueFacts } from "./issue-facts.ts";
import { linkCommits } from "./link-commits.ts";
import { mappedIssues, readIssueMap } from "./read-issue-map.ts";

/** How many commits are audited, newest first; each hundred is one request. */
export const auditLimit = 1_000;

const messageLimit = 8_000;

/** How many issues and pull requests are looked up; a message may name any number of them. */
const lookLimit = 2_000;

type AuditPolicy = Pick<Policy, "issues" | "home" | "chain" | "blockers">;

/** What the audit asks. */
export interface IssuePorts {
  local: GitHistory & ProjectFiles;
  issues: LinkedIssues;
}

/** Tells whether anything hangs on issues: an audit, or labels that decide the step and were not handed in. */
export function wantsIssues({ issues, bump, labels }: Pick<Policy, "issues" | "bump" | "labels">): boolean {
  return issues.audit !== "off" || (bump.decision === "labels" && labels.size === 0);
}

/**
 * Gathers the issues of a range in steps, each of one request for a hundred things: the pull requests of its commits, all that
 * they and the commits name, the issues that those close, and, where a commit still lacks one, what was filed for it. A tracker
 * that does not answer leaves them unknown.
 */
export async function gatherIssues(
  policy: AuditPolicy,
  range: { base: string | null; head: string; described: IssueAddress[] },
  { local, issues }: IssuePorts,
): Promise<IssueFacts> {
  const { commits, older } = await readRange(local.commitsSince(range.base, range.head), policy);
  const file = policy.issues["map-file"];
  const map = file === undefined ? [] : readIssueMap(await local.read(file, range.head), file, policy.home.repository);
  const seen = { commits, older, mapped: mappedIssues(map, commits), described: range.described };
  const facts = { ...seen, ...(await asked(policy, seen, issues)), filed: none, paths: new Map() };
  return { ...facts, filed: await filedFor(policy, facts, issues) };
}

const none: FiledIssues = { known: new Map(), doubt: undefined };

async function filedFor(policy: AuditPolicy, facts: IssueFacts, issues: LinkedIssues): Promise<FiledIssues> {
  if (policy.issues.audit === "off" || linkCommits(policy, facts).every(({ state }) => state !== "missing"))
    return none;
  const { "audit-label": label, author } = policy.blockers;
  try {
    return readFiled(await issues.labelled(label), author);
  } catch (error) {
    if (!(error instanceof Failure) || error.kind === "bug") throw error;
    return { ...none, doubt: error.message };
  }
}

async function readRange(commits: AsyncIterable<Commit>, { home }: AuditPolicy) {
  const read: AuditedCommit[] = [];
  let older = 0;
  for await (const { sha, parents, message } of commits) {
    if (read.length >= auditLimit) older += 1;
    else {
      const [subject = ""] = message.split("\n", 1);
      const references = referencesIn(message, home);
      const about = readCommit(message, parents.length, home.repository);
      read.push({ sha, parents, subject, message: message.slice(0, messageLimit), ...about, references });
    }
  }
  return { commits: read, older };
}

type Seen = Pick<IssueFacts, "commits" | "mapped" | "described">;

async function asked(
  policy: AuditPolicy,
  seen: Seen,
  issues: LinkedIssues,
): Promise<Pick<IssueFacts, "brought" | "found" | "silence">> {
  const brought = new Map<string, PullRequestsOf>();
  const found = new Map<string, Found>();
  try {
    const told = await issues.pullRequestsOf(seen.commits.map(({ sha }) => sha));
    for (const [sha, pulls] of told) brought.set(sha, pulls);
    await look(namedIn(policy, seen, brought));
    await look([...found.values()].flatMap((one) => (one.kind === "pull-request" ? one.closes : [])));
    return { brought, found, silence: `more than ${lookLimit} issues are named` };
  } catch (error) {
    if (!(error instanceof Failure) || error.kind === "bug") throw error;
    return { brought, found, silence: error.message };
  }

  async function look(addresses: IssueAddress[]): Promise<void> {
    const places = [policy.home.repository, ...policy.issues.repositories].map((one) => one.toLowerCase());
    const fresh = new Map(
      addresses
        .filter((one) => places.includes(one.repository) && !found.has(addressText(one)))
        .map((one) => [addressText(one), one]),
    );
    const some = [...fresh.values()].slice(0, lookLimit - found.size);
    for (const [key, one] of await issues.find(some)) found.set(key, one);
  }
}

function namedIn({ home }: AuditPolicy, seen: Seen, brought: ReadonlyMap<string, PullRequestsOf>): IssueAddress[] {
  const repository = home.repository.toLowerCase();
  const numbers = [...brought.values()].flatMap((one) => (one.known ? one.numbers : []));
  return [
    ...numbers.map((number) => ({ repository, number })),
    ...seen.commits.flatMap(({ references }) => references),
    ...[...seen.mapped.values()].flat(),
    ...seen.described,
  ];
}
