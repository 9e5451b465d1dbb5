import type { AppliesWhen } from "#src/contract/config/gates/applies-when";
import type { RiskLevel } from "#src/domain/changes/kinds";
import { hitsOf } from "#src/domain/changes/path-survey";
import type { RiskDocument } from "#src/domain/changes/risk-document";
import type { Facts, Policy } from "../facts.ts";
import type { TypedRelease } from "./release-type.ts";

type Applicability = RiskDocument["gates"][number];

/** What a condition is held against. */
interface Situation {
  facts: Facts;
  environment: string;
  release: TypedRelease;
  risk: RiskDocument["risk"];
}

/** Whether one key of a condition holds, with its reason; `holds` is undefined where that cannot be told. */
interface Answer {
  holds: boolean | undefined;
  because: string;
}

/**
 * Decides which gates apply. Every key of a condition must hold; where any of them cannot be told, the gate applies, whatever
 * the others say. A gate without a condition always applies.
 */
export function applyingGates(
  policy: Policy,
  facts: Facts,
  { release, risk }: { release: TypedRelease; risk: RiskDocument["risk"] },
): Applicability[] {
  const situation = { facts, environment: policy.environment, release, risk };
  return policy.gates.map((gate) => {
    const { id } = gate;
    if (gate.kind === "not-applicable") return { id, applies: false, because: `switched off: ${gate.reason}` };
    const when = gate["applies-when"];
    const answers = when ? answersTo(id, when, situation) : [];
    const open = answers.filter(({ holds }) => holds === undefined);
    const against = answers.filter(({ holds }) => holds === false);
    if (answers.length === 0) return { id, applies: true, because: "it has no condition" };
    if (open.length > 0) return { id, applies: true, because: `cannot be told: ${told(open)}` };
    return against.length > 0
      ? { id, applies: false, because: told(against) }
      : { id, applies: true, because: told(answers) };
  });
}

function answersTo(gate: string, when: AppliesWhen, { facts, environment, release, risk }: Situation): Answer[] {
  const { paths, labels, environments } = when;
  const types = when["release-types"];
  return [
    ...(paths ? [pathsHold(gate, paths, facts)] : []),
    ...(labels ? [labelsHold(labels, facts)] : []),
    ...(types ? [member("release-types", types, release.type)] : []),
    ...(environments ? [member("environments", environments, environment || undefined)] : []),
    ...(when.risk ? [riskHolds(when.risk, risk)] : []),
  ];
}

function pathsHold(gate: string, wanted: string[], { scene }: Facts): Answer {
  const hits = hitsOf(scene.paths, `gate:${gate}`);
  if (!hits)
    return {
      holds: undefined,
      because: `what changed is not known${scene.paths.known ? "" : ` (${scene.paths.because})`}`,
    };
  const [first] = hits.examples;
  if (first !== undefined) {
    return { holds: true, because: `paths: ${first} changed${hits.files > 1 ? ` and ${hits.files - 1} more` : ""}` };
  }
  const { idle } = scene;
  if (!idle) return { holds: undefined, because: "paths: which files the commit holds is not known" };
  return wanted.every((glob) => idle.includes(glob))
    ? { holds: undefined, because: `paths: none of ${wanted.join(", ")} names a file of the commit` }
    : { holds: false, because: `paths: no changed file is named by ${wanted.join(", ")}` };
}

function labelsHold(wanted: string[], { commits }: Facts): Answer {
  if (!commits?.labels) return { holds: undefined, because: "not every commit's labels were handed in" };
  const found = wanted.find((label) => commits.labels?.includes(label));
  return found === undefined
    ? { holds: false, because: `labels: none of ${wanted.join(", ")}` }
    : { holds: true, because: `labels: ${found}` };
}

/** A level that stands for what is not known may as well be any other. */
function riskHolds(wanted: readonly RiskLevel[], { level, reasons }: RiskDocument["risk"]): Answer {
  const unknown = reasons.find(({ rule }) => rule === "unknown");
  return unknown && !wanted.includes(level)
    ? { holds: undefined, because: `risk: ${unknown.because}` }
    : member("risk", wanted, level);
}

function member(key: string, wanted: readonly string[], found: string | undefined): Answer {
  if (found === undefined) return { holds: undefined, because: `${key}: none is named` };
  return wanted.includes(found)
    ? { holds: true, because: `${key}: ${found}` }
    : { holds: false, because: `${key}: ${found}, not ${wanted.join(", ")}` };
}

function told(answers: Answer[]): string {
  return answers.map(({ because }) => because).join("; ");
}
