import { relative } from "node:path";
import type { Rehearsed } from "./release.ts";

/** Prints how a rehearsal ended and gives the exit code: 0 only for Released, and for a no-release that says why. */
export function conclude(ended: Rehearsed, rehearsed: boolean): number {
  const lines = [
    "",
    `Verdict: ${ended.verdict}${ended.reason && ended.verdict !== "Released" ? ` (${ended.reason})` : ""}`,
    `  ${ended.explanation}`,
    ...requestLines(ended),
    ...(ended.conclusion === "success" ? [] : [`Run: ${ended.conclusion}`]),
    ...ended.problems.map((problem) => `✗ the embedded GitHub refused: ${problem}`),
    ...untouchedLines(ended, rehearsed),
    ...(ended.planDigest ? [`Plan: ${ended.planDigest}`] : []),
    `Report: ${ended.report ? relative(process.cwd(), ended.report) : "none was written"}`,
    `Everything: ${relative(process.cwd(), ended.folder)}`,
    ...(ended.verdict === "lost" ? ["To go on: npm run rehearse -- --resume"] : []),
    "",
    "This was a rehearsal on this machine. It proves the workflow, the bundles and their evidence; it does not prove what GitHub,",
    "a public registry or trusted publishing would answer.",
  ];
  console.log(lines.join("\n"));
  const good = ended.verdict === "Released" || (ended.verdict === "no-release" && ended.explanation !== "");
  return good && ended.conclusion === "success" && ended.problems.length === 0 && ended.untouched !== false ? 0 : 1;
}

function requestLines({ requests }: Rehearsed): string[] {
  if (requests.length === 0) return [];
  const total = requests.reduce((sum, { api }) => sum + api, 0);
  const parts = requests.filter(({ api }) => api > 0).map(({ stage, api }) => `${stage} ${api}`);
  return [`API requests: ${total} (${parts.join(", ")})`];
}

function untouchedLines({ untouched }: Rehearsed, rehearsed: boolean): string[] {
  if (!rehearsed || untouched === undefined) return [];
  return [
    untouched
      ? "✓ every server is as it was before"
      : "✗ a server is not as it was before, although nothing may be written",
  ];
}
