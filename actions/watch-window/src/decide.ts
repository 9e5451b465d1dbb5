import type { Code } from "#src/domain/catalogue";
import type { Baseline } from "./baseline.ts";
import { type CountedLook, isCounted, type Look, minutesAt } from "./look.ts";

/** The questions that a watch answers, each by a check of its own. */
export type Metric = "error-rate" | "latency" | "health" | "samples" | "signal";

/** One rule that a look broke. Hard means rollback, soft means that a person decides. */
export interface Breach {
  metric: Metric;
  grade: "soft" | "hard";
  code: Code;
  because: string;
}

/** A look with its judgement; `unknown` is a look without data that is not yet a breach. */
export interface JudgedLook {
  look: Look;
  grade: "ok" | "unknown" | "soft" | "hard";
  breaches: Breach[];
}

/** Longest time without data or without requests, in minutes. */
const longestGap = 3;
const floors = { errorRate: 0.01, p99: 0.05 };
const ratios = { soft: 1.5, hardErrorRate: 2, hardLatency: 3 };

/**
 * Judges the newest look by itself and by those before it. Hard outweighs soft, and a look without data is never ok.
 * `looks` holds every look so far, in order; the first begins at the deployment.
 */
export function judgeLook(baseline: Baseline, looks: Look[]): JudgedLook {
  const look = looks.at(-1);
  if (!look) throw new RangeError("expected at least one look, found none");
  const breaches = [
    ...judgeHealth(looks),
    ...(isCounted(look) ? [...judgeSignal(looks), ...judgeRatios(baseline, look)] : judgeGap(looks)),
  ];
  const grades = breaches.map(({ grade }) => grade);
  const calm = isCounted(look) ? "ok" : "unknown";
  return { look, breaches, grade: grades.find((grade) => grade === "hard") ?? grades[0] ?? calm };
}

/**
 * The seed rule, taken literally: each look's ratio to the baseline, boundaries inclusive. This is the one place where
 * statistical evidence becomes the second necessary condition of a hard breach; low counts are noisy until then.
 */
function judgeRatios(baseline: Baseline, { reading }: CountedLook): Breach[] {
  const { requests, errors, p99 } = reading;
  const errorRate = {
    metric: "error-rate",
    name: "error rate",
    found: requests === 0 ? undefined : errors / requests,
    base: baseline.errors / baseline.requests,
    floor: floors.errorRate,
    hardFrom: ratios.hardErrorRate,
  } as const;
  const latency = {
    metric: "latency",
    name: "p99 latency",
    found: p99,
    base: baseline.p99,
    floor: floors.p99,
    hardFrom: ratios.hardLatency,
  } as const;
  return [errorRate, latency].flatMap(judgeRatio);
}

interface Comparison {
  metric: "error-rate" | "latency";
  name: string;
  found: number | undefined;
  base: number | undefined;
  floor: number;
  hardFrom: number;
}

function judgeRatio({ metric, name, found, base, floor, hardFrom }: Comparison): Breach[] {
  if (found === undefined || base === undefined) return [];
  if (base === 0) {
    const because = `expected the ${name} below ${floor} over a baseline of zero, found ${tidy(found)}`;
    return found >= floor ? [{ metric, grade: "hard", code: "watch.floor-breach", because }] : [];
  }
  const ratio = tidy(found / base);
  if (ratio < ratios.soft) return [];
  const grade = ratio >= hardFrom ? "hard" : "soft";
  const because = `expected the ${name} below ${ratios.soft} × its baseline ${tidy(base)}, found ${ratio.toFixed(2)} × (${tidy(found)})`;
  return [{ metric, grade, code: `watch.${grade}-${metric}`, because }];
}

function judgeHealth(looks: Look[]): Breach[] {
  const [before, now] = [looks.at(-2), looks.at(-1)];
  if (now?.health !== "failing") return [];
  return before?.health === "failing"
    ? [
        {
          metric: "health",
          grade: "hard",
          code: "watch.hard-health",
          because: "the health probe failed in two consecutive intervals",
        },
      ]
    : [{ metric: "health", grade: "soft", code: "watch.soft-health", because: "the health probe failed" }];
}

/** Judges how long no data came: from the deployment on, three minutes are too many; later, more than three. */
function judgeGap(looks: Look[]): Breach[] {
  const last = looks.findLast(isCounted);
  const gap = minutesAt(looks, looks.at(-1)) - minutesAt(looks, last);
  if (last ? gap <= longestGap : gap < longestGap) return [];
  const blind = looks.slice(last?.number ?? 0).every(({ reading }) => reading.kind === "blind");
  const code = blind ? "watch.backend-unreachable" : last ? "watch.gap" : "watch.no-data";
  const because = `expected data within ${longestGap} minutes, found ${blind ? "no answer of the backend" : "none"} for ${tidy(gap)}`;
  return [{ metric: "samples", grade: "hard", code, because }];
}

/** Judges how long no request came although data did: hard while none has come at all, and otherwise for a person. */
function judgeSignal(looks: Look[]): Breach[] {
  const alive = looks.findLast((look) => isCounted(look) && look.reading.requests > 0);
  const silence = minutesAt(looks, looks.at(-1)) - minutesAt(looks, alive);
  if (alive ? silence <= longestGap : silence < longestGap) return [];
  const because = `expected requests within ${longestGap} minutes, found none for ${tidy(silence)}`;
  return [{ metric: "signal", grade: alive ? "soft" : "hard", code: "watch.no-signal", because }];
}

/** Rounds to nine decimals, so that 0.6 / 0.2 is 3 and a boundary is met from both sides. */
function tidy(value: number): number {
  return Math.round(value * 1e9) / 1e9;
}
