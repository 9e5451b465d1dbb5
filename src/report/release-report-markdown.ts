import type { VerdictDocument } from "#src/domain/release-verdict";
import type { CheckResult } from "#src/domain/verdict";
import { escapeMarkdown, inlineCode, table } from "#src/report/markdown";
import { proseMarkdown } from "#src/report/prose";
import {
  besideTheVerdict,
  chainLinks,
  emptyTables,
  type FindingRow,
  formatDuration,
  gateRows,
  headline,
  nameNote,
  type ReleaseStory,
  releaseBefore,
  timeline,
  totalSeconds,
  verdictArtifact,
  verdictFindings,
  verifyCommand,
} from "#src/report/release-report-view";

const marks: Record<CheckResult | "missing", string> = {
  pass: "✅",
  fail: "❌",
  inconclusive: "❔",
  "not-applicable": "➖",
  missing: "⬜",
};

/** Writes the report of a release as Markdown: the same content as the page, for summaries and terminals. */
export function releaseReportMarkdown(story: ReleaseStory): string {
  const sections = [
    `# ${heading(story.document)}`,
    `${proseMarkdown(story.document.reason.text)} (${inlineCode(story.document.reason.code)})`,
    `**Next:** ${proseMarkdown(story.document.next)}`,
    factTable(story.document),
    section("The chain", chainTable(story)),
    section("Gates", findingTable("Gate", gateRows(story))),
    section("Checks of the verdict", findingTable("", ownFindings(story.document))),
    section("Beside the verdict", beside(story)),
    section("Effects", effectTable(story.document)),
    section("Timeline", timelineTable(story)),
    section("Built files", subjectTable(story.document)),
    section("Evidence", evidenceTable(story)),
  ];
  return `${sections.filter((text) => text !== "").join("\n\n")}\n`;
}

function heading(document: VerdictDocument): string {
  const { release } = document;
  return escapeMarkdown(`${headline(document)}: ${release.repository} ${release.tag ?? "without a tag"}`);
}

function section(title: string, content: string): string {
  return content === "" ? "" : `## ${title}\n\n${content}`;
}

function rows(head: string[], lines: string[][]): string {
  return lines.length === 0 ? "" : table(head, lines);
}

function factTable(document: VerdictDocument): string {
  const { release, run } = document;
  return rows(
    ["Fact", "Value"],
    [
      ["Report", `${inlineCode(document.name)} (${proseMarkdown(nameNote)})`],
      ["Commit", inlineCode(release.sha)],
      ["Release before", release.base === null ? releaseBefore(document) : inlineCode(release.base)],
      ["Mode", release.mode],
      ["Run", `${escapeMarkdown(run.url || run.id)} by ${escapeMarkdown(run.actor || "unknown")}`],
      ["From, to", `${document.started}, ${document.finished} (${formatDuration(totalSeconds(document))})`],
      ["Plan digest", inlineCode(document["plan-digest"])],
    ],
  );
}

function chainTable(story: ReleaseStory): string {
  const lines = chainLinks(story).map(({ stage, result, because, seconds }) => [
    `${marks[result]} ${result}`,
    stage,
    escapeMarkdown(because),
    seconds === undefined ? "" : formatDuration(seconds),
  ]);
  return rows(["Result", "Stage", "Because", "Took"], lines);
}

function findingTable(first: string, findings: FindingRow[]): string {
  const lines = findings.map(({ stage, title, result, required, because, code, overridden }) => [
    `${overridden ? "⚠️" : marks[result]} ${result}${overridden ? ", overridden" : ""}${required ? "" : " (advisory)"}`,
    ...(first === "" ? [] : [escapeMarkdown(stage)]),
    escapeMarkdown(title),
    escapeMarkdown(because),
    code === "" ? "" : inlineCode(code),
  ]);
  return rows(["Result", ...(first === "" ? [] : [first]), "Check", "Because", "Code"], lines);
}

/** The stages have a table of their own. */
function ownFindings(document: VerdictDocument): FindingRow[] {
  const checks = document.checks.filter(({ id }) => !id.startsWith("stage-"));
  return verdictFindings({ ...document, checks });
}

function beside(story: ReleaseStory): string {
  const { overrides, leftovers } = story.document;
  const parts = [
    findingTable("Stage", besideTheVerdict(story)),
    rows(
      ["Overridden", "By", "At", "Reason"],
      overrides.map(({ code, actor, at, reason }) => [
        inlineCode(code),
        escapeMarkdown(actor),
        at,
        escapeMarkdown(reason),
      ]),
    ),
    rows(
      ["Left over", "What", "Replay"],
      leftovers.map(({ code, what, replay }) => [inlineCode(code), escapeMarkdown(what), inlineCode(replay)]),
    ),
  ];
  const text = parts.filter((part) => part !== "").join("\n\n");
  return text || emptyTables.beside;
}

function effectTable({ effects }: VerdictDocument): string {
  const lines = effects.map(({ stage, kind, target, wanted, state }) => [
    state,
    stage,
    escapeMarkdown(kind),
    inlineCode(target),
    inlineCode(wanted),
  ]);
  return rows(["State", "Stage", "Kind", "Target", "Wanted"], lines) || emptyTables.effects;
}

function timelineTable(story: ReleaseStory): string {
  const lines = timeline(story).map(({ name, from, seconds }) => [
    escapeMarkdown(name),
    `after ${formatDuration(from)}`,
    formatDuration(seconds),
  ]);
  return rows(["Stage", "Began", "Took"], lines);
}

function subjectTable({ subjects }: VerdictDocument): string {
  const lines = subjects.map(({ name, digest }) => [
    inlineCode(name),
    Object.entries(digest)
      .map(([algorithm, hex]) => inlineCode(`${algorithm}:${hex}`))
      .join("<br>"),
  ]);
  return rows(["File", "Digest"], lines);
}

function evidenceTable({ document }: ReleaseStory): string {
  const lines = document.stages.map(({ file, digest }) => [inlineCode(file), inlineCode(digest)]);
  const refused = document.refused.map(({ artifact: name, code, because }) => [
    inlineCode(name),
    inlineCode(code),
    escapeMarkdown(because),
  ]);
  const how = `Verify it again, offline: download artifact ${inlineCode(verdictArtifact)}, then run ${inlineCode(verifyCommand)} in a checkout of the suite.`;
  const parts = [rows(["Record", "Digest"], lines), rows(["Refused", "Code", "Because"], refused), how];
  return parts.filter((part) => part !== "").join("\n\n");
}
