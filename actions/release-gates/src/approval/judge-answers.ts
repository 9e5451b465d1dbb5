import { milliseconds } from "#src/contract/config/fields";
import { approvalTitle } from "#src/contract/config/gates/approval";
import { type Answer, isAutomatedLogin } from "#src/domain/approval";
import type { Code } from "#src/domain/catalogue";
import { formatInstant } from "#src/domain/instant";
import { doubt, type Finding } from "../leg-report.ts";
import { type Heard, type Question, type ReadAnswer, readAnswers } from "./read-answers.ts";
import { same } from "./same-name.ts";

/** What was found about an approval, and the answers that count. */
export interface Ruling {
  finding: Finding;
  answers: Answer[];
}

type Objection = NonNullable<ReadAnswer["objection"]>;

/** Of several objections, the first of these is told; a definite no stands before a doubt. */
const gravest: Code[] = [
  "gates.approval-same-person",
  "gates.approval-mismatch",
  "gates.approval-starter-unknown",
  "gates.approval-unknown",
  "all.decision-timeout",
];
const definite: Code[] = ["gates.approval-same-person", "gates.approval-mismatch"];

/**
 * Judges whether enough people agree: one word against it aborts, and what begins like one blocks; automation, the author, the starter of the run, strangers,
 * and answers before the gates or too late do not count; nor does one person count twice.
 */
export function judgeAnswers(question: Question, heard: Heard): Ruling {
  const read = readAnswers(question, heard);
  const contrary = read.filter(({ decision, automated }) => decision === "rejected" && !automated);
  const against = contrary.find(({ objection }) => !objection);
  if (against) {
    const because = `expected an approval, found: ${describe({ ...against, decision: "rejected" }, question)}`;
    return {
      finding: { result: "fail", code: "gates.aborted-by-decision", because, evidence: linksOf([against]) },
      answers: [against],
    };
  }
  const [unclear] = contrary;
  if (unclear?.objection) {
    return { finding: { result: "fail", ...unclear.objection, evidence: linksOf([unclear]) }, answers: [] };
  }
  const given = read.filter(({ decision }) => decision === "approved");
  const objections = given.flatMap((answer) => objectionTo(answer, question) ?? []);
  const counting = distinct(given.filter((answer) => !objectionTo(answer, question)));
  const { reviewers } = question.policy;
  if (counting.length < reviewers) return { finding: shortfall(counting, objections, question), answers: [] };
  const because = counting.map((answer) => describe(answer, question)).join("; ");
  return { finding: { result: "pass", because, evidence: linksOf(counting) }, answers: counting };
}

function objectionTo(answer: ReadAnswer, question: Question): Objection | undefined {
  const { policy, people, collected } = question;
  const { by, at, automated } = answer;
  if (answer.objection) return answer.objection;
  if (automated) return missing(`${by} is no person`);
  if (policy.approvers.length > 0 && !policy.approvers.some((name) => same(name, by))) {
    return missing(`${by} is none of the approvers`);
  }
  if (at < collected) return missing(`${by} answered before the gates had been collected`);
  if (at.getTime() - collected.getTime() > milliseconds(policy["decision-timeout"])) {
    return { code: "all.decision-timeout", because: `${by} answered after ${policy["decision-timeout"]}` };
  }
  return sameness(by, policy["not-by"], people);
}

/** Four eyes: behind automation stands somebody who may be the approver; an author whom GitHub does not know might be anybody, the approver included. */
function sameness(by: string, notBy: Question["policy"]["not-by"], people: Question["people"]): Objection | undefined {
  if (notBy.includes("actor") && people.actors.some((actor) => same(actor, by))) {
    return { code: "gates.approval-same-person", because: `${by} started this run` };
  }
  const automation = people.actors.find(isAutomatedLogin);
  if (notBy.includes("actor") && automation !== undefined) {
    const because = `${automation} started this run, and nobody can tell for which person, who may be ${by}`;
    return { code: "gates.approval-starter-unknown", because };
  }
  if (!notBy.includes("author")) return undefined;
  if (people.author === undefined) {
    return { code: "gates.approval-unknown", because: "GitHub knows no account of the candidate's author" };
  }
  return same(people.author, by)
    ? { code: "gates.approval-same-person", because: `${by} is the author of the candidate` }
    : undefined;
}

function shortfall(counting: Answer[], objections: Objection[], question: Question): Finding {
  const { policy, now, collected } = question;
  const told = objections.map(({ because }) => because);
  const found = [counting.length === 0 ? "none" : counting.map(({ by }) => by).join(", "), ...told].join("; ");
  const because = `expected ${wanted(question)}, found ${found}`;
  const code = gravest.find((one) => objections.some((objection) => objection.code === one));
  if (code && definite.includes(code)) return { result: "fail", code, because, evidence: [] };
  if (code) return doubt(code, because);
  const late = now.getTime() - collected.getTime() > milliseconds(policy["decision-timeout"]);
  return doubt(late ? "all.decision-timeout" : "gates.approval-missing", because);
}

function wanted({ policy, release }: Question): string {
  const { environment, fallback, reviewers } = policy;
  const places = [
    ...(environment === undefined
      ? []
      : [`a review of environment ${environment}, which \`approval-environment\` of the workflow must name`]),
    ...(fallback === "issue"
      ? [
          `a comment \`approve ${release.tag} ${release.sha}\` on an issue "${approvalTitle(release.tag)}" that one of them has opened`,
        ]
      : []),
  ];
  return `${reviewers === 1 ? "the approval of a person" : `approvals of ${reviewers} people`} (${places.join(", or ")})`;
}

/** Names who, through what, when and with which words. GitHub tells no time for an environment's review. */
function describe({ decision, by, via, at, comment }: Answer, { policy }: Question): string {
  const where = via === "environment" ? `environment ${policy.environment ?? ""}, by` : "issue, at";
  const words = comment === "" ? "" : `: "${comment.replace(/\s+/g, " ").slice(0, 300)}"`;
  return `${decision} by ${by} (${where} ${formatInstant(at)})${words}`;
}

function distinct(answers: Answer[]): Answer[] {
  return answers.filter(({ by }, index) => answers.findIndex((other) => same(other.by, by)) === index);
}

function linksOf(answers: Answer[]): string[] {
  return ["approval.json", ...answers.flatMap(({ url }) => (url === "" ? [] : [url]))];
}

function missing(because: string): Objection {
  return { code: "gates.approval-missing", because };
}
