import type { ScenarioPolicy } from "#src/contract/config/smoke-scenario";
import { stepsOf } from "./scenario-steps.ts";
import { channelOf, type Setting } from "./source.ts";
import type { Finding } from "./trial.ts";

/** How each ecosystem imports the modules that `MODULES` names, from the installation alone and without writing to it. */
const lines: Partial<Record<string, string>> = {
  pypi: `python -I -B -c 'import importlib, os; [importlib.import_module(name) for name in os.environ["MODULES"].split()]'`,
  npm: `node --input-type=module --eval 'for (const name of process.env.MODULES.split(" ")) await import(name)'`,
};

/** Tells the line that imports what a scenario installs; undefined where its channel serves nothing that is imported. */
export function importing(scenario: ScenarioPolicy, setting: Pick<Setting, "channels">): string | undefined {
  const channel = channelOf(scenario, setting);
  return "finding" in channel ? undefined : lines[channel.kind];
}

/** Refuses imports and backends of what has neither extras nor optional peers. */
export function refuseImports(scenario: ScenarioPolicy, setting: Pick<Setting, "channels">): Finding[] {
  const asks = scenario.backends.length > 0 || stepsOf(scenario).some(({ kind }) => kind === "import");
  const installs = scenario.install === "channel" && scenario.origin !== "source-build";
  if (!asks || (installs && importing(scenario, setting) !== undefined)) return [];
  const because = "expected a package of a channel of kind npm or pypi to import or to have backends, found none";
  return [{ code: "smoke.no-channel", class: "harness", because }];
}
