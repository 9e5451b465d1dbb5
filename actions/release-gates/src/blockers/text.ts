import { catalogue } from "#src/domain/catalogue";
import { excerpt } from "#src/domain/log-excerpt";
import { hideTokens } from "#src/domain/token-shapes";
import { capBytes, codeBlock, escapeMarkdown, inlineCode } from "#src/report/markdown";
import { proseMarkdown } from "#src/report/prose";
import type { Cause } from "./causes.ts";
import type { FailedJobs, Surroundings } from "./gather-evidence.ts";
import { type Target, titlePrefix } from "./identity.ts";

/** GitHub takes 65,536 characters; the marker and a notice need some of them. */
const bodyLimit = 60_000;
const titleLimit = 240;
/** Longest text of a finding; one that never ends would push the sections behind it out. */
const findingLimit = 2_000;
const itemLimit = 300;

/** Writes the title of a blocker: one line, without characters that turn the direction of text, cut where it is long. */
export function blockerTitle(target: Target, { title }: Cause): string {
  const line = `${titlePrefix(target)}${title}`.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu, " ").trim();
  return cut(line, titleLimit);
}

/** Writes the epic's text: what it holds, and when it is over. */
export function epicBody({ name }: Target, { commit }: Surroundings): string {
  return sections([
    ["Goal", `Release ${inlineCode(name)} with no open blocker.`],
    [
      "Background / Rationale",
      `Something blocks the release of ${inlineCode(name)}${commit === "" ? "" : ` at commit ${inlineCode(commit)}`}. Each reason is a part of this issue; parts that people add count as well.`,
    ],
    [
      "Acceptance Criteria",
      "- [ ] Every part of this issue is closed.\n- [ ] The release notes reflect what was changed.",
    ],
    [
      "Automated Validation Gates",
      "The collector of the release's gates reads this issue and blocks while a part is open.",
    ],
    ["Consult Me", consult],
  ]);
}

/** Writes a blocker's text: why it blocks, what shows it, and what closes it. */
export function blockerBody(target: Target, cause: Cause, around: Surroundings): string {
  const { meaning, remedy } = catalogue[cause.code];
  return sections([
    ["Goal", `${escapeMarkdown(cause.title)}, so that ${inlineCode(target.name)} can be released.`],
    [
      "Background / Rationale",
      [summary(target, cause, around), proseMarkdown(meaning), evidence(cause, around)].join("\n\n"),
    ],
    [
      "Acceptance Criteria",
      [
        "- [ ] The cause is repaired, or a maintainer accepts it here in writing.",
        `- [ ] ${inlineCode(cause.gate)} was run again, and its evidence is attached here.`,
        "- [ ] The release notes reflect it.",
      ].join("\n"),
    ],
    [
      "Automated Validation Gates",
      `${proseMarkdown(remedy)}\n\n${rerun(around)}\n\nOnce ${inlineCode(cause.gate)} passes, the filing run closes this issue with its evidence.`,
    ],
    ["Consult Me", consult],
  ]);
}

/** Writes what is said on a blocker that was open, or closed, before this finding. */
export function againComment(cause: Cause, around: Surroundings, reopened: boolean): string {
  const head = reopened
    ? "This blocks the release again, so the issue is opened again."
    : "This still blocks the release.";
  return capBytes([head, finding(cause), evidence(cause, around), rerun(around)].join("\n\n"), bodyLimit);
}

/** Writes why a blocker is closed, with what shows it. */
export function passedComment(shown: string, { run }: Surroundings): string {
  return `It has passed in run ${runLink(run)}.\n\nEvidence: ${inlineCode(shown)}`;
}

/** Writes why the epic is closed. */
export function clearedComment({ run }: Surroundings): string {
  return `No blocker is open, and all gates have passed in run ${runLink(run)}.`;
}

/** Writes all blockers for a job's summary, for those who file nothing and for those who may not. */
export function blockersText(target: Target, causes: Cause[], around: Surroundings): string {
  const texts = causes.map((cause) => {
    const body = blockerBody(target, cause, around).replace(/^## /gm, "#### ");
    return `### ${escapeMarkdown(blockerTitle(target, cause))}\n\n${body}`;
  });
  return texts.join("\n\n");
}

const consult =
  "Ask a maintainer before the scope of the release or anything that users see changes, and before an exception is made.";

function sections(parts: [heading: string, text: string][]): string {
  return capBytes(parts.map(([heading, text]) => `## ${heading}\n\n${text}`).join("\n\n"), bodyLimit);
}

function summary(target: Target, cause: Cause, { commit }: Surroundings): string {
  const rows = [
    `- Target: ${inlineCode(target.name)}`,
    `- Gate: ${inlineCode(cause.gate)}`,
    ...(commit === "" ? [] : [`- Commit: ${inlineCode(commit)}`]),
  ];
  return `${rows.join("\n")}\n\n${finding(cause)}`;
}

function finding({ code, because }: Cause): string {
  return `Found: ${escapeMarkdown(cut(hideTokens(because), findingLimit))} (${inlineCode(code)})`;
}

/** GAT-44: run, failed jobs, failed command, an excerpt of the log, and what could not be read. */
function evidence(cause: Cause, around: Surroundings): string {
  const detail = around.details.get(cause);
  const lines = [
    `- Run: ${runLink(around.run)}, attempt ${around.run.attempt}`,
    ...(around.jobs ? jobLines(around.jobs) : []),
    ...(detail?.command ? [`- Failed command: ${inlineCode(detail.command)}`] : []),
    ...cause.evidence.slice(0, 20).map((item) => `- Evidence: ${inlineCode(cut(item, itemLimit))}`),
  ];
  const log = detail?.log === undefined ? "Log: none could be read." : logBlock(detail.log);
  return `${lines.join("\n")}\n\n${log}`;
}

function jobLines({ known, because, failed, told }: FailedJobs): string[] {
  const named = failed.map(({ name, step }) => inlineCode(excerpt(step === "" ? name : `${name} (step ${step})`)));
  const list = known
    ? named.join(", ") || "GitHub shows none yet"
    : `could not be read: ${escapeMarkdown(cut(because, itemLimit))}`;
  return [
    `- Failed jobs: ${list}`,
    ...(told.length === 0 ? [] : [`- Job results: ${told.map(inlineCode).join(", ")}`]),
  ];
}

function cut(text: string, limit: number): string {
  return text.length <= limit ? text : `${text.slice(0, limit - 1).replace(/[\uD800-\uDBFF]$/, "")}…`;
}

function logBlock(log: string): string {
  return log === "" ? "Log: it is empty." : `Log:\n\n${codeBlock(log)}`;
}

function rerun({ run, repository }: Surroundings): string {
  return `Run the failed jobs again:\n\n${codeBlock(`gh run rerun ${run.id} --failed --repo ${repository}`, "console")}`;
}

function runLink({ id, url }: Surroundings["run"]): string {
  return /^https?:\/\/[^\s()<>|\\]+$/.test(url) ? `[${id}](${url})` : inlineCode(id);
}
