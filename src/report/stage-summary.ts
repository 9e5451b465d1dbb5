import type { EvidenceRecord } from "#src/domain/evidence";
import { isOverridden } from "#src/domain/override";
import { advisoryFindings, type CheckResult } from "#src/domain/verdict";
import { capBytes, escapeMarkdown, inlineCode, table } from "#src/report/markdown";
import { proseMarkdown } from "#src/report/prose";

/** GitHub's limit for one step's summary is 1 MiB; this leaves room for masking. */
const summaryLimit = 900 * 1024;

const marks: Record<CheckResult, string> = {
  pass: "✅ pass",
  fail: "❌ fail",
  inconclusive: "❔ inconclusive",
  "not-applicable": "➖ not applicable",
};

/** Renders a stage's record as the step's job summary: conclusion, checks, effects, and what to do next. */
export function stageSummary(record: EvidenceRecord, extra = "", requests = ""): string {
  const title = record.leg === "" ? record.stage : `${record.stage} · ${record.leg}`;
  const sections = [
    `## ${headingMark(record)} · ${escapeMarkdown(title)}`,
    identityLine(record),
    checkTable(record),
    effectTable(record),
    extra,
    `**Next:** ${proseMarkdown(record.next)}`,
    requests,
  ];
  return capBytes(`${sections.filter((section) => section !== "").join("\n\n")}\n`, summaryLimit);
}

/** What a person overrode never looks like plain success, nor does the leg of an advisory gate that does not hold. */
function headingMark({ verdict, checks, leg }: EvidenceRecord): string {
  if (verdict.result !== "pass") return marks[verdict.result];
  if (checks.some(isOverridden)) return "⚠️ pass with an override";
  return leg !== "" && advisoryFindings(checks).length > 0 ? "⚠️ advisory, does not hold" : marks.pass;
}

function identityLine(record: EvidenceRecord): string {
  const { release } = record;
  const facts = [release.tag ?? "no tag yet", `commit ${release.sha.slice(0, 12)}`, before(record), release.mode];
  return facts.map(escapeMarkdown).join(" · ");
}

/** That no release went before is said only where the plan has passed and found none. */
function before(record: EvidenceRecord): string {
  if (record.release.base !== null) return `since ${record.release.base}`;
  return hasPlan(record) ? "no release before" : "release before not determined";
}

/** Stages in between refuse a plan that did not pass, and end with a check on their own end instead of an answer. */
function hasPlan({ stage, verdict, checks, consumed }: EvidenceRecord): boolean {
  if (stage === "plan-release") return verdict.result === "pass";
  if (stage === "verdict") return checks.some(({ id, result }) => id === "stage-plan-release" && result === "pass");
  return consumed.some((link) => link.stage === "plan-release") && !checks.some(({ id }) => id === "completed");
}

function checkTable({ checks }: EvidenceRecord): string {
  if (checks.length === 0) return "_No check ran._";
  const rows = checks.map((check) => [
    (isOverridden(check) ? `⚠️ ${check.result}, overridden` : marks[check.result]) +
      (check.required ? "" : " (advisory)"),
    escapeMarkdown(check.title),
    escapeMarkdown(check.because + overrideNote(check)),
    check.code ? inlineCode(check.code) : "",
  ]);
  return table(["Result", "Check", "Because", "Code"], rows);
}

/** The collector's copy of an overridden finding says it already. */
function overrideNote(check: EvidenceRecord["checks"][number]): string {
  const { override } = check;
  const note = override && isOverridden(check) ? `; overridden by ${override.actor}: ${override.reason}` : "";
  return check.because.endsWith(note) ? "" : note;
}

function effectTable({ effects }: EvidenceRecord): string {
  if (effects.length === 0) return "";
  const rows = effects.map((effect) => [
    effect.state,
    escapeMarkdown(effect.kind),
    inlineCode(effect.target),
    inlineCode(effect.wanted),
  ]);
  return table(["Effect", "Kind", "Target", "Wanted"], rows);
}
