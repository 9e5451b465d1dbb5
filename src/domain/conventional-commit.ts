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

/** What a commit's message says about the change. `reverts` holds the ids as the message spells them. */
export interface CommitReading extends Change {
  reverts: string[];
  /** Changes that a merge or a squashed pull request tells of below its subject. */
  carried: Change[];
}

const header = /^([a-z]+)(?:\([^()\r\n]+\))?(!)?: \S/i;

/** Reads a commit's message by Conventional Commits 1.0.0. An unknown type is `other`, never guessed at. */
export function readCommit(message: string, parents: number): CommitReading {
  const own = readHeader(message);
  const kind = own?.class ?? untyped(message, parents);
  return {
    class: kind,
    breaking: own?.breaking === true || /^BREAKING[ -]CHANGE: \S/m.test(message),
    reverts: revertedIds(kind, message),
    carried: parents > 1 ? mergedTitle(message) : squashedTitles(message),
  };
}

function readHeader(line: string): Change | undefined {
  const [, type = "", mark] = header.exec(line) ?? [];
  const named = commitClasses.find((known) => known === type.toLowerCase());
  return named && { class: named, breaking: mark === "!" };
}

/** Git writes a sentence for each commit; the specification proposes `revert:` with a footer of ids. */
function revertedIds(kind: CommitClass, message: string): string[] {
  const told = [...message.matchAll(/^This reverts commit ([0-9a-f]{7,64})\b/gm)].map(([, id = ""]) => id);
  if (told.length > 0 || kind !== "revert") return told;
  const [, footer = ""] = /^Refs: ((?:[0-9a-f]{7,64}(?:, *|$))+)$/m.exec(message) ?? [];
  return footer.split(/, */).filter(Boolean);
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
  if (/^Revert "/.test(message)) return "revert";
  return parents > 1 ? "merge" : "other";
}
