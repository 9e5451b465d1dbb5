import { stripVTControlCharacters } from "node:util";
import type { StepOf, StepPolicy } from "#src/contract/config/smoke-steps";
import { canonicalJson } from "#src/domain/digest";
import { followPointer } from "#src/domain/json-pointer";
import { parseJson } from "#src/domain/parse-json";
import { containsVersion } from "#src/domain/version-token";
import type { HttpAnswer } from "#src/ports/http-requests";
import type { Sign } from "./classify-trouble.ts";
import { judgeCommand, judgeEnding, limitsOf, type Terms } from "./judge-command.ts";
import { judgeInstallation, judgePrograms } from "./judge-installation.ts";
import type { Finding, StepFacts } from "./trial.ts";

/** Judges one step by its facts. `nonces` holds the values that probes of this very try have stored. */
export function judgeStep(
  step: StepPolicy,
  facts: StepFacts,
  terms: Terms & { nonces: ReadonlyMap<string, string>; signs: Sign[] },
): Finding[] {
  if (facts.kind === "install")
    return [...judgeInstallation(facts.installation, terms.signs), ...judgePrograms(facts.programs)];
  if (step.kind === "import" && facts.kind === "command") return judgeImport(step, facts, terms);
  if (step.kind === "probe") return judgeProbe(step, facts, terms);
  if (step.kind === "http" && facts.kind === "http") return judgeAnswer(step.expect, facts.answer, terms.version);
  if (step.kind === "command" && facts.kind === "command") return judgeCommand(step, facts, terms);
  const because = `expected the facts of a step of kind ${step.kind}, found those of ${facts.kind}`;
  return [{ code: "smoke.harness-failed", class: "harness", because }];
}

/** Judges an import: whatever keeps a module from being imported in a clean place is a failure of its own. */
function judgeImport(
  step: StepOf<"import">,
  { execution }: Extract<StepFacts, { kind: "command" }>,
  terms: Terms,
): Finding[] {
  return judgeEnding(execution, { wanted: 0, limits: limitsOf(step, terms) }).map((finding) => ({
    ...finding,
    ...(finding.class === "product" ? { code: "smoke.import-failed" as const } : {}),
    because: `expected ${step.modules.join(", ")} to be imported: ${finding.because}`,
  }));
}

/** Judges an HTTP answer by its code, its texts, and the values in its body. */
function judgeAnswer(expect: StepOf<"http">["expect"], answer: HttpAnswer, version: string): Finding[] {
  if (!answer.came) {
    const because = `expected an answer, found ${answer.because}`;
    return [answer.late ? { code: "smoke.hung", class: "product", because } : failed(because)];
  }
  const { code, body } = answer;
  const document = parseJson(body);
  const values = expect.json.flatMap(({ pointer, equals }) => {
    const wanted = `${canonicalJson(equals)} at ${JSON.stringify(pointer)} of the body`;
    const pointed = followPointer(document, pointer);
    if (!pointed || pointed.value === undefined) return [failed(`expected ${wanted}, found nothing there`)];
    const found = canonicalJson(pointed.value);
    return found === canonicalJson(equals) ? [] : [failed(`expected ${wanted}, found ${found}`)];
  });
  const texts = expect.contains.filter((text) => !body.includes(text));
  const named = !expect.version || containsVersion(body, version);
  const found = [
    ...texts.map((text) => failed(`expected the body to contain ${JSON.stringify(text)}, found it nowhere`)),
    ...values,
    ...(named
      ? []
      : [
          { ...failed(`expected the body to name ${version}, found it nowhere`), code: "smoke.wrong-version" as const },
        ]),
  ];
  return [
    ...(code === expect.status ? [] : [failed(`expected the answer ${expect.status}, found ${code}`)]),
    ...undecided(found, answer),
  ];
}

/** What is missing in the start of a body may stand in the rest, which nobody has read. */
function undecided(found: Finding[], answer: HttpAnswer): Finding[] {
  if (found.length === 0 || !answer.came || !answer.cut) return found;
  const because = `expected a body that can be read whole, found it cut after ${answer.body.length} characters`;
  return [{ code: "smoke.answer-too-long", class: "harness", because }];
}

/** Judges a probe: storing must succeed, and what was stored must come back from a step that was never told it. */
function judgeProbe(
  step: StepOf<"probe">,
  facts: Exclude<StepFacts, { kind: "install" }>,
  terms: Terms & { nonces: ReadonlyMap<string, string> },
): Finding[] {
  const trouble =
    facts.kind === "command"
      ? judgeEnding(facts.execution, { wanted: 0, limits: limitsOf(step, terms) })
      : judgeSuccess(facts.answer);
  if (trouble.length > 0 || step.act === "store") return trouble;
  const said = facts.kind === "command" ? facts.execution.output : facts.answer.came ? facts.answer.body : "";
  const value = terms.nonces.get(step.value);
  if (value !== undefined && stripVTControlCharacters(said).includes(value)) return [];
  const because = `expected the value ${step.value} that an earlier step had stored, found it nowhere in the output`;
  const missed: Finding[] = [{ code: "smoke.probe-failed", class: "product", because }];
  return facts.kind === "http" ? undecided(missed, facts.answer) : missed;
}

function judgeSuccess(answer: HttpAnswer): Finding[] {
  if (!answer.came) return [failed(`expected an answer, found ${answer.because}`)];
  return answer.code >= 200 && answer.code < 300
    ? []
    : [failed(`expected an answer of 200 to 299, found ${answer.code}`)];
}

function failed(because: string): Finding {
  return { code: "smoke.case-failed", class: "product", because };
}
