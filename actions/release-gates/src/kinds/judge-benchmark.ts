import type { GateOf } from "#src/contract/config/gates";
import type { Code } from "#src/domain/catalogue";
import type { Finding } from "../leg-report.ts";
import type { Measurement } from "./measurements.ts";

type Policy = Pick<GateOf<"benchmark">, "runs" | "threshold" | "noise-floor" | "blocking-floors" | "removed">;

/** What every run of the two sides measured, in order. */
export interface Sides {
  base: Measurement[][];
  candidate: Measurement[][];
}

/** How a scenario compares. Only `regressed` blocks; a candidate regression is listed. */
export type Standing = "no-baseline" | "noise-floor" | "candidate-regression" | "regressed" | "ok";

/** One scenario on both sides: medians, and the growth of the median in per cent (null where the base is 0). */
export interface Comparison {
  scenario: string;
  base: number;
  candidate: number;
  growth: number | null;
  standing: Standing;
}

/** Compares every scenario that both sides have measured. */
export function compare(policy: Policy, { base, candidate }: Sides): Comparison[] {
  const [before, after] = [byScenario(base), byScenario(candidate)];
  return [...before.keys()].flatMap((scenario) => {
    const [old, young] = [before.get(scenario), after.get(scenario)];
    return old && young ? [compareOne(policy, scenario, { old, young })] : [];
  });
}

/** Judges both sides: what is missing first, then what has vanished, then what has regressed. */
export function judgeBenchmark(policy: Policy, sides: Sides, comparisons: Comparison[]): Finding {
  const complaint = incomplete(policy, sides) ?? vanished(policy, sides) ?? regressed(policy, comparisons);
  if (complaint) return { ...complaint, evidence: [] };
  const [before, after] = [byScenario(sides.base), byScenario(sides.candidate)];
  const fresh = [...after.keys()].filter((scenario) => !before.has(scenario));
  const candidates = comparisons
    .filter(({ standing }) => standing === "candidate-regression")
    .map(({ scenario }) => scenario);
  const because = [
    `${comparisons.length} scenarios compared, none regressed by ${policy.threshold} %`,
    ...(candidates.length > 0 ? [`slower, but not certainly: ${candidates.join(", ")}`] : []),
    ...(fresh.length > 0 ? [`new: ${fresh.join(", ")}`] : []),
  ].join("; ");
  return { result: "pass", because, evidence: [] };
}

type Complaint = { result: "fail" | "inconclusive"; code: Code; because: string };
type Values = { fields: Measurement["fields"]; values: number[] };

function incomplete({ runs }: Policy, sides: Sides): Complaint | undefined {
  for (const [side, measured] of Object.entries(sides)) {
    const scenarios = [...byScenario(measured)];
    const partial = scenarios.find(([, { values }]) => values.length !== runs);
    if (measured.length === runs && scenarios.length > 0 && !partial) continue;
    const found = partial
      ? `${partial[1].values.length} of ${partial[0]}`
      : `${measured.length}, with ${scenarios.length} scenarios`;
    return {
      result: "inconclusive",
      code: "gates.perf-runs-missing",
      because: `expected ${runs} runs of every scenario of the ${side}, found ${found}`,
    };
  }
  return undefined;
}

function vanished({ removed }: Policy, { base, candidate }: Sides): Complaint | undefined {
  const after = byScenario(candidate);
  const accepted = removed.map(({ scenario }) => scenario);
  const names = [...byScenario(base).keys()].filter((name) => !after.has(name) && !accepted.includes(name));
  if (names.length === 0) return undefined;
  const because = `expected the candidate to measure what the base does, found no ${names.join(", ")}`;
  return { result: "fail", code: "gates.perf-scenario-vanished", because };
}

function regressed({ threshold }: Policy, comparisons: Comparison[]): Complaint | undefined {
  const slower = comparisons.filter(({ standing }) => standing === "regressed");
  if (slower.length > 0) {
    const found = slower.map(({ scenario, growth }) => `${scenario} by ${growth} %`).join(", ");
    return {
      result: "fail",
      code: "gates.perf-regressed",
      because: `expected no scenario slower by ${threshold} % or more, found ${found}`,
    };
  }
  if (comparisons.length === 0) {
    return {
      result: "inconclusive",
      code: "gates.perf-no-comparable",
      because: "expected scenarios on both sides, found none",
    };
  }
  if (comparisons.some(({ standing }) => standing !== "no-baseline" && standing !== "noise-floor")) return undefined;
  return {
    result: "inconclusive",
    code: "gates.perf-unverified",
    because: "expected a scenario above the noise floor with a base, found none",
  };
}

/** The order of the rules decides: no base, noise, below the blocking floor, certain by range, uncertain, fine. */
function compareOne(policy: Policy, scenario: string, { old, young }: { old: Values; young: Values }): Comparison {
  const [base, candidate] = [median(old.values), median(young.values)];
  const growth = base === 0 ? null : Math.round(((candidate - base) / base) * 1e11) / 1e9;
  const shared = { scenario, base, candidate, growth };
  if (growth === null) return { ...shared, standing: "no-baseline" };
  const noise = policy["noise-floor"];
  if (base < noise && candidate < noise) return { ...shared, standing: "noise-floor" };
  if (growth > policy.threshold && base < floorOf(policy, old)) return { ...shared, standing: "candidate-regression" };
  if (growth < policy.threshold) return { ...shared, standing: "ok" };
  const certain = Math.min(...young.values) > Math.max(...old.values);
  return { ...shared, standing: certain ? "regressed" : "candidate-regression" };
}

function floorOf({ "blocking-floors": floors }: Policy, { fields }: Values): number {
  const fitting = floors.filter(({ scenario }) =>
    Object.entries(scenario).every(([name, value]) => fields[name] === value),
  );
  return Math.max(0, ...fitting.map(({ floor }) => floor));
}

function byScenario(runs: Measurement[][]): Map<string, Values> {
  const groups = Map.groupBy(runs.flat(), ({ scenario }) => scenario);
  return new Map(
    [...groups].map(([scenario, group]) => [
      scenario,
      { fields: group[0]?.fields ?? {}, values: group.map(({ value }) => value) },
    ]),
  );
}

function median(values: number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const [low = 0, high = low] = [
    sorted[Math.floor((sorted.length - 1) / 2)],
    sorted[Math.ceil((sorted.length - 1) / 2)],
  ];
  return (low + high) / 2;
}
