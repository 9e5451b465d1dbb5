/** Classes of commits: the types of Conventional Commits 1.0.0, `merge` for a merge of no type, and `other`. */
export const commitClasses = [
  "feat",
  "fix",
  "perf",
  "refactor",
  "docs",
  "test",
  "build",
  "ci",
  "chore",
  "style",
  "deps",
  "revert",
  "merge",
  "other",
] as const;

/** The class of a commit. */
export type CommitClass = (typeof commitClasses)[number];

/** One change that a message tells of. */
export interface Change {
  class: CommitClass;
  breaking: boolean;
}

/** What a revert takes back: a commit by its id, as the message spells it, or what a pull request brought, as `#12`. */
export interface Reversal {
  id: string;
  /** Of a merge: the parent that stays. */
  mainline?: string | undefined;
}

/** What a commit's message says about the change. */
export interface CommitReading extends Change {
  reverts: Reversal[];
  /** Changes that a merge or a squashed pull request tells of below its subject. */
  carried: Change[];
}

const header = /^([a-z]+)(?:\([^()\r\n]+\))?(!)?: \S/i;

/**
 * Reads a commit's message by Conventional Commits 1.0.0. An unknown type is `other`, never guessed at. Pull requests of
 * another repository than `repository` (`owner/name`) are not reverted here.
 */
export function readCommit(message: string, parents: number, repository = ""): CommitReading {
  const own = readHeader(message);
  const kind = own?.class ?? untyped(message, parents);
  return {
    class: kind,
    breaking: own?.breaking === true || /^BREAKING[ -]CHANGE: \S/m.test(message),
    reverts: [...revertedCommits(kind, message), ...(kind === "revert" ? revertedPulls(message, repository) : [])],
    carried: parents > 1 ? mergedTitle(message) : squashedTitles(message),
  };
}

function readHeader(line: string): Change | undefined {
  const [, type = "", mark] = header.exec(line) ?? [];
  const named = commitClasses.find((known) => known === type.toLowerCase());
  return named && { class: named, breaking: mark === "!" };
}

const revertSentence =
  /^This reverts commit ([0-9a-f]{7,64})\b(?: \([^\n]*?\))?(?:, reversing\s+changes made to ([0-9a-f]{7,64})\b)?/gm;

/** Git writes a sentence for each commit; the specification proposes `revert:` with a footer of ids. */
function revertedCommits(kind: CommitClass, message: string): Reversal[] {
  const told = [...message.matchAll(revertSentence)].map(([, id = "", mainline]) => ({ id, mainline }));
  if (told.length > 0 || kind !== "revert") return told;
  const [, footer = ""] = /^Refs: ((?:[0-9a-f]{7,64}(?:, *|$))+)$/m.exec(message) ?? [];
  return footer
    .split(/, */)
    .filter(Boolean)
    .map((id) => ({ id }));
}

/** The server writes a line below the title of a revert that it was asked for. */
function revertedPulls(message: string, repository: string): Reversal[] {
  const lines = message.matchAll(/^Reverts ([\w.-]+\/[\w.-]+)?(#\d{1,15})\s*$/gm);
  return [...lines].flatMap(([, place, id = ""]) =>
    place === undefined || place.toLowerCase() === repository.toLowerCase() ? [{ id }] : [],
  );
}

/** The server writes the title of a merged pull request below the subject. */
function mergedTitle(message: string): Change[] {
  if (!/^Merge pull request #\d+ /.test(message)) return [];
  return [
    readHeader(
      message
        .split("\n")
        .slice(1)
        .find((line) => line.trim() !== "") ?? "",
    ) ?? [],
  ].flat();
}

/** The server lists the subjects of squashed commits as bullets below a title that ends in the pull request's number. */
function squashedTitles(message: string): Change[] {
  if (!/^[^\n]*\(#\d+\)\s*(\n|$)/.test(message)) return [];
  return [...message.matchAll(/^\* (.+)$/gm)].flatMap(([, line = ""]) => readHeader(line) ?? []);
}

function untyped(message: string, parents: number): CommitClass {
  if (/^(?:Revert|Reapply) "/.test(message)) return "revert";
  return parents > 1 ? "merge" : "other";
}
