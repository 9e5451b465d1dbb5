import type { ScenarioPolicy } from "#src/contract/config/smoke-scenario";
import type { Code } from "#src/domain/catalogue";
import { parseVersion } from "#src/domain/version";
import { compareVersions } from "#src/domain/version-order";
import type { Finding, FindingClass, Trial } from "./trial.ts";

/** How a scenario ended: `external` is an agent's refusal, handled gracefully; `missing` was never tried. */
export type Ending = "pass" | "fail" | "inconclusive" | "external" | "skipped" | "missing";

/** A try with its judgement. */
export interface JudgedTrial {
  trial: Trial;
  findings: Finding[];
  ending: Ending;
}

/** All tries of one scenario. */
export interface Conduct {
  scenario: ScenarioPolicy;
  /** Tries in their order: another one follows where the product is not to blame. The last one decides. */
  attempts: JudgedTrial[];
  /** Further tries of a suspect scenario. */
  repeats: JudgedTrial[];
  /** The same scenario with the version before. */
  previous?: JudgedTrial;
  /** The same scenario with a product that is broken on purpose: with programs that fail, and with silent ones. */
  planted: { failing?: JudgedTrial; silent?: JudgedTrial };
  /** Why it was not tried. */
  refused: Finding[];
}

/** A scenario as a whole. */
export interface Outcome {
  conduct: Conduct;
  findings: Finding[];
  ending: Ending;
}

const ranks: FindingClass[] = ["harness", "propagation", "environment", "agent", "product"];

/** Judges one try: the product's failure outweighs doubt, doubt outweighs an agent's refusal, and that outweighs a pass. */
export function judgedAs(trial: Trial, findings: Finding[]): JudgedTrial {
  const ordered = [...findings].sort((a, b) => ranks.indexOf(a.class) - ranks.indexOf(b.class));
  return { trial, findings: ordered, ending: endingOf(ordered, trial.ended) };
}

/** Judges a scenario by all its tries. */
export function judgeConduct(conduct: Conduct, version: string): Outcome {
  const last = conduct.attempts.at(-1);
  if (!last) return { conduct, findings: conduct.refused, ending: missingOr(conduct.refused) };
  const found = [...(repeated(conduct) ?? last.findings), ...unproven(conduct, version)];
  const findings = attribute(found, conduct);
  return { conduct, findings, ending: endingOf(findings, last.trial.ended) };
}

/** Tells whether a scenario guards what exactly this version has fixed. */
export function guardsFixOf({ "fixed-in": fixedIn }: ScenarioPolicy, version: string): boolean {
  return fixedIn !== undefined && compared(fixedIn, version) === 0;
}

function endingOf(findings: Finding[], ended: Trial["ended"]): Ending {
  const has = (whose: FindingClass) => findings.some((finding) => finding.class === whose);
  if (has("product")) return "fail";
  if (findings.some((finding) => finding.class !== "agent")) return "inconclusive";
  if (findings.length > 0) return "external";
  return ended?.how === "skipped" ? "skipped" : "pass";
}

function missingOr(refused: Finding[]): Ending {
  return refused.some(({ class: whose }) => whose === "agent") ? "external" : "missing";
}

/**
 * One failure among several tries is a failure; that it is not always one is said, too. A try that came to no end of its own proves
 * nothing, so that the scenario has not passed as often as it should.
 */
function repeated({ attempts, repeats }: Conduct): Finding[] | undefined {
  const all = [attempts.at(-1), ...repeats].flatMap((one) => one ?? []);
  const failed = all.filter(({ ending }) => ending === "fail");
  if (repeats.length === 0) return undefined;
  if (failed.length === 0) return unfinished(all);
  if (failed.length === all.length) return failed[0]?.findings;
  const because = `expected ${all.length} passes of ${all.length}, found ${failed.length} failed: ${failed[0]?.findings[0]?.because}`;
  return [{ code: "smoke.flaky", class: "product", because }];
}

function unfinished(all: JudgedTrial[]): Finding[] | undefined {
  const first = all.find(({ ending }) => ending !== "pass");
  if (!first || first === all[0]) return undefined;
  const passed = all.filter(({ ending }) => ending === "pass").length;
  const [found] = first.findings;
  const why = found?.because ?? first.trial.ended?.because;
  const because = `expected ${all.length} passes of ${all.length}, found ${passed} passed: ${why}`;
  return [{ code: found?.code ?? "smoke.skipped", class: found?.class ?? "harness", because }];
}

/** A guard of a fix is believed when the version before fails it: that was seen red, and this is seen green. */
function unproven({ scenario, previous, attempts }: Conduct, version: string): Finding[] {
  const fixedIn = scenario["fixed-in"];
  const order = fixedIn === undefined ? undefined : compared(fixedIn, version);
  if (fixedIn === undefined || (order !== undefined && order < 0) || attempts.at(-1)?.ending === "fail") return [];
  const missing = (found: string): Finding[] => {
    const because = `expected the version before ${fixedIn} to fail it and ${fixedIn} to pass, found ${found}`;
    return [{ code: "smoke.regression-unproven", class: "product", because }];
  };
  if (order === undefined || order > 0) return missing(`that ${version} is released`);
  if (!previous) return missing("no version before to try it with");
  if (previous.ending === "fail" && previous.trial.steps.length > 0) return [];
  return missing(`${previous.ending} with the version before`);
}

/** What fails with the version before in the same way is not the release's doing. */
function attribute(findings: Finding[], { scenario, previous, attempts }: Conduct): Finding[] {
  const last = attempts.at(-1);
  if (scenario["fixed-in"] !== undefined || !previous || !last || !sameFailure(previous, last)) return findings;
  return findings.map((finding) =>
    finding.class !== "product" || !isOfSteps(finding)
      ? finding
      : { ...finding, class: "environment", because: `${finding.because} (and so with the version before)` },
  );
}

function sameFailure(one: JudgedTrial, other: JudgedTrial): boolean {
  const saying = ({ findings }: JudgedTrial) => findings.map(({ code, because }) => `${code} ${because}`).join("\n");
  const reached = one.trial.steps.length === other.trial.steps.length && one.trial.steps.length > 0;
  return one.ending === "fail" && other.ending === "fail" && reached && saying(one) === saying(other);
}

/** What was written where nothing may be written: no step speaks of it, and several scenarios may be blamed for it. */
export const outsideOfSteps: Code[] = ["smoke.tree-dirty", "smoke.isolation-leak"];

/** What no machine explains, however long it has been so: such writes, and a crude end. */
const alwaysTheProducts: Code[] = [...outsideOfSteps, "smoke.flaky", "smoke.product-failure"];

function isOfSteps({ code }: Finding): boolean {
  return !alwaysTheProducts.includes(code);
}

function compared(one: string, other: string): number | undefined {
  const [a, b] = [parseVersion(one), parseVersion(other)];
  return a && b ? compareVersions(a, b) : undefined;
}
