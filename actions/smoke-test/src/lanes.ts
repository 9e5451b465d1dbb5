import { milliseconds } from "#src/contract/config/fields";
import type { SmokePolicy } from "#src/contract/config/smoke";
import type { ScenarioPolicy } from "#src/contract/config/smoke-scenario";
import { channelOf, type Setting } from "./source.ts";

/** Scenarios of one channel, with the time that they may take together, in milliseconds. */
export interface Lane {
  id: string;
  scenarios: ScenarioPolicy[];
  budget: number;
}

/** Name of the lane of scenarios that install nothing. */
export const serviceLane = "service";

/** Names the lane of a scenario: its channel, or that of services. */
export function laneOf(scenario: ScenarioPolicy, setting: Pick<Setting, "channels">): string {
  if (scenario.install === "none") return serviceLane;
  const channel = channelOf(scenario, setting);
  return "finding" in channel ? serviceLane : channel.id;
}

/** Sorts scenarios into lanes, each with a budget of its own, so that none can starve another. */
export function lanesOf(
  scenarios: ScenarioPolicy[],
  { policy, channels }: { policy: SmokePolicy; channels: Setting["channels"] },
): Lane[] {
  const ids = [...new Set(scenarios.map((scenario) => laneOf(scenario, { channels })))];
  return ids.map((id) => ({
    id,
    scenarios: scenarios.filter((scenario) => laneOf(scenario, { channels }) === id),
    budget: milliseconds(policy.budgets[id] ?? policy.budget),
  }));
}

/** Does some work for each item, so many at the same time, and keeps the order of the items. */
export async function atMost<Item, Result>(
  bound: number,
  items: Item[],
  work: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const results = new Map<number, Result>();
  const queue = [...items.entries()];
  const worker = async () => {
    for (let next = queue.shift(); next; next = queue.shift()) results.set(next[0], await work(next[1]));
  };
  await Promise.all(Array.from({ length: Math.min(bound, items.length) }, worker));
  return [...results].sort(([a], [b]) => a - b).map(([, result]) => result);
}
