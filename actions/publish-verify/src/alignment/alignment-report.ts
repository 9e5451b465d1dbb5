import { canonicalJson } from "#src/domain/digest";
import type { Mismatch } from "#src/domain/formula/compare-formula";
import type { Correction } from "#src/domain/formula/correct-formula";
import { question } from "#src/domain/question";
import type { Attachment, StageReport } from "#src/domain/report";
import { type Check, conclude } from "#src/domain/verdict";
import { escapeMarkdown, inlineCode, table } from "#src/report/markdown";
import type { FormulaPolicy } from "./formula-policy.ts";

/** What became of one formula. */
export interface AlignedFormula {
  channel: FormulaPolicy;
  checks: Check[];
  mismatches: Mismatch[];
  /** Undefined where there was nothing to correct, or nothing to correct it from. */
  correction: Correction | undefined;
  /** Whether the correction was written to the job's own file. */
  written: boolean;
}

/** Name of the attachment with every mismatch of every formula. */
const attachment = "alignment.json";

/** Reports on all formulae: every mismatch in one table, and the corrected formula as a patch and as a whole. */
export function alignmentReport(tag: Check, aligned: AlignedFormula[]): StageReport {
  const checks = [
    tag,
    ...(aligned.length === 0 && tag.result === "pass" ? [nothingToAlign()] : []),
    ...aligned.flatMap((one) => one.checks),
  ];
  const rows = aligned.flatMap(({ channel, mismatches }) => mismatches.map((one) => ({ channel: channel.id, ...one })));
  const patched = aligned.filter(({ correction }) => correction && "patch" in correction);
  const passed = conclude(checks).result === "pass";
  return {
    checks,
    attachments: [
      { name: attachment, content: canonicalJson({ schema: "seaworthy-alignment/1", mismatches: rows }) },
      ...patched.flatMap(correctionFiles),
    ],
    outputs: {
      aligned: aligned
        .filter(isAligned)
        .map(({ channel }) => channel.id)
        .join("\n"),
    },
    next: nextStep(passed, patched),
    ...(rows.length > 0 ? { summary: summaryOf(rows, aligned) } : {}),
  };
}

function nothingToAlign(): Check {
  const ask = question("formulae", "There is a formula to align");
  return ask.unsure("publish.no-channel", "expected a channel of kind homebrew, found none");
}

/** What is reported only, of machines that nothing was built for, keeps no formula from being aligned. */
function isAligned({ checks, mismatches, written }: AlignedFormula): boolean {
  const open = checks.filter(({ id, result }) => result !== "pass" && !id.endsWith("-extra"));
  return open.length === 0 && (written || !mismatches.some(({ decides }) => decides));
}

function correctionFiles({ channel, correction }: AlignedFormula): Attachment[] {
  if (!correction || "because" in correction) return [];
  const file = channel.formula.slice(channel.formula.lastIndexOf("/") + 1);
  return [
    { name: `${channel.id}.patch`, content: correction.patch },
    { name: `${channel.id}/${file}`, content: correction.text },
  ];
}

function nextStep(passed: boolean, patched: AlignedFormula[]): string {
  const [first] = patched;
  if (first?.written) return `Commit ${first.channel.formula} and push the tap; then rerun this stage against it.`;
  if (passed && !first) return "Publish exactly the built files.";
  if (first) return `Apply ${first.channel.id}.patch in the tap with git apply, push it, and rerun this stage.`;
  return "Publish nothing; correct the formula first.";
}

function summaryOf(rows: (Mismatch & { channel: string })[], aligned: AlignedFormula[]): string {
  const told = rows.map(({ channel, platform, field, expected, found, code }) => [
    inlineCode(channel),
    inlineCode(platform),
    field,
    inlineCode(expected),
    inlineCode(found),
    inlineCode(code),
  ]);
  const byHand = aligned.flatMap(({ channel, correction }) =>
    correction && "because" in correction
      ? [`No patch for ${inlineCode(channel.id)}: ${escapeMarkdown(correction.because)}.`]
      : [],
  );
  return ["### Formulae", table(["Channel", "Platform", "Field", "Expected", "Found", "Code"], told), ...byHand].join(
    "\n\n",
  );
}
