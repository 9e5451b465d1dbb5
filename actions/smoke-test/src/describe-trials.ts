import { restLeftOut } from "#src/domain/left-out";
import { closingExcerpt, redact } from "#src/domain/log-excerpt";
import type { Conduct, JudgedTrial, Outcome } from "./judge-conduct.ts";
import { strays } from "./judge-trial.ts";
import { titleOf } from "./scenario-checks.ts";
import { stepsOf } from "./scenario-steps.ts";
import type { StepTrial, Trial } from "./trial.ts";

/** Characters of a body that a log shows. */
const longestBody = 256 * 1024;

/** Describes a scenario with all its tries for `smoke.json`; the first failure stays beside what became of it. */
export function describeOutcome({ conduct, findings, ending }: Outcome, secrets: string[]) {
  const { scenario, planted, previous, repeats, attempts } = conduct;
  return {
    id: scenario.id,
    title: titleOf(scenario),
    required: scenario.required,
    origin: scenario.install === "none" ? null : scenario.origin,
    covers: scenario.covers,
    steps: stepsOf(scenario).map((step) => step.kind),
    result: ending,
    findings,
    attempts: attempts.map((one) => describeTrial(one, secrets)),
    repeats: repeats.map((one) => describeTrial(one, secrets)),
    previous: previous ? describeTrial(previous, secrets) : null,
    "self-test": { failing: planted.failing?.ending ?? null, silent: planted.silent?.ending ?? null },
  };
}

/** Writes the log of a scenario: what each step said, of each try, without the values of credentials. */
export function logOf({ attempts, repeats, previous, refused }: Conduct, secrets: string[]): string {
  const parts = [
    ...refused.map(({ because }) => `${because}\n`),
    ...attempts.map(({ trial }, index) => headed(`try ${index + 1}`, trial, attempts.length + repeats.length)),
    ...repeats.map(({ trial }, index) => headed(`repeat ${index + 2}`, trial, 2)),
    ...(previous ? [headed("with the version before", previous.trial, 2)] : []),
  ];
  return redact(parts.join(""), secrets);
}

function headed(head: string, trial: Trial, tries: number): string {
  const said = saidBy(trial);
  return tries > 1 ? `--- ${head}\n${said}${said.endsWith("\n") ? "" : "\n"}` : said;
}

function describeTrial({ trial, findings, ending }: JudgedTrial, secrets: string[]) {
  const { installation, steps, ended, root } = trial;
  return {
    result: ending,
    installation: installation.kind,
    ended: ended ?? null,
    steps: steps.map(describeStep),
    findings,
    strays: strays(trial),
    running: trial.running ?? [],
    excerpt: closingExcerpt(saidBy(trial), secrets),
    workspace: ending === "pass" ? null : (root ?? null),
  };
}

function describeStep({ step, facts, findings }: StepTrial) {
  const codes = findings.map(({ code }) => code);
  if (facts.kind === "command") {
    const { ending, exit, duration, silence, outputDigest } = facts.execution;
    const command = "run" in step ? (step.run ?? null) : null;
    return { kind: step.kind, command, ending, exit: exit ?? null, duration, silence, outputDigest, codes };
  }
  if (facts.kind === "http") {
    const { url, answer } = facts;
    return {
      kind: step.kind,
      url,
      answered: answer.came ? answer.code : answer.because,
      duration: answer.duration,
      codes,
    };
  }
  return { kind: step.kind, installation: facts.installation.kind, codes };
}

function saidBy({ installation, steps, broken }: Trial): string {
  const trouble = installation.kind === "trouble" ? [installation.said] : [];
  return [...trouble, ...steps.map(({ facts }) => saidIn(facts)), ...(broken === undefined ? [] : [broken])].join("");
}

function saidIn(facts: StepTrial["facts"]): string {
  if (facts.kind === "command") return facts.execution.output;
  if (facts.kind === "install") return facts.installation.kind === "trouble" ? facts.installation.said : "";
  const { answer } = facts;
  if (!answer.came) return `${answer.because}\n`;
  const { code, body, cut } = answer;
  const told = cut || body.length > longestBody ? body.slice(0, longestBody) + restLeftOut : `${body}\n`;
  return `HTTP ${code}\n${told}`;
}
