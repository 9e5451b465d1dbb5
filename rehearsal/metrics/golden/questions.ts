import { START } from "./dataset.ts";

/** A path of the query API with its parameters. */
export interface Question {
  path: "/api/v1/query" | "/api/v1/query_range";
  parameters: Record<string, string>;
}

/** Between two scrapes, so that no sample lies on a window's open or closed end. */
const AT = START / 1_000 + 907;
const RANGE = { start: String(START / 1_000 + 307), end: String(START / 1_000 + 1_207), step: "60" };

const INSTANT = [
  "up",
  'up{job="gauge"}',
  'up{instance!="a:1"}',
  'up{instance=~"a.*|c.*"}',
  'up{instance!~".*:1"}',
  '{__name__=~"ti.+"}',
  "huge",
  "ended",
  "absent_metric",
  "requests_total",
  "requests_total[1m]",
  "increase(requests_total[1m])",
  'increase(requests_total{code="500"}[5m])',
  'rate(requests_total{instance="b:2"}[10m])',
  "rate(slow_total[5m])",
  "increase(ended[5m])",
  "increase(requests_total[14s])",
  "sum(increase(requests_total[5m]))",
  "sum by (code) (increase(requests_total[5m]))",
  "sum(increase(requests_total[5m])) by (instance, nothing)",
  "sum(absent_metric)",
  "sum(absent_metric) or vector(0)",
  'sum(increase(requests_total{code=~"5.."}[5m])) / sum(increase(requests_total[5m]))',
  'sum by (instance) (rate(requests_total{code="500"}[5m])) / sum by (instance) (rate(requests_total[5m]))',
  "absent_metric / up",
  "up / 0",
  "0 / 0",
  "vector(0) / vector(0)",
  "up or requests_total",
  "1 + 2 * 3 - 4 / 8",
  "-Inf",
  "2 * up",
  "sum(tiny) * 1e-3",
  "(((42)))",
];

const RANGED = [
  "up",
  "sum(increase(requests_total[1m])) or vector(0)",
  "sum by (code) (rate(requests_total[2m]))",
  'sum(increase(requests_total{code="500"}[1m])) / sum(increase(requests_total[1m]))',
  "slow_total",
  "increase(slow_total[3m])",
  "ended",
  "absent_metric",
  "7",
];

/** What is asked of both servers. */
export const questions: Question[] = [
  ...INSTANT.map((query) => ({ path: "/api/v1/query" as const, parameters: { query, time: String(AT) } })),
  ...RANGED.map((query) => ({ path: "/api/v1/query_range" as const, parameters: { query, ...RANGE } })),
];
