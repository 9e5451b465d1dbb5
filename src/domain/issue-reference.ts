import type { IssueAddress } from "#src/domain/issue-address";

/** How a commit's message speaks of an issue or a pull request. */
export interface IssueReference extends IssueAddress {
  /** The message says that the commit settles it: `fixes #12`, or its number in the subject of a fix. */
  closes: boolean;
  /** It is the pull request that the commit itself came by: `(#12)` ends the subject, or a merge names it. */
  own: boolean;
}

/** Where a message was written: `#12` is of this repository, and only links to this server count. */
export interface Home {
  /** `owner/name`. */
  repository: string;
  serverUrl: string;
}

const longest = 65_536;
const name = String.raw`[\w.-]{1,100}\/[\w.-]{1,100}`;
const keyword = /\b(?:close[sd]?|fix(?:e[sd])?|resolve[sd]?):?\s+$/i;
const between = /^\s*(?:,|&|and\b|,\s*and\b)?\s*$/i;

/**
 * Finds the issues and pull requests that a message names: `#12`, `GH-12`, `owner/name#12`, and addresses on the server. What a
 * revert quotes, and the branches that a merge names, are no references; a discussion's address is none either.
 */
export function referencesIn(message: string, home: Home): IssueReference[] {
  const [subject = "", ...rest] = message.slice(0, longest).split("\n");
  const reverts = /^(?:revert|reapply)\b/i.test(subject);
  const merged = /^Merge pull request #(\d{1,15}) from /.exec(subject)?.[1];
  const squashed = /\(#(\d{1,15})\)\s*$/.exec(subject)?.[1];
  const body = rest.filter((line) => !/^Reverts \S+$/.test(line.trim())).join("\n");
  const found = [
    ...named(merged === undefined ? ownWords(subject) : `#${merged}`, home).map((one) => ({
      ...one,
      closes: one.closes || /^fix(?:\([^()]*\))?!?: /i.test(subject),
      own: String(one.number) === (merged ?? squashed) && one.repository === home.repository.toLowerCase(),
    })),
    ...named(body, home).map((one) => ({ ...one, own: false })),
  ];
  return united(reverts ? found.map((one) => ({ ...one, closes: false })) : found);
}

/** A revert quotes another subject, and a merge of branches says only their names. */
function ownWords(subject: string): string {
  if (/^Merge (?:branch|branches|remote-tracking branch|tag|commit)\b/.test(subject)) return "";
  return subject.replace(/^((?:Revert|Reapply) )".*"/, "$1");
}

type Named = IssueAddress & { closes: boolean };

function named(text: string, { repository, serverUrl }: Home): Named[] {
  const server = serverUrl.replace(/^https?:\/\//i, "").replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  const pattern = new RegExp(
    String.raw`https?:\/\/${server}\/(?<there>${name})\/(?:issues|pull)\/(?<linked>\d{1,15})\b|(?<![\w./#&-])(?:(?<other>${name})#|#|GH-)(?<plain>[1-9]\d{0,14})\b(?!\.?\w)`,
    "gi",
  );
  let end = 0;
  let closing = false;
  return [...text.matchAll(pattern)].map((match) => {
    const before = text.slice(end, match.index);
    // A word such as `fixes` speaks of the whole list that follows it.
    closing = keyword.test(before) || (closing && between.test(before));
    end = match.index + match[0].length;
    const { there, linked, other, plain } = match.groups ?? {};
    const place = (there ?? other ?? repository).toLowerCase();
    return { repository: place, number: Number(linked ?? plain), closes: closing };
  });
}

function united(references: IssueReference[]): IssueReference[] {
  const byAddress = new Map<string, IssueReference>();
  for (const one of references) {
    const key = `${one.repository}#${one.number}`;
    const known = byAddress.get(key);
    byAddress.set(key, known ? { ...one, closes: known.closes || one.closes, own: known.own || one.own } : one);
  }
  return [...byAddress.values()];
}
