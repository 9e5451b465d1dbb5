import type { GateOf } from "#src/contract/config/gates";
import { formatInstant } from "#src/domain/instant";
import type { MergedPullRequest, Review } from "#src/ports/merge-reviews";
import type { Finding } from "../leg-report.ts";
import { same } from "./same-name.ts";

type Policy = Pick<GateOf<"approval">, "approvers" | "reviewers">;

/** Whose reviews GitHub lets count: anybody can review a public pull request. */
const insiders = ["OWNER", "MEMBER", "COLLABORATOR"];

/** A merge as it was found, and how many approvals the rules of its branch ask for. */
export interface Merge {
  pull: MergedPullRequest;
  required: number;
  author: string | undefined;
}

/**
 * Judges the reviewed merge as the approval: the candidate is the merge of exactly one pull request, the branch's rules asked for
 * reviews, and enough people other than its authors approved its last commit and took nothing back.
 */
export function judgeMergeReview({ approvers, reviewers }: Policy, merges: Merge[]): Finding {
  const [first, ...others] = merges;
  if (!first) return missing("the merge of a pull request", "a commit that is none", []);
  const { pull, required, author } = first;
  const evidence = merges.map((merge) => merge.pull.url);
  if (others.length > 0) return missing("the merge of one pull request", `that of ${merges.length}`, evidence);
  if (required < reviewers) {
    const found = `${required === 0 ? "none" : required} in the rulesets of ${pull.base}`;
    return missing(`a rule that asks for at least ${reviewers} approving review(s)`, found, evidence);
  }
  if (author === undefined) {
    const because = "GitHub knows no account of the author of the pull request's last commit";
    return { result: "inconclusive", code: "gates.approval-unknown", because, evidence };
  }
  const lasting = lastWords(pull.reviews);
  const blocking = lasting.filter(
    ({ state, standing }) => state === "CHANGES_REQUESTED" && insiders.includes(standing),
  );
  const counting = lasting.filter((review) => counts(review, pull, author) && listed(review, approvers));
  if (blocking.length > 0 || counting.length < reviewers) {
    const found = [...blocking, ...lasting.filter(({ state }) => state === "APPROVED")].map((review) =>
      tell(review, pull),
    );
    return missing(
      `${reviewers} approval(s) of #${pull.number} at ${pull.head} by others than its authors`,
      found.join("; ") || "none",
      evidence,
    );
  }
  const because = `#${pull.number} was approved at ${pull.head} by ${counting.map(nameAndTime).join(", ")}`;
  return { result: "pass", because, evidence: [...evidence, ...counting.map(({ url }) => url)] };
}

function counts({ by, automated, state, commit, standing }: Review, pull: MergedPullRequest, author: string): boolean {
  const own = same(by, pull.author) || same(by, author);
  return state === "APPROVED" && !automated && !own && commit === pull.head && insiders.includes(standing);
}

function listed({ by }: Review, approvers: string[]): boolean {
  return approvers.length === 0 || approvers.some((name) => same(name, by));
}

/** A later review replaces an earlier one of the same person, but for mere comments. */
function lastWords(reviews: Review[]): Review[] {
  const speaking = reviews.filter(({ state }) => ["APPROVED", "CHANGES_REQUESTED", "DISMISSED"].includes(state));
  return speaking.filter(({ by }, index) => !speaking.slice(index + 1).some((later) => same(later.by, by)));
}

function tell({ by, state, commit, standing }: Review, { head }: MergedPullRequest): string {
  return `${state} by ${by} (${standing}) at ${commit === head ? "that commit" : (commit ?? "an unknown commit")}`;
}

function nameAndTime({ by, submitted }: Review): string {
  return submitted ? `${by} at ${formatInstant(submitted)}` : by;
}

function missing(expected: string, found: string, evidence: string[]): Finding {
  const because = `expected ${expected}, found ${found}`;
  return { result: "fail", code: "gates.merge-review-missing", because, evidence };
}
