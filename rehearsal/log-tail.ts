import { stripVTControlCharacters } from "node:util";
import type { RunEvent } from "./runner/contract.ts";

/** How much of a log is told: the last lines, each cut where it is longer than a terminal is wide. */
const most = { lines: 5, letters: 160 };

/** What one running step has said. */
interface Said {
  lines: string[];
  /** Whether an error of it was told already, which says more than the end of a log. */
  explained: boolean;
}

/**
 * Makes a listener that gives, for a step that failed without an error of its own, the last lines of what it said and the
 * path of the log. The runner has masked the texts.
 */
export function tailOf(logOf?: (key: string) => string): (event: RunEvent) => string[] {
  const steps = new Map<string, Said>();
  const of = (key: string): Said => {
    const said = steps.get(key) ?? { lines: [], explained: false };
    steps.set(key, said);
    return said;
  };
  return (event) => {
    if (event.type === "step-started") steps.delete(event.job.key);
    if (event.type === "log" && event.step) hear(of(event.job.key), event.text);
    if (event.type === "annotation" && event.annotation.level === "error" && !isExitCode(event.annotation.message))
      of(event.job.key).explained = true;
    if (event.type !== "step-finished" || event.conclusion !== "failure" || of(event.job.key).explained) return [];
    const log = logOf === undefined ? [] : [`  log: ${logOf(event.job.key)}`];
    return [`! ${event.step.name}: failed`, ...of(event.job.key).lines.map((line) => `  │ ${line}`), ...log];
  };
}

function hear(said: Said, text: string): void {
  if (text.startsWith("::add-mask::")) return;
  const spoken = text.split(/\r?\n/).map((line) => stripVTControlCharacters(line).trimEnd());
  said.lines = [...said.lines, ...spoken.filter((line) => line !== "").map(cut)].slice(-most.lines);
}

const cut = (line: string) => (line.length > most.letters ? `${line.slice(0, most.letters)}…` : line);

/** The runner adds it to every failed step, whose own words say more. */
export const isExitCode = (message: string) => /^Process completed with exit code \d+\.$/.test(message);
