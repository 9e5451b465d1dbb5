import type { Config } from "#src/contract/config/schema";
import type { SmokePolicy } from "#src/contract/config/smoke";
import type { ScenarioPolicy } from "#src/contract/config/smoke-scenario";
import type { Check } from "#src/domain/verdict";
import type { Outcome } from "./judge-conduct.ts";
import { laneOf } from "./lanes.ts";
import { judgeSelfTest } from "./self-test.ts";
import { channelOf, isPackaged } from "./source.ts";

/**
 * Judges whether there is anything to try: a required scenario, and one for each required channel that users install from.
 * Nothing tried is not a pass.
 */
export function judgeCases(scenarios: ScenarioPolicy[], channels: Config["channels"]): Check {
  const required = scenarios.filter((scenario) => scenario.required);
  const title = "Every channel has a required scenario";
  const check = { id: "cases", title, required: true, evidence: [] };
  if (required.length === 0) {
    const because = `expected a required scenario, found none among ${scenarios.length}`;
    return { ...check, result: "inconclusive", code: "smoke.no-cases", because };
  }
  const bare = channels.filter(
    (one) => one.required && (one.kind === "git-tag" || isPackaged(one)) && !tried(required, { id: one.id, channels }),
  );
  if (bare.length > 0 && required.every((scenario) => resolves(scenario, channels))) {
    const because = `expected a required scenario for each channel, found none for ${bare.map(({ id }) => id).join(", ")}`;
    return { ...check, result: "inconclusive", code: "smoke.no-cases", because };
  }
  return { ...check, result: "pass", because: `found ${required.length} required of ${scenarios.length}` };
}

/** Judges how many scenarios were executed, skipped and missing, against what is wanted at least. */
export function judgeExecuted(outcomes: Outcome[], policy: SmokePolicy): Check {
  const { executed, skipped, missing, unable } = countOutcomes(outcomes, policy);
  const found = `${executed} executed, ${skipped} skipped, ${missing} missing, ${unable} that cannot fail`;
  const check = { id: "executed", title: "Enough scenarios were executed", required: true, evidence: ["smoke.json"] };
  if (executed >= policy["min-executed"]) return { ...check, result: "pass", because: found };
  const because = `expected at least ${policy["min-executed"]} executed, found ${found}`;
  return { ...check, result: "inconclusive", code: "smoke.too-few-executed", because };
}

/** Judges whether enough scenarios really passed, where an agent's or third party's refusal does not block by itself. */
export function judgeExternal(outcomes: Outcome[], policy: SmokePolicy): Check[] {
  const external = outcomes.filter(({ ending }) => ending === "external").length;
  if (policy["on-external"] === "block" || external === 0) return [];
  const passed = outcomes.filter(
    (outcome) => outcome.conduct.scenario.required && reallyPassed(outcome, policy),
  ).length;
  const found = `${passed} passed and ${external} refused by an agent or third party`;
  const wanted = `at least ${policy["min-pass"]} passed and at most ${policy["max-external"]} refused`;
  const check = { id: "external", title: "Enough scenarios really passed", required: true, evidence: ["smoke.json"] };
  if (passed >= policy["min-pass"] && external <= policy["max-external"])
    return [{ ...check, result: "pass", because: found }];
  const because = `expected ${wanted}, found ${found}`;
  return [{ ...check, result: "inconclusive", code: "smoke.external-only", because }];
}

/** States each channel's own result where there are several, so that one failure is not lost among the others. */
export function judgeChannels(outcomes: Outcome[], channels: Config["channels"]): Check[] {
  if (channels.length < 2) return [];
  return channels.flatMap(({ id, required }): Check[] => {
    const own = outcomes.filter(
      ({ conduct }) => conduct.scenario.required && laneOf(conduct.scenario, { channels }) === id,
    );
    if (own.length === 0) return [];
    const not = own.filter(({ ending }) => ending !== "pass" && ending !== "external");
    const check = {
      id: `channel-${id}`,
      title: `${id}: every required scenario holds`,
      required,
      evidence: ["smoke.json"],
    };
    if (not.length === 0) return [{ ...check, result: "pass", because: `${own.length} hold` }];
    const because = `expected ${own.length} to hold, found ${not.map(({ conduct, ending }) => `${conduct.scenario.id} ${ending}`).join(", ")}`;
    const result = not.some(({ ending }) => ending === "fail") ? "fail" : "inconclusive";
    return [{ ...check, result, code: "smoke.channel-failed", because }];
  });
}

/** Counts scenarios: what was not seen to fail with a broken product has shown nothing, and is not counted as executed. */
export function countOutcomes(outcomes: Outcome[], policy: SmokePolicy) {
  const of = (...endings: string[]) => outcomes.filter(({ ending }) => endings.includes(ending)).length;
  const unable = outcomes.filter((outcome) => cannotFail(outcome, policy)).length;
  return {
    executed: of("pass", "fail", "inconclusive", "external") - unable,
    skipped: of("skipped"),
    missing: of("missing"),
    unable,
  };
}

/** Tells whether a scenario passed, and was not seen to fail with a product that was broken on purpose. */
export function cannotFail({ conduct, ending }: Outcome, policy: SmokePolicy): boolean {
  return policy["self-test"] === "required" && ending === "pass" && !judgeSelfTest(conduct.planted.failing).canFail;
}

function reallyPassed(outcome: Outcome, policy: SmokePolicy): boolean {
  return outcome.ending === "pass" && !cannotFail(outcome, policy);
}

function tried(scenarios: ScenarioPolicy[], { id, channels }: { id: string; channels: Config["channels"] }): boolean {
  return scenarios.some((scenario) => laneOf(scenario, { channels }) === id);
}

function resolves(scenario: ScenarioPolicy, channels: Config["channels"]): boolean {
  return scenario.install === "none" || !("finding" in channelOf(scenario, { channels }));
}
