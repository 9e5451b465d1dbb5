import type { Check } from "#src/domain/verdict";

const askedId = "approval-asked";

/** Leg of the record in which people's answers stand. No gate can have this id, so that it is never taken for a gate's leg. */
export const approvalLeg = "approval_answer";

/** What a person answered before the tag, and through what. */
export interface Answer {
  via: "environment" | "issue";
  decision: "approved" | "rejected";
  by: string;
  /** Whether an app or a workflow's own token spoke; such an answer never counts. */
  automated: boolean;
  /** When it was given; GitHub tells no time for environments, so that it is the time by which it was there. */
  at: Date;
  comment: string;
  url: string;
}

/** Who stands behind a candidate and its run, as logins; an unknown author is undefined. */
export interface RunPeople {
  author: string | undefined;
  /** Who started the run, and who started this attempt of it; behind automation stands a person whom nobody can name. */
  actors: string[];
}

/** Tells the account of an app, or of a workflow's own token, by its login: GitHub lets no person have one like it. */
export function isAutomatedLogin(login: string): boolean {
  return login.toLowerCase().endsWith("[bot]");
}

/** The collection's word that people are asked before the tag; it decides nothing itself. */
export function askedCheck(because: string): Check {
  return {
    id: askedId,
    title: "People are asked before the tag",
    required: false,
    result: "pass",
    because,
    evidence: [],
  };
}

/**
 * Tells whether the collection among the gates' records says that people are asked, and no record tells what they answered: then
 * nobody has approved.
 */
export function isUnanswered(gates: { leg: string; checks: Pick<Check, "id">[] }[]): boolean {
  const asked = gates.some(({ leg, checks }) => leg === "" && checks.some(({ id }) => id === askedId));
  return asked && !gates.some(({ leg }) => leg === approvalLeg);
}
