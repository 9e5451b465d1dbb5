import { readCommit } from "#src/domain/conventional-commit";
import type { Commit } from "#src/ports/git-history";
import { escapeMarkdown, inlineCode } from "#src/report/markdown";
import type { WantedPull } from "./decide-pull.ts";

/** Stands at the end of a text that this stage wrote; a text without it is a person's, and is never replaced. */
const marker = "<!-- seaworthy:promote -->";

const shown = 50;

/** Tells whether a pull request's text was written by this stage. */
export function isOwnText(body: string): boolean {
  return body.includes(marker);
}

/** Titles the pull request. */
export function titleOf({ from, into }: WantedPull): string {
  return `Promote ${from} to ${into}`;
}

/** Writes what would be released: the commit, counts by class, and the newest commits. What commits say is escaped. */
export async function textOf({ from, into, sha }: WantedPull, commits: AsyncIterable<Commit>): Promise<string> {
  const counts = new Map<string, number>();
  const rows: string[] = [];
  let [total, breaking] = [0, 0];
  for await (const commit of commits) {
    const { class: kind, breaking: breaks } = readCommit(commit.message, commit.parents.length);
    counts.set(kind, (counts.get(kind) ?? 0) + 1);
    total += 1;
    breaking += breaks ? 1 : 0;
    if (rows.length < shown) rows.push(rowOf(commit));
  }
  const kinds = [...counts].toSorted(([, a], [, b]) => b - a).map(([kind, count]) => `${count} ${kind}`);
  const summary = [...kinds, ...(breaking > 0 ? [`${breaking} breaking`] : [])].join(", ");
  return [
    `Brings ${inlineCode(sha)} from ${inlineCode(from)} to ${inlineCode(into)}: ${total} commits (${summary}).`,
    "Merge it with a merge commit once it is green. Squashed or rebased, the branch would not hold the commit that was checked.",
    [...rows, ...(total > shown ? [`- … and ${total - shown} more`] : [])].join("\n"),
    marker,
  ].join("\n\n");
}

function rowOf({ sha, message }: Commit): string {
  const [subject = ""] = message.split("\n", 1);
  return `- ${inlineCode(sha.slice(0, 12))} ${escapeMarkdown(subject.slice(0, 200))}`;
}
