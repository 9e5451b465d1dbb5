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

/** What a commit's message says about the change. `reverts` holds the ids as the message spells them. */
export interface CommitReading {
  class: CommitClass;
  breaking: boolean;
  reverts: string[];
}

const header = /^([a-z]+)(?:\([^()\r\n]+\))?(!)?: \S/i;

/** Reads a commit's message by Conventional Commits 1.0.0. An unknown type is `other`, never guessed at. */
export function readCommit(message: string, parents: number): CommitReading {
  const [, type = "", mark] = header.exec(message) ?? [];
  const named = commitClasses.find((known) => known === type.toLowerCase());
  return {
    class: named ?? untyped(message, parents),
    breaking: mark === "!" || /^BREAKING[ -]CHANGE: \S/m.test(message),
    reverts: [...message.matchAll(/^This reverts commit ([0-9a-f]{7,64})\b/gm)].map(([, id = ""]) => id),
  };
}

function untyped(message: string, parents: number): CommitClass {
  if (/^Revert "/.test(message)) return "revert";
  return parents > 1 ? "merge" : "other";
}
