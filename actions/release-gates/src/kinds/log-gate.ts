import { stripVTControlCharacters } from "node:util";
import type { GateOf } from "#src/contract/config/gates";
import type { StageReport } from "#src/domain/report";
import { codeBlock } from "#src/report/markdown";
import type { GateSeat } from "../gate-ports.ts";
import { doubt, type Finding } from "../leg-report.ts";
import { type Conclusion, type ReadFile, runFileGate } from "./file-gate.ts";

const largest = 64 * 1024 * 1024;
const shown = 20;
const longest = 200;

type Policy = Pick<GateOf<"log">, "words" | "allowed">;

/** Judges a gate of kind `log`. */
export function runLogGate(policy: GateOf<"log">, seat: GateSeat): Promise<StageReport> {
  return runFileGate(policy, seat, {
    largest,
    missing: "gates.report-missing",
    judge: (files, { exit }) => judgeLogs(policy, files, exit),
  });
}

/** Judges logs line by line: none may hold one of the words, unless the line is allowed with a reason. */
export function judgeLogs(policy: Policy, files: ReadFile[], exit: number): Conclusion {
  const texts = files.map(({ path, bytes }) => ({ path, text: textOf(bytes) }));
  const unread = texts.find(({ text }) => text === undefined);
  if (unread) {
    return { finding: doubt("gates.report-unreadable", `expected a log in UTF-8, found that ${unread.path} is none`) };
  }
  const lines = texts.flatMap(({ path, text = "" }) =>
    text.split(/\r?\n/).map((line, index) => ({ place: `${path}:${index + 1}`, text: line })),
  );
  const found = lines.filter(({ text }) => policy.words.some((word) => holdsWord(text, word)));
  const open = found.filter(({ text }) => !policy.allowed.some((one) => text.includes(one.text)));
  const told = open.slice(0, shown).map(({ place, text }) => `${place}: ${text.slice(0, longest)}`);
  if (open.length > 0) {
    const because = `expected no line with ${policy.words.join(" or ")}, found ${open.length}, first at ${told[0]}`;
    return { finding: failed("gates.log-findings", because), summary: codeBlock(told.join("\n")) };
  }
  if (exit !== 0) return { finding: failed("gates.failed", `expected exit code 0, found ${exit}`) };
  const because = `${lines.length} lines without ${policy.words.join(" or ")}, besides ${found.length} that are allowed`;
  return { finding: { result: "pass", because, evidence: [] } };
}

/** Reads a log as people see it: without its colours, whose codes would hide where a word begins. Undefined for no text. */
function textOf(bytes: Uint8Array): string | undefined {
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    return text.includes("\0") ? undefined : stripVTControlCharacters(text);
  } catch {
    return undefined;
  }
}

/** A word of a log, and not a part of one: `ERRORS=0` holds no ERROR. */
function holdsWord(text: string, word: string): boolean {
  const literal = word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  return new RegExp(`(?<![\\w])${literal}(?![\\w])`).test(text);
}

function failed(code: "gates.log-findings" | "gates.failed", because: string): Finding {
  return { result: "fail", code, because, evidence: [] };
}
