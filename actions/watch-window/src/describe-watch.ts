import type { WatchedPolicy } from "#src/contract/config/watch";
import { canonicalJson } from "#src/domain/digest";
import { formatInstant } from "#src/domain/instant";
import type { Attachment } from "#src/domain/report";
import { inlineCode, table } from "#src/report/markdown";
import { type Baseline, isBaseline, type NoBaseline } from "./baseline.ts";
import type { JudgedLook } from "./decide.ts";
import { minutesAt } from "./look.ts";

/** A row of the watch: one interval in figures; null where there is no figure. `p99` is in seconds. */
export interface WatchRow {
  minute: number;
  from: string;
  to: string;
  requests: number | null;
  errors: number | null;
  rate: number | null;
  p99: number | null;
  health: string;
  class: string;
  codes: string[];
}

const shown = 60;

/** Writes the newest look as a row. */
export function rowOf(judged: JudgedLook[]): WatchRow {
  const newest = judged.at(-1);
  if (!newest) throw new RangeError("expected at least one look, found none");
  const { look, grade, breaches } = newest;
  const { reading } = look;
  const counts = reading.kind === "counts" ? reading : undefined;
  return {
    minute: minutesAt(
      judged.map((other) => other.look),
      look,
    ),
    from: formatInstant(look.from),
    to: formatInstant(look.to),
    requests: counts?.requests ?? null,
    errors: counts?.errors ?? null,
    rate: counts && counts.requests > 0 ? counts.errors / counts.requests : null,
    p99: counts?.p99 ?? null,
    health: look.health,
    class: grade === "unknown" ? `no data (${reading.kind})` : grade,
    codes: breaches.map(({ code }) => code),
  };
}

/** Writes a row as a line of the log, of our own words and figures only. */
export function lineOf(row: WatchRow): string {
  const figure = (value: number | null, digits: number) => (value === null ? "-" : value.toFixed(digits));
  const share = row.rate === null ? "-" : `${(row.rate * 100).toFixed(2)} %`;
  const parts = [
    `T+${row.minute} min`,
    `${figure(row.requests, 0)} requests`,
    `${figure(row.errors, 0)} errors (${share})`,
    `p99 ${figure(row.p99, 3)} s`,
    row.health,
    row.class,
    ...row.codes,
  ];
  return parts.join("  ");
}

/** Writes the attachments: what was compared with what (`watch.json`), and a row for each interval (`watch.jsonl`). */
export function describeWatch(
  policy: WatchedPolicy,
  { start, until }: { start: Date; until: Date },
  { baseline, rows }: { baseline: Baseline | NoBaseline; rows: WatchRow[] },
): Attachment[] {
  const head = {
    schema: "seaworthy-watch/1",
    start: formatInstant(start),
    "baseline-until": formatInstant(until),
    window: policy.window,
    interval: policy.interval,
    "baseline-window": policy.baseline,
    backend: policy.prometheus.url,
    health: policy.health.url,
    baseline: isBaseline(baseline) ? { ...baseline, p99: baseline.p99 ?? null } : null,
  };
  return [
    { name: "watch.json", content: canonicalJson(head) },
    { name: "watch.jsonl", content: rows.map((row) => `${canonicalJson(row)}\n`).join("") },
  ];
}

/** Writes the rows as a table for the job summary; the newest sixty, the rest is in the attachment. */
export function tableOf(rows: WatchRow[]): string {
  if (rows.length === 0) return "_No interval was watched._";
  const text = (value: number | null, digits: number) => (value === null ? "no data" : value.toFixed(digits));
  return table(
    ["T+min", "Requests", "Errors", "Error rate", "p99 (s)", "Health", "Class"],
    rows
      .slice(-shown)
      .map((row) => [
        String(row.minute),
        text(row.requests, 0),
        text(row.errors, 0),
        text(row.rate, 4),
        text(row.p99, 3),
        row.health,
        [row.class, ...row.codes.map(inlineCode)].join(" "),
      ]),
  );
}
