import { type ChangeKind, changeKinds } from "#src/domain/changes/kinds";
import type { Change } from "#src/domain/conventional-commit";
import { searchInTime } from "#src/domain/search-in-time";

/** How changes are told apart: components by their scopes, tickets by an expression. */
export interface ChangeScheme {
  components: { id: string; scopes: string[] }[];
  tickets: string;
}

/** A commit as it is tallied: its message, and what that says. */
export interface TalliedCommit {
  sha: string;
  message: string;
  breaking: boolean;
  class: Change["class"];
  carried: Change[];
}

/** One change of the summary. */
export interface ChangeLine {
  sha: string;
  kind: ChangeKind;
  components: string[];
  tickets: string[];
  subject: string;
}

/** How many changes there are of each kind. */
export type KindCounts = Record<ChangeKind, number>;

/** The changes since the release before. */
export interface ChangeSummary {
  kinds: KindCounts;
  components: { id: string; kinds: KindCounts }[];
  /** Tickets, each with the first commit met that names it. */
  tickets: ReadonlyMap<string, string>;
  lines: ChangeLine[];
  /** Changes that are counted and not listed. */
  leftOut: number;
}

/** Adds up changes, newest first. A commit that was reverted is not to be given. */
export interface ChangeTally {
  add(commit: TalliedCommit): void;
  total(): ChangeSummary;
}

/** Messages are searched for tickets so many at once, as each search has a limit of its own. */
const batch = 256;
const lineLimit = 200;
const subjectLimit = 200;
const nowhere = "elsewhere";
const advisory = /\b(CVE-\d{4}-\d{4,}|GHSA(-[0-9a-z]{4}){3})\b/i;

/** Starts a tally. Every change is counted; of each kind the newest 200 are listed. */
export function startChangeTally({ components, tickets: pattern }: ChangeScheme): ChangeTally {
  const ticketForm = new RegExp(pattern, "gu");
  const kinds = noChanges();
  const byComponent = new Map(components.map(({ id }) => [id, noChanges()]));
  const tickets = new Map<string, string>();
  const lines: ChangeLine[] = [];
  const waiting: TalliedCommit[] = [];
  const count = (commit: TalliedCommit, mentioned: string[]) => {
    // A revert takes its ticket away, its own revert brings it back, and a bare merge brings what its pull request's number stands for.
    if (commit.class !== "revert" || commit.message.startsWith("Reapply "))
      for (const ticket of mentioned) nameFirst(tickets, ticket, commit.sha);
    if (commit.class === "merge" && commit.carried.length === 0) return;
    const kind = kindOf(commit);
    const named = componentsOf(commit, components);
    for (const id of named) countIn(byComponent, id, kind);
    kinds[kind] += 1;
    if (kinds[kind] <= lineLimit) lines.push(lineOf(commit, { kind, components: named, tickets: mentioned }));
  };
  const flush = () => {
    const commits = waiting.splice(0);
    const mentioned = ticketsIn(commits, ticketForm);
    for (const [index, commit] of commits.entries()) count(commit, mentioned[index] ?? []);
  };
  return {
    add(commit) {
      if (waiting.push(commit) === batch) flush();
    },
    total: () => {
      flush();
      return {
        kinds,
        components: [...byComponent].map(([id, counts]) => ({ id, kinds: counts })),
        tickets,
        lines: lines.toSorted((a, b) => changeKinds.indexOf(a.kind) - changeKinds.indexOf(b.kind)),
        leftOut: changeKinds.reduce((sum, kind) => sum + Math.max(0, kinds[kind] - lineLimit), 0),
      };
    },
  };
}

/** Finds the tickets that each message names; throws `all.expression-too-slow`. */
function ticketsIn(commits: TalliedCommit[], form: RegExp): string[][] {
  return searchInTime("`changes.tickets`", () =>
    commits.map(({ message }) => [...new Set([...message.matchAll(form)].map(([ticket]) => ticket))]),
  );
}

function componentsOf({ message }: TalliedCommit, components: ChangeScheme["components"]): string[] {
  const scopes = scopesOf(message);
  const own = components.filter((one) => [one.id, ...one.scopes].some((name) => scopes.includes(name)));
  return own.length > 0 ? own.map(({ id }) => id) : [nowhere];
}

/** A merge or squash is what the weightiest change inside it is. */
function kindOf({ message, breaking, class: own, carried }: TalliedCommit): ChangeKind {
  const all = [{ class: own, breaking }, ...carried];
  if (all.some((one) => one.breaking)) return "breaking";
  if (scopesOf(message).includes("security") || /^security[(!:]/i.test(message) || advisory.test(message))
    return "security";
  if (all.some((one) => one.class === "feat")) return "features";
  return all.some((one) => one.class === "fix") ? "fixes" : "other";
}

function scopesOf(message: string): string[] {
  const [, scope = ""] = /^[a-z]+\(([^()\r\n]+)\)!?: /i.exec(message) ?? [];
  return scope.split(",").map((one) => one.trim());
}

function lineOf(
  { sha, message }: TalliedCommit,
  rest: Pick<ChangeLine, "kind" | "components" | "tickets">,
): ChangeLine {
  const [subject = ""] = message.split("\n", 1);
  return { sha, ...rest, tickets: rest.tickets.slice(0, 10), subject: subject.slice(0, subjectLimit) };
}

function nameFirst(tickets: Map<string, string>, ticket: string, sha: string): void {
  if (!tickets.has(ticket)) tickets.set(ticket, sha);
}

function countIn(counts: Map<string, KindCounts>, id: string, kind: ChangeKind): void {
  const own = counts.get(id) ?? noChanges();
  own[kind] += 1;
  counts.set(id, own);
}

function noChanges(): KindCounts {
  return { breaking: 0, security: 0, features: 0, fixes: 0, other: 0 };
}
