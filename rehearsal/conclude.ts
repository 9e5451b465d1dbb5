import { relative } from "node:path";
import type { Rehearsed } from "./release.ts";

/** Prints how a rehearsal ended and gives the exit code: 0 only where `isGood`. `output` is the folder that was given, if any. */
export function conclude(ended: Rehearsed, output: string | undefined): number {
  console.log(endingLines(ended, output).join("\n"));
  return isGood(ended) ? 0 : 1;
}

/** Words how a rehearsal ended, where to look, and how to go on where that can help. */
export function endingLines(ended: Rehearsed, output: string | undefined): string[] {
  const again = ["npm run rehearse -- --resume", ...(output === undefined ? [] : [`--output ${quoted(output)}`])];
  return [
    "",
    ...verdictLines(ended),
    ...repairLines(ended),
    ...requestLines(ended),
    ...(ended.conclusion === "success" ? [] : [`Run: ${ended.conclusion}`]),
    ...ended.problems.map((problem) => `✗ an embedded server refused: ${problem}`),
    ...untouchedLines(ended),
    ...(ended.planDigest === "" ? [] : [`Plan: ${ended.planDigest}`]),
    `Report: ${ended.report ? relative(process.cwd(), ended.report) : "none was written"}`,
    `Everything: ${relative(process.cwd(), ended.folder)}`,
    ...(canGoOn(ended) ? [`To go on: ${again.join(" ")}`] : []),
    "",
    "This was a rehearsal on this machine. It proves the workflow, the bundles and their evidence; it does not prove what GitHub,",
    "a public registry or trusted publishing would answer.",
  ];
}

/** Whether a rehearsal counts as a success: Released, or a no-release that says why, without any complaint. An override is no plain success. */
export function isGood({ verdict, explanation, conclusion, problems, untouched }: Rehearsed): boolean {
  const good = verdict === "Released" || (verdict === "no-release" && explanation !== "");
  return good && conclusion === "success" && problems.length === 0 && untouched !== false;
}

/** What was interrupted may succeed when it runs again; what was judged would be judged the same. */
const canGoOn = ({ conclusion }: Rehearsed) => conclusion === "lost" || conclusion === "cancelled";

const quoted = (text: string) => (/^[\w./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`);

function verdictLines({ verdict, reason, explanation, next }: Rehearsed): string[] {
  const blocked = reason !== "" && verdict !== "Released";
  return [
    `Verdict: ${verdict}${blocked ? ` (${reason})` : ""}`,
    `  ${explanation}`,
    ...(verdict === "Released-with-override" ? ["  Released, but no plain success: exit code 1."] : []),
    ...(next === "" || verdict === "Released" ? [] : [`  Next: ${next}`]),
    ...(blocked && reason.includes(".") ? [`  See docs/errors.md#${reason.replaceAll(".", "")}`] : []),
  ];
}

function repairLines({ before }: Rehearsed): string[] {
  if (!before) return [];
  const { verdict, reason, explanation, workflow, report } = before;
  return [
    `Before ${workflow} repaired it: ${verdict} (${reason})`,
    `  ${explanation}`,
    `  Report: ${relative(process.cwd(), report)}`,
  ];
}

function requestLines({ requests }: Rehearsed): string[] {
  const total = requests.reduce((sum, { api }) => sum + api, 0);
  const assets = requests.reduce((sum, one) => sum + one.assets, 0);
  if (total === 0) return [];
  const parts = requests.filter(({ api }) => api > 0).map(({ stage, api }) => `${stage} ${api}`);
  const besides = assets === 0 ? "" : `, and ${assets} for the bytes of assets`;
  return [`${total} API request${total === 1 ? "" : "s"} (${parts.join(", ")})${besides}`];
}

function untouchedLines({ untouched }: Rehearsed): string[] {
  if (untouched === undefined) return [];
  return [
    untouched
      ? "✓ every server is as it was before"
      : "✗ a server is not as it was before, although nothing may be written",
  ];
}
