import { Failure } from "#src/domain/failure";
import type { Issues, TrackedIssue } from "#src/ports/issues";
import {
  epicFingerprint,
  epicTitle,
  type IssueKey,
  type OwnIssue,
  ownMarker,
  type Target,
  titlePrefix,
} from "./identity.ts";

/** The issues of a target as they stand. */
export interface Board {
  /** The suite's own issues by key; of several with one key, the open one with the lowest number stands first. */
  own: Map<IssueKey, OwnIssue[]>;
  /** Open issues that block the release: blockers by their title, and every part of an epic, whoever wrote it. */
  open: TrackedIssue[];
  /** Numbers of the parts of the target's own epic. */
  parts: Set<number>;
}

/**
 * Reads the board of a target. Issues are listed by label, because the search index lags. Throws `gates.blockers-unknown`
 * where a list is not whole.
 */
export async function readBoard(target: Target, issues: Issues): Promise<Board> {
  const [label = ""] = target.policy.labels;
  const labelled = await whole(`issues with the label ${label}`, () =>
    issues.list({ open: "either", labels: [label] }),
  );
  const own = groupOwn(labelled, target);
  const key: IssueKey = `epic ${epicFingerprint(target)}`;
  const epic = own.get(key)?.[0]?.issue.number;
  const epics = labelled.filter(({ title, number }) => title === epicTitle(target) || number === epic);
  const parts = new Map<number, TrackedIssue[]>();
  for (const { number } of epics) parts.set(number, await whole(`parts of #${number}`, () => issues.parts(number)));
  const titled = labelled.filter(({ title }) => title.startsWith(titlePrefix(target)));
  return {
    own,
    open: openOnes([...titled, ...[...parts.values()].flat()]),
    parts: new Set(parts.get(epic ?? 0)?.map(({ number }) => number)),
  };
}

/** Reads the issues that an audit has filed before. Throws `gates.blockers-unknown` where the list is not whole. */
export async function readDrafts(target: Target, issues: Issues): Promise<Board["own"]> {
  const label = target.policy["audit-label"];
  const found = await whole(`issues with the label ${label}`, () => issues.list({ open: "either", labels: [label] }));
  return groupOwn(found, target);
}

/** Groups the suite's own issues by key. */
export function groupOwn(found: TrackedIssue[], target: Target): Board["own"] {
  const marked = found.flatMap((issue): OwnIssue[] => {
    const marker = ownMarker(issue, target);
    return marker && marker.kind !== "note" ? [{ issue, marker }] : [];
  });
  const byAge = marked.sort((a, b) => Number(b.issue.open) - Number(a.issue.open) || a.issue.number - b.issue.number);
  return Map.groupBy(byAge, ({ marker }): IssueKey => `${marker.kind} ${marker.fingerprint}`);
}

function openOnes(found: TrackedIssue[]): TrackedIssue[] {
  const open = found.filter((issue) => issue.open);
  return [...new Map(open.map((issue) => [issue.number, issue])).values()].sort((a, b) => a.number - b.number);
}

async function whole<Item>(what: string, ask: () => Promise<{ items: Item[]; complete: boolean }>): Promise<Item[]> {
  const { items, complete } = await ask();
  if (complete) return items;
  throw new Failure({
    kind: "upstream",
    code: "gates.blockers-unknown",
    message: `expected all ${what}, found more than the ${items.length} that are read`,
    hint: "Take the label off issues of old releases, then rerun the job.",
  });
}
