import type { GateOf } from "#src/contract/config/gates";
import type { StageReport } from "#src/domain/report";
import type { GateSeat } from "../gate-ports.ts";
import type { Finding } from "../leg-report.ts";
import { runFileGate } from "./file-gate.ts";

const largest = 4 * 1024 * 1024;

/** Judges a gate of kind `drift`: what a tool calls breaking must stand in the notes that the plan froze. */
export function runDriftGate(policy: GateOf<"drift">, seat: GateSeat): Promise<StageReport> {
  const notes = seat.plan.attachments.get("notes.md");
  const text = notes ? new TextDecoder().decode(notes) : "";
  return runFileGate(policy, seat, {
    largest,
    missing: "gates.report-missing",
    judge(files, { exit }) {
      const items = files.flatMap(({ bytes }) => new TextDecoder().decode(bytes).split(/\r?\n/));
      const named = items.map((item) => item.trim()).filter((item) => item !== "");
      return { finding: judgeDrift([...new Set(named)], text, { exit, findingExits: policy["finding-exits"] }) };
    },
  });
}

/** How the tool ended, and the exit codes by which it says that something is breaking. */
interface ToolEnd {
  exit: number;
  findingExits: number[];
}

/** Judges breaking items by the notes: each must be named, as a whole word, in what the notes call breaking. */
export function judgeDrift(items: string[], notes: string, { exit, findingExits }: ToolEnd): Finding {
  const breaking = breakingPart(notes);
  const unnamed = items.filter((item) => !names(breaking, item));
  if (unnamed.length > 0) {
    const list = unnamed.slice(0, 10).join(", ") + (unnamed.length > 10 ? ` and ${unnamed.length - 10} more` : "");
    const because = `expected the notes to name every breaking item under a heading or entry \`Breaking\`, found nothing of ${list}`;
    return { result: "fail", code: "gates.api-breaking-unjustified", because, evidence: [] };
  }
  if (exit !== 0 && !(items.length > 0 && findingExits.includes(exit))) {
    const ends = items.length === 0 ? "0 where nothing is breaking" : `0 or ${findingExits.join(" or ")}`;
    const because = `expected exit code ${ends}, found ${exit}`;
    return { result: "fail", code: "gates.failed", because, evidence: [] };
  }
  const because =
    items.length === 0 ? "nothing is breaking" : `the notes name every breaking item: ${items.join(", ")}`;
  return { result: "pass", because, evidence: [] };
}

/** Sections whose heading says breaking, and entries that begin with the word, with the lines that belong to them. */
function breakingPart(notes: string): string {
  let section = 0;
  let entry = false;
  const kept = notes.split(/\r?\n/).filter((line) => {
    section = sectionAfter(line, section);
    entry = entryAfter(line, entry);
    return section > 0 || entry;
  });
  return kept.join("\n");
}

/** What a heading denies, such as `Non-breaking changes`, is not what the notes call breaking. */
const saysBreaking = /(?<!\b(?:no|non|not|nothing)[\s-]+)\bbreaking\b/i;

/** Depth of the heading that says breaking and still holds; 0 where none does. */
function sectionAfter(line: string, section: number): number {
  const [, marks = "", title = ""] = /^(#{1,6})\s+(.*)$/.exec(line) ?? [];
  if (marks === "" || (section > 0 && marks.length > section)) return section;
  return saysBreaking.test(title) ? marks.length : 0;
}

/** An entry ends with the next one, a heading, or a line that is empty. */
function entryAfter(line: string, entry: boolean): boolean {
  if (/^[-*+]\s/.test(line)) return /^[-*+]\s+(?:\*\*|__)?breaking\b/i.test(line);
  return entry && line.trim() !== "" && !line.startsWith("#");
}

function names(text: string, item: string): boolean {
  const literal = item.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  return new RegExp(`(?<![\\w-])${literal}(?![\\w-])`).test(text);
}
