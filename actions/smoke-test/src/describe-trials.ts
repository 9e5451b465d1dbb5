import { canonicalJson } from "#src/domain/digest";
import { closingExcerpt } from "#src/domain/log-excerpt";
import type { Attachment } from "#src/domain/report";
import { escapeMarkdown, inlineCode, table } from "#src/report/markdown";
import { type JudgedTrial, logName, titleOf } from "./decide.ts";
import { strays } from "./judge-trial.ts";
import type { Trial } from "./trial.ts";

/** Writes the attachments of the stage: `smoke.json`, and one bounded log for each scenario. */
export function describeTrials(judged: JudgedTrial[]): Attachment[] {
  const logs = judged.map(({ trial }) => ({ name: logName(trial.scenario), content: logOf(trial) }));
  const scenarios = judged.map(describe);
  return [{ name: "smoke.json", content: canonicalJson({ schema: "seaworthy-smoke/1", scenarios }) }, ...logs];
}

/** Writes the table for the job summary, one row a scenario, whatever became of it. */
export function summarise(judged: JudgedTrial[]): string {
  if (judged.length === 0) return "_No scenario was tried._";
  const rows = judged.map(({ trial, findings, result }) => [
    result + (trial.scenario.required ? "" : " (advisory)"),
    escapeMarkdown(titleOf(trial.scenario)),
    inlineCode(trial.scenario.run.split("\n")[0] ?? ""),
    trial.execution ? `${(trial.execution.duration / 1000).toFixed(1)} s` : "not run",
    findings.map((finding) => `${inlineCode(finding.code)} (${finding.class})`).join(", "),
  ]);
  return table(["Result", "Scenario", "Command", "Took", "Findings"], rows);
}

function describe({ trial, findings, result }: JudgedTrial) {
  const { scenario, installation, execution, root } = trial;
  return {
    id: scenario.id,
    title: titleOf(scenario),
    required: scenario.required,
    command: scenario.run,
    result,
    installation: installation.kind,
    ending: execution?.ending ?? null,
    exit: execution?.exit ?? null,
    "duration-ms": execution?.duration ?? null,
    "output-digest": execution?.outputDigest ?? null,
    excerpt: closingExcerpt(logOf(trial)),
    findings,
    strays: strays(trial),
    workspace: result === "pass" ? null : (root ?? null),
  };
}

function logOf({ installation, execution, broken }: Trial): string {
  if (execution) return execution.output;
  if (installation.kind === "trouble") return installation.said;
  return broken ?? "";
}
