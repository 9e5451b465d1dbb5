import { isExitCode, tailOf } from "./log-tail.ts";
import type { JobRef, RunEvent } from "./runner/contract.ts";

/** Where progress goes: lines that stay, and what is going on right now. */
export interface Narrator {
  line(text: string): void;
  now(text: string): void;
}

const marks: Record<string, string> = { success: "✓", failure: "✗", cancelled: "■", skipped: "·", lost: "!" };

/** Stands for success of a job that warned of something. */
const warned = "⚠";

/** How many lines of one message are told; the log and the report hold the rest. */
const mostLines = 4;

/**
 * Makes a listener that tells a run's progress, job by job; `annotations` of errors and warnings are told as they come, and of a step that
 * failed without any the end of what it said. `logOf` gives the path of a job's log, where one is kept.
 */
export function tell(narrator: Narrator, logOf?: (key: string) => string): (event: RunEvent) => void {
  const started = new Map<string, number>();
  const tails = tailOf(logOf);
  const warnings = new Set<string>();
  return (event) => {
    if (event.type === "job-started") {
      started.set(event.job.key, event.at);
      narrator.now(event.job.name);
    }
    if (event.type === "step-started") narrator.now(short(`${event.job.name}: ${event.step.name}`));
    for (const line of tails(event)) narrator.line(`  ${line}`);
    for (const line of annotationLines(event)) narrator.line(`  ${line}`);
    if (event.type === "annotation" && event.annotation.level === "warning") warnings.add(event.job.key);
    if (event.type === "job-finished") narrator.line(endOf(event, started.get(event.job.key), warnings));
  };
}

function endOf(
  { at, job, conclusion }: Extract<RunEvent, { type: "job-finished" }>,
  started: number | undefined,
  warnings: Set<string>,
): string {
  const doubted = conclusion === "success" && warnings.has(job.key);
  const mark = doubted ? warned : (marks[conclusion] ?? "?");
  const seconds = (at - (started ?? at)) / 1000;
  return `${mark} ${nameOf(job)} (${conclusion === "skipped" ? "skipped" : `${seconds.toFixed(1)} s`})`;
}

/** Jobs run beside each other, so each message names its own; what the first line only opens stands in those after it. */
function annotationLines(event: RunEvent): string[] {
  if (event.type !== "annotation" || event.annotation.level === "notice") return [];
  const { level, title = level, message } = event.annotation;
  if (isExitCode(message)) return [];
  const [first = "", ...more] = message.split("\n").filter((line) => line.trim() !== "");
  const told = more.slice(0, mostLines - 1);
  const left = more.length - told.length;
  return [
    `! ${nameOf(event.job)}: ${title}: ${first}`,
    ...told.map((line) => `  ${line.trim()}`),
    ...(left > 0 ? [`  and ${left} more in the log`] : []),
  ];
}

/** A job without a leg ends in a separator with nothing behind it. */
const nameOf = ({ name }: JobRef) =>
  name
    .trim()
    .replace(/\s{2,}/g, " ")
    .replace(/[/\s]+$/, "");

/** Whole commit ids push what matters off the line. */
const short = (text: string) => text.replace(/\b([0-9a-f]{7})[0-9a-f]{33}\b/g, "$1");
