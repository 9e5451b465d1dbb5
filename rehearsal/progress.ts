import type { RunEvent } from "./runner/contract.ts";

/** Where progress goes: lines that stay, and what is going on right now. */
export interface Narrator {
  line(text: string): void;
  now(text: string): void;
}

const marks: Record<string, string> = { success: "✓", failure: "✗", cancelled: "■", skipped: "·", lost: "!" };

/** Makes a listener that tells a run's progress, job by job; `annotations` of errors are told as they come. */
export function tell(narrator: Narrator): (event: RunEvent) => void {
  const started = new Map<string, number>();
  return (event) => {
    if (event.type === "job-started") {
      started.set(event.job.key, event.at);
      narrator.now(event.job.name);
    }
    if (event.type === "step-started") narrator.now(short(`${event.job.name}: ${event.step.name}`));
    if (event.type === "annotation" && event.annotation.level === "error" && !isExitCode(event.annotation.message)) {
      narrator.line(`  ! ${event.annotation.title ?? "error"}: ${event.annotation.message.split("\n")[0]}`);
    }
    if (event.type === "job-finished") {
      const seconds = (event.at - (started.get(event.job.key) ?? event.at)) / 1000;
      const name = event.job.name
        .trim()
        .replace(/\s{2,}/g, " ")
        .replace(/[/\s]+$/, "");
      narrator.line(
        `${marks[event.conclusion] ?? "?"} ${name} (${event.conclusion === "skipped" ? "skipped" : `${seconds.toFixed(1)} s`})`,
      );
    }
  };
}

/** The runner adds it to every failed step, whose own words say more. */
const isExitCode = (message: string) => /^Process completed with exit code \d+\.$/.test(message);

/** Whole commit ids push what matters off the line. */
const short = (text: string) => text.replace(/\b([0-9a-f]{7})[0-9a-f]{33}\b/g, "$1");
