import { type ExpectationPolicy, expectation } from "#src/contract/config/smoke-expectations";
import type { ScenarioPolicy } from "#src/contract/config/smoke-scenario";
import type { StepPolicy } from "#src/contract/config/smoke-steps";

/** Lists the steps of a scenario; `run` and `expect` are short for one command. */
export function stepsOf({ run, expect = expectation.parse({}), steps = [] }: ScenarioPolicy): StepPolicy[] {
  return run === undefined ? steps : [{ kind: "command", run, expect, installs: false }];
}

/** Tells whether a scenario could fail for a reason of its own: it states an expectation, asks an address, or wants a value back. */
export function hasOracle(scenario: ScenarioPolicy): boolean {
  return stepsOf(scenario).some(
    (step) =>
      step.kind === "http" ||
      step.kind === "import" ||
      (step.kind === "probe" && step.act === "recall") ||
      (step.kind === "command" && (step.results !== undefined || statesSomething(step.expect))) ||
      (step.kind === "install" && step.keeps.length > 0),
  );
}

/** Lists the files of the workspace that expectations speak of. */
export function filesOf({ files, "json-lines": lines, sequences, models }: ExpectationPolicy): string[] {
  return [...new Set([...files, ...[...lines, ...sequences, ...models].map(({ file }) => file)])];
}

function statesSomething({ exit, version, ...lists }: ExpectationPolicy): boolean {
  return (
    exit !== undefined || version || filesOf({ exit, version, ...lists }).length + lists["output-contains"].length > 0
  );
}
