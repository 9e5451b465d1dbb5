import { journalTo } from "../journal-to.ts";

/** One request, as one line of requests.jsonl. `time` follows the world's clock, `ms` is real time. */
export interface JournalLine {
  readonly time: string;
  readonly stage: string;
  readonly method: string;
  readonly path: string;
  /** Operation id, `git/...`, or null for a route that nobody serves. */
  readonly route: string | null;
  readonly status: number;
  readonly scope: string | null;
  readonly ms: number;
  /** What the description forbids; `request` or `response` tells whose fault it is. */
  readonly guard?: { readonly side: "request" | "response"; readonly violations: readonly string[] };
  /** The injected fault that shaped the answer. */
  readonly fault?: string;
  readonly unexpected?: true;
}

/** Where requests are written down. */
export interface Journal {
  write(line: JournalLine): void;
  /** Lines that fail a rehearsal: guard violations and requests that nobody serves. */
  problems(): readonly JournalLine[];
  /** Calls back after each line, once it is written. */
  onLine(callback: (line: JournalLine) => void): void;
}

/** Opens a journal that appends to a file, so that a resumed rehearsal continues it. */
export function openJournal(file: string): Journal {
  const troubled: JournalLine[] = [];
  const listeners: ((line: JournalLine) => void)[] = [];
  const append = journalTo(file);
  return {
    write(line) {
      append(line);
      if (line.guard || line.unexpected) troubled.push(line);
      for (const listener of listeners) listener(line);
    },
    problems: () => [...troubled],
    onLine: (callback) => void listeners.push(callback),
  };
}
