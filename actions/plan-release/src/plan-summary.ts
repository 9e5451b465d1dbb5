import { capBytes, codeBlock, escapeMarkdown, inlineCode, table } from "#src/report/markdown";
import type { Aim } from "./aim.ts";
import type { Facts, ListedCommit } from "./facts.ts";
import { countsOf } from "./judge-target.ts";
import { describeReading } from "./judge-version.ts";

const shownCommits = 50;
const notesLimit = 20_000;

/** Renders what the plan saw: every place that holds the version, what changed since the base, and the release notes. */
export function planSummary({ versions, commits }: Facts, { base }: Aim, notes: string | undefined): string {
  const places = table(
    ["File", "Place", "Version"],
    versions.map((reading) => [
      inlineCode(reading.file),
      inlineCode(reading.place),
      escapeMarkdown(describeReading(reading)),
    ]),
  );
  const since = "at" in base ? `since ${escapeMarkdown(base.at.tag)}` : "in the whole history";
  const changes =
    commits && commits.total > 0
      ? [details(`Commits ${since}: ${countsOf(commits)}`, commitTable(commits.listed))]
      : [];
  const described = notes === undefined ? [] : [details("Release notes", codeBlock(capBytes(notes, notesLimit), "md"))];
  return [places, ...changes, ...described].join("\n\n");
}

function commitTable(listed: ListedCommit[]): string {
  const rows = listed
    .slice(0, shownCommits)
    .map((commit) => [
      inlineCode(commit.sha.slice(0, 12)),
      commit.class + (commit.breaking ? " (breaking)" : ""),
      escapeMarkdown(commit.subject),
    ]);
  const left = listed.length - rows.length;
  const more = left > 0 ? `\n\n_The newest ${shownCommits} are shown; context.json lists more._` : "";
  return table(["Commit", "Class", "Subject"], rows) + more;
}

function details(title: string, body: string): string {
  return `<details><summary>${title}</summary>\n\n${body}\n\n</details>`;
}
