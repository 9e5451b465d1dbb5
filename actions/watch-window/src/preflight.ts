import { milliseconds } from "#src/contract/config/fields";
import type { WatchedPolicy, WatchPolicy } from "#src/contract/config/watch";
import type { Check } from "#src/domain/verdict";
import type { HealthAnswer } from "#src/ports/health-probe";
import { type Baseline, isBaseline, type NoBaseline } from "./baseline.ts";
import { looksIn } from "./gather.ts";

const shortest = 5 * 60_000;
const fewestLooks = 5;

/** Judges the policy itself: there is one, it gives a reason where nothing is watched, and its window is long enough. */
export function judgePolicy(policy: WatchPolicy | undefined): Check {
  const check = { id: "window", title: "The policy watches long enough", required: true, evidence: [] };
  if (!policy) {
    const because = "expected `watch` in the configuration, found neither a policy nor a reason for having none";
    return { ...check, result: "inconclusive", code: "watch.na-without-reason", because };
  }
  if (isNotApplicable(policy)) {
    const because = policy["not-applicable"];
    return { ...check, result: "not-applicable", code: "watch.not-applicable", because };
  }
  const looks = looksIn(policy.window, policy.interval);
  const found = `${policy.window} with ${looks} looks, one every ${policy.interval}`;
  if (milliseconds(policy.window) < shortest || looks < fewestLooks) {
    const because = `expected a window of at least 5m and ${fewestLooks} looks, found ${found}`;
    return { ...check, result: "inconclusive", code: "watch.window-too-short", because };
  }
  return { ...check, result: "pass", because: found };
}

/** Tells a policy that gives a reason for not watching from one that watches. */
export function isNotApplicable(policy: WatchPolicy): policy is Exclude<WatchPolicy, WatchedPolicy> {
  return "not-applicable" in policy;
}

/** Judges the baseline: without one, nothing after it can be judged. */
export function judgeBaseline(found: Baseline | NoBaseline): Check {
  const check = {
    id: "baseline",
    title: "There is a baseline to compare with",
    required: true,
    evidence: ["watch.json"],
  };
  if (isBaseline(found)) {
    const because = `${found.samples} samples with ${figure(found.errors)} errors in ${figure(found.requests)} requests`;
    return { ...check, result: "pass", because };
  }
  const result = found.code === "watch.metric-undefined" ? "fail" : "inconclusive";
  return { ...check, result, code: found.code, because: found.because };
}

/** Judges one health probe, for a rehearsal, which waits for no window. */
export function judgeProbe({ healthy, because }: HealthAnswer): Check {
  const check = { id: "health", title: "The health address answers", required: true, evidence: [] };
  if (healthy) return { ...check, result: "pass", because };
  return {
    ...check,
    result: "inconclusive",
    code: "watch.soft-health",
    because: `expected HTTP 2xx, found ${because}`,
  };
}

/** Counts over an interval are extrapolated by the backend and seldom whole. */
function figure(count: number): string {
  return String(Math.round(count * 10) / 10);
}
