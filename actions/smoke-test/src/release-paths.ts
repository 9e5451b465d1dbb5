import type { ExpectationPolicy } from "#src/contract/config/smoke-expectations";
import type { ScenarioPolicy } from "#src/contract/config/smoke-scenario";
import type { StepPolicy } from "#src/contract/config/smoke-steps";
import { fill } from "./address.ts";
import type { PreviousRelease } from "./source.ts";
import type { Manner, TrialSetting } from "./trial-setting.ts";

/** Tells which release a try is made with. */
export function releaseOf({ product }: Manner, { previous, release }: TrialSetting): PreviousRelease {
  return product === "previous" && previous ? previous : release;
}

/** Puts the release into every path of a scenario, so that a folder may be named after its tag. */
export function withPaths(scenario: ScenarioPolicy, { tag, version }: PreviousRelease): ScenarioPolicy {
  const filled = (path: string) => fill(path, { RELEASE_TAG: tag, RELEASE_VERSION: version });
  const { steps, expect, graceful, writes } = scenario;
  return {
    ...scenario,
    writes: writes.map(filled),
    ...(expect && { expect: expected(expect, filled) }),
    ...(graceful && { graceful: expected(graceful, filled) }),
    ...(steps && { steps: steps.map((step) => ofStep(step, filled)) }),
  };
}

type Fill = (path: string) => string;

function ofStep(step: StepPolicy, filled: Fill): StepPolicy {
  if (step.kind === "install") return { ...step, keeps: step.keeps.map(filled) };
  if (step.kind !== "command") return step;
  const { results } = step;
  const report = results && { results: { ...results, junit: filled(results.junit) } };
  return { ...step, expect: expected(step.expect, filled), ...report };
}

function expected(expectation: ExpectationPolicy, filled: Fill): ExpectationPolicy {
  const placed = <Line extends { file: string }>(line: Line): Line => ({ ...line, file: filled(line.file) });
  return {
    ...expectation,
    files: expectation.files.map(filled),
    "json-lines": expectation["json-lines"].map(placed),
    sequences: expectation.sequences.map(placed),
    models: expectation.models.map(placed),
  };
}
