import type { SmokePolicy } from "#src/contract/config/smoke";
import type { Check } from "#src/domain/verdict";
import { escapeMarkdown, inlineCode, table } from "#src/report/markdown";
import { countOutcomes } from "./decide.ts";
import type { Outcome } from "./judge-conduct.ts";
import { titleOf } from "./scenario-checks.ts";
import { stepsOf } from "./scenario-steps.ts";

/** Writes the report for people: what passed, what failed or is degraded, and what else was observed, whatever became of it. */
export function summarise(
  outcomes: Outcome[],
  { checks, version, policy }: { checks: Check[]; version: string; policy: SmokePolicy },
): string {
  const passed = outcomes.filter(({ ending }) => ending === "pass");
  const failed = outcomes.filter(({ ending }) => ending !== "pass");
  const { executed, skipped, missing, unable } = countOutcomes(outcomes, policy);
  const counts = `${executed} executed, ${skipped} skipped, ${missing} missing, ${unable} that cannot fail`;
  return [
    `### Smoke test of ${escapeMarkdown(version)}`,
    outcomes.length === 0 ? "_No scenario was tried._" : `${counts}.`,
    ...section("Passed", rowsOf(passed)),
    ...section("Failed or degraded", rowsOf(failed)),
    ...observations(checks),
  ].join("\n\n");
}

function section(title: string, rows: string[][]): string[] {
  if (rows.length === 0) return [];
  return [`#### ${title}`, table(["Result", "Scenario", "First step", "Tries", "Findings"], rows)];
}

function rowsOf(outcomes: Outcome[]): string[][] {
  return outcomes.map(({ conduct: { scenario, attempts, repeats }, findings, ending }) => [
    ending + (scenario.required ? "" : " (advisory)"),
    escapeMarkdown(titleOf(scenario)),
    firstStep(scenario),
    String(attempts.length + repeats.length),
    findings.map((finding) => `${inlineCode(finding.code)} (${finding.class})`).join(", "),
  ]);
}

function firstStep(scenario: Outcome["conduct"]["scenario"]): string {
  const [step] = stepsOf(scenario);
  if (step?.kind === "http")
    return inlineCode(`${step.request.method} ${step.request.endpoint}${step.request.path ?? ""}`);
  return inlineCode((step && "run" in step && step.run?.split("\n")[0]) || (step?.kind ?? ""));
}

function observations(checks: Check[]): string[] {
  const advice = checks.filter(
    ({ required, result, id }) => !required && result !== "pass" && !id.startsWith("scenario-"),
  );
  if (advice.length === 0) return [];
  const lines = advice.map(
    ({ code = "", title, because }) => `- ${inlineCode(code)} ${escapeMarkdown(`${title}: ${because}`)}`,
  );
  return ["#### Observations", lines.join("\n")];
}
