import type { Check } from "#src/domain/verdict";
import type { Baseline } from "./baseline.ts";
import type { JudgedLook, Metric } from "./decide.ts";
import { judgeTraffic } from "./judge-traffic.ts";
import { isCounted, type Look, minutesAt } from "./look.ts";

/** A watch that has ended, by the end of its window or before. */
export interface EndedWatch {
  judged: JudgedLook[];
  /** How many looks the window holds. */
  expected: number;
  /** Whether the policy asks for the p99. */
  wantsLatency: boolean;
  baseline: Baseline;
}

/** Share of the expected samples, and of the expected health probes, that must be there. */
const fewestShare = 0.8;
/** Fewest looks with a health probe, however short the watch. */
const fewestProbes = 5;

const titles: Record<Metric, string> = {
  samples: "The backend had data throughout",
  signal: "The service got requests",
  health: "The service says that it is healthy",
  "error-rate": "The error rate stayed near its baseline",
  latency: "The p99 latency stayed near its baseline",
};

/** Concludes a watch, question by question: hard fails, soft waits for a person, and what was not seen to the end is open. */
export function concludeWatch(watch: EndedWatch): Check[] {
  const metrics: Metric[] = [
    "samples",
    "signal",
    "health",
    "error-rate",
    ...(watch.wantsLatency ? ["latency" as const] : []),
  ];
  return metrics.map((metric) => concludeMetric(metric, watch));
}

function concludeMetric(metric: Metric, watch: EndedWatch): Check {
  const { judged, expected } = watch;
  const check = { id: metric, title: titles[metric], required: true, evidence: ["watch.jsonl"] };
  const breach = worstOf(metric, judged);
  if (breach) {
    const result = breach.grade === "hard" ? "fail" : "inconclusive";
    return { ...check, result, code: breach.code, because: breach.because };
  }
  const seen = `${judged.length} of ${expected} looks`;
  if (judged.length < expected) {
    return { ...check, result: "inconclusive", code: "watch.cut-short", because: `the watch ended after ${seen}` };
  }
  const lack = lacking(metric, watch, check);
  if (lack) return lack;
  const looks = judged.map(({ look }) => look);
  if (metric === "signal") return { ...check, ...judgeTraffic(looks, watch.baseline) };
  const probed = metric === "health" ? `, ${looks.filter(isProbed).length} of them probed` : "";
  return { ...check, result: "pass", because: `${seen}${probed}, and no breach` };
}

function worstOf(metric: Metric, judged: JudgedLook[]) {
  const looks = judged.map(({ look }) => look);
  const breaches = judged.flatMap(({ look, breaches: found }) =>
    found.filter((breach) => breach.metric === metric).map((breach) => ({ ...breach, minute: minutesAt(looks, look) })),
  );
  const worst = breaches.find(({ grade }) => grade === "hard") ?? breaches[0];
  if (!worst) return undefined;
  const others = breaches.length > 1 ? ` (first of ${breaches.length} looks with a breach)` : "";
  const person = worst.grade === "soft" ? "; a person decides" : "";
  return {
    ...worst,
    because: `T+${worst.minute} min: ${worst.because}${worst.grade === "soft" ? others : ""}${person}`,
  };
}

function isProbed({ health }: Look): boolean {
  return health !== "unprobed";
}

/** Tells whether a question without a breach was answered by too few samples. */
function lacking(
  metric: Metric,
  { judged, expected }: EndedWatch,
  check: Pick<Check, "id" | "title" | "required" | "evidence">,
): Check | undefined {
  const looks = judged.map(({ look }) => look);
  const counted = looks.filter(isCounted);
  const busy = counted.filter(({ reading }) => reading.requests > 0);
  const probed = looks.filter(isProbed).length;
  const measured = busy.filter(({ reading }) => reading.p99 !== undefined).length;
  const needs: Partial<Record<Metric, [found: number, wanted: number, what: string]>> = {
    samples: [counted.length, expected * fewestShare, "looks with data"],
    health: [probed, Math.max(fewestProbes, expected * fewestShare), `looks of ${expected} probed for health`],
    latency: [measured, Math.max(1, busy.length * fewestShare), "looks with a p99"],
    "error-rate": [busy.length, 1, "looks with requests"],
  };
  const [found, wanted, what] = needs[metric] ?? [0, 0, ""];
  if (found >= wanted) return undefined;
  const because = `expected at least ${Math.ceil(wanted)} ${what}, found ${found}`;
  const result = metric === "samples" ? "fail" : "inconclusive";
  return { ...check, result, code: "watch.too-few-samples", because };
}
