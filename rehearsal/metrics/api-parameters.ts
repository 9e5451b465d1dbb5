import { parseDuration } from "./promql/durations.ts";
import { BadQuery } from "./promql/syntax.ts";

/** The times of a range query, in milliseconds. */
export interface Steps {
  start: number;
  end: number;
  step: number;
}

const MOST_STEPS = 11_000;

/** Reads a time as Unix seconds or as RFC 3339; the result is in milliseconds. */
export function timeParameter(given: URLSearchParams, name: string, otherwise?: number): number {
  const text = given.get(name);
  if (!text && otherwise !== undefined) return otherwise;
  const seconds = text && /^-?\d+(?:\.\d+)?(?:e[+-]?\d+)?$/i.test(text) ? Number(text) * 1_000 : Number.NaN;
  const dated = text && /^\d{4}-\d{2}-\d{2}T/.test(text) ? Date.parse(text) : Number.NaN;
  const at = Number.isNaN(seconds) ? dated : Math.round(seconds);
  if (Number.isNaN(at))
    throw new BadQuery(`invalid parameter "${name}": cannot parse "${text ?? ""}" to a valid timestamp`);
  return at;
}

/** Reads the times of a range query, with Prometheus's own limits. */
export function stepsParameters(given: URLSearchParams): Steps {
  const [start, end] = [timeParameter(given, "start"), timeParameter(given, "end")];
  if (end < start) throw new BadQuery('invalid parameter "end": end timestamp must not be before start time');
  const text = given.get("step") ?? "";
  const step = parseDuration(text) ?? (/^-?\d+(?:\.\d+)?$/.test(text) ? Number(text) * 1_000 : Number.NaN);
  if (Number.isNaN(step)) throw new BadQuery(`invalid parameter "step": cannot parse "${text}" to a valid duration`);
  if (step <= 0) {
    throw new BadQuery(
      'invalid parameter "step": zero or negative query resolution step widths are not accepted. Try a positive integer',
    );
  }
  if ((end - start) / step > MOST_STEPS) {
    throw new BadQuery(
      "exceeded maximum resolution of 11,000 points per timeseries. Try decreasing the query resolution (?step=XX)",
    );
  }
  return { start, end, step };
}
