import type { Check } from "#src/domain/verdict";
import type { Baseline } from "./baseline.ts";
import { isCounted, type Look } from "./look.ts";

/** Fewest requests an interval, on average, for which an error rate says anything. */
const fewestRequests = 1;
/** Share of the baseline's traffic below which a person decides. */
const softShare = 0.5;
/** Backends extrapolate counts: one request an interval may arrive as a little less. */
const extrapolation = 1e-6;

/**
 * Judges the traffic of a whole watch, on average over its looks with data: errors that nobody could meet are no sign of
 * health, and users who stay away may be one of trouble. Single looks are too noisy to be judged by their traffic.
 */
export function judgeTraffic(looks: Look[], baseline: Baseline): Pick<Check, "result" | "code" | "because"> {
  const counted = looks.filter(isCounted);
  const requests = counted.reduce((sum, { reading }) => sum + reading.requests, 0);
  const average = counted.length === 0 ? 0 : requests / counted.length;
  const usual = baseline.requests / baseline.samples;
  const share = average / usual;
  const found = `${figure(average)} requests an interval on average, ${figure(share * 100)} % of the baseline's ${figure(usual)}`;
  if (average < fewestRequests - extrapolation) {
    const because = `expected at least ${fewestRequests} request an interval on average, found ${found}`;
    return { result: "inconclusive", code: "watch.too-little-traffic", because };
  }
  if (share < softShare) {
    const because = `expected at least ${softShare * 100} % of the baseline's traffic, found ${found}; a person decides`;
    return { result: "inconclusive", code: "watch.soft-traffic", because };
  }
  return { result: "pass", because: `${looks.length} looks with ${found}` };
}

/** Three digits that matter, so that a hundredth of a request does not read as none. */
function figure(value: number): string {
  return String(Number(value.toPrecision(3)));
}
