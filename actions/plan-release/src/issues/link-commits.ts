import { addressText, type IssueAddress } from "#src/domain/issue-address";
import { withoutReverted } from "#src/domain/reverted";
import type { Found, FoundIssue, FoundPullRequest } from "#src/ports/linked-issues";
import type { Policy } from "../facts.ts";
import { draftFingerprint } from "./filed-issues.ts";
import type { AuditedCommit, CommitLink, IssueFacts } from "./issue-facts.ts";

/** What linking needs of the policy. */
export type LinkPolicy = Pick<Policy, "issues" | "home" | "chain">;

interface Wanted extends IssueAddress {
  closes: boolean;
  own: boolean;
  told: boolean;
}

/** Links every commit with its issues and pull requests: what its message names, what brought it, and what the mapping file says. */
export function linkCommits(policy: LinkPolicy, facts: IssueFacts): CommitLink[] {
  const kept = new Set(withoutReverted(facts.commits).map(({ sha }) => sha));
  return facts.commits.map((commit) =>
    kept.has(commit.sha)
      ? concluded(commit, policy, facts)
      : { commit, state: "exempt", why: "it is reverted again, or reverts what is", ...nothing() },
  );
}

type Linked = Omit<CommitLink, "commit" | "state" | "why">;
type Gathered = Linked & { absent: string[]; elsewhere: string[] };

const nothing = (): Linked => ({ issues: [], pulls: [], settles: [], untold: [], doubts: [] });

function gathered(commit: AuditedCommit, policy: LinkPolicy, facts: IssueFacts): Gathered {
  const into: Gathered = { ...nothing(), absent: [], elsewhere: [] };
  const { wanted, doubts } = wantedOf(commit, policy, facts);
  into.doubts.push(...doubts);
  for (const one of wanted) {
    const found = foundAt(one, policy, facts);
    if (found.kind === "issue") addIssue(found, one, into);
    else if (found.kind === "pull-request")
      addPullRequest(found, one, into, (at) => foundAt(at, policy, facts), policy);
    else if (found.kind === "absent") into.absent.push(addressText(one));
    else if (found.kind === "elsewhere") into.elsewhere.push(addressText(one));
    else into.doubts.push(`${addressText(one)}: ${found.because}`);
  }
  return into;
}

/** The pull request that brought a commit may be named by its message as well; both are one. */
function wantedOf(
  commit: AuditedCommit,
  { home }: LinkPolicy,
  facts: IssueFacts,
): { wanted: Wanted[]; doubts: string[] } {
  const brought = facts.brought.get(commit.sha) ?? { known: false as const, because: facts.silence };
  const repository = home.repository.toLowerCase();
  const pulls = brought.known ? brought.numbers.map((number) => ({ repository, number })) : [];
  const all: Wanted[] = [
    ...pulls.map((one) => ({ ...one, closes: false, own: true, told: true })),
    ...commit.references.map((one) => ({ ...one, told: true })),
    ...(facts.mapped.get(commit.sha) ?? []).map((one) => ({
      ...one,
      closes: commit.class === "fix",
      own: false,
      told: false,
    })),
  ];
  return { wanted: all, doubts: brought.known ? [] : [`its pull requests: ${brought.because}`] };
}

type Seen = Found | { kind: "elsewhere" };

function foundAt(address: IssueAddress, { issues, home }: LinkPolicy, facts: IssueFacts): Seen {
  const own = [home.repository, ...issues.repositories].some((one) => one.toLowerCase() === address.repository);
  if (!own) return { kind: "elsewhere" };
  return facts.found.get(addressText(address)) ?? { kind: "unknown", because: facts.silence };
}

function addIssue(issue: FoundIssue, { closes, told }: Pick<Wanted, "closes" | "told">, into: Gathered): void {
  const key = addressText(issue);
  if (!into.issues.some((one) => addressText(one) === key)) into.issues.push(issue);
  if (!closes) return;
  if (!into.settles.includes(key)) into.settles.push(key);
  into.untold = told ? into.untold.filter((one) => one !== key) : [...into.untold, key];
}

/** A pull request from one branch of the promotion's chain to the next brings commits, and describes none of them. */
function addPullRequest(
  pull: FoundPullRequest,
  { own }: Wanted,
  into: Gathered,
  find: (at: IssueAddress) => Seen,
  { chain }: LinkPolicy,
): void {
  if (own && chain.includes(pull.head)) return;
  const key = addressText(pull);
  if (into.pulls.some((one) => addressText(one) === key)) return;
  into.pulls.push(pull);
  if (!own) return;
  for (const at of pull.closes) {
    const found = find(at);
    if (found.kind === "issue") addIssue(found, { closes: true, told: true }, into);
    else if (found.kind === "unknown") into.doubts.push(`${addressText(at)}: ${found.because}`);
  }
}

function concluded(commit: AuditedCommit, policy: LinkPolicy, facts: IssueFacts): CommitLink {
  const { absent, elsewhere, ...found } = gathered(commit, policy, facts);
  const { issues } = policy;
  const excuse = excuseOf(commit, issues["excluded-types"]);
  if (excuse !== undefined) return { commit, state: "exempt", why: excuse, ...found };
  const targets = issues.accept === "issues" ? found.issues : [...found.issues, ...found.pulls];
  if (targets.length > 0) return { commit, state: "linked", why: targets.map(addressText).join(", "), ...found };
  const unsure = [...found.doubts, ...elsewhere.map((one) => `${one} is not in \`issues.repositories\``)];
  if (unsure.length > 0) return { commit, state: "unknown", why: unsure.join("; "), ...found };
  const named = [
    ...absent.map((one) => `${one}, which does not exist`),
    ...found.pulls.map((one) => `${addressText(one)}, which closes no issue`),
  ];
  const why = named.length > 0 ? `names ${named.join(", ")}` : "names none";
  return withFiled({ commit, state: "missing", why, ...found }, policy, facts);
}

/** The issue that was filed for a commit counts. What it asks for is in the commit, so that the commit settles it. */
function withFiled(link: CommitLink, policy: LinkPolicy, { filed }: IssueFacts): CommitLink {
  const issue = filed.known.get(draftFingerprint(policy, link));
  const { doubt } = filed;
  if (issue) {
    const key = addressText(issue);
    return { ...link, state: "linked", why: key, issues: [issue], settles: [key], untold: [key] };
  }
  if (doubt === undefined) return link;
  const doubts = [...link.doubts, `issues that were filed: ${doubt}`];
  return { ...link, state: "unknown", why: `${link.why}; issues that were filed: ${doubt}`, doubts };
}

/** Why a commit needs no issue. A breaking change always does, and a merge that names its pull request is judged by that. */
function excuseOf(commit: AuditedCommit, excluded: readonly string[]): string | undefined {
  const bare = commit.class === "merge" && commit.parents.length > 1 && !commit.references.some(({ own }) => own);
  if (bare) return "what it merges is audited by itself";
  const inside = [commit, ...commit.carried];
  const free = inside.every((one) => excluded.includes(one.class) && !one.breaking);
  return free ? `commits of type ${commit.class} need none` : undefined;
}
