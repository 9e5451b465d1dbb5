import type { GateOf } from "#src/contract/config/gates";
import { approvalTitle } from "#src/contract/config/gates/approval";
import type { Answer, RunPeople } from "#src/domain/approval";
import type { Code } from "#src/domain/catalogue";
import type { RunReview } from "#src/ports/approvals";
import type { IssueComment } from "#src/ports/issues";

/** What is asked, of whom, and since when. */
export interface Question {
  policy: Pick<
    GateOf<"approval">,
    "environment" | "fallback" | "approvers" | "reviewers" | "not-by" | "decision-timeout"
  >;
  release: { tag: string; sha: string };
  people: RunPeople;
  /** When the gates had been collected. */
  collected: Date;
  now: Date;
}

/** Everything that was said on GitHub. */
export interface Heard {
  reviews: RunReview[];
  /** By when the environment's reviewers had answered. */
  reviewed: Date;
  comments: IssueComment[];
}

/** An answer that was read, with what its own words leave to object. */
export interface ReadAnswer extends Answer {
  objection?: { code: Code; because: string };
}

const states = new Map([
  ["approved", "approved" as const],
  ["rejected", "rejected" as const],
]);

/** Reads the answers to a question out of all that was said. What strangers write on the issue is no answer. */
export function readAnswers({ policy, release }: Question, { reviews, reviewed, comments }: Heard): ReadAnswer[] {
  const { environment, fallback, approvers } = policy;
  const ofEnvironment = reviews
    .filter((review) => environment !== undefined && review.environments.some((name) => same(name, environment)))
    .flatMap((review) => readReview(review, reviewed));
  const ofIssue = comments
    .filter(({ author }) => fallback === "issue" && approvers.some((name) => same(name, author)))
    .flatMap((comment) => readComment(comment, release));
  return [...ofEnvironment, ...ofIssue];
}

/** Tells whether two logins, or two names of environments, are the same: GitHub does not mind their case. */
export function same(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

function readReview({ state, by, automated, comment }: RunReview, at: Date): ReadAnswer[] {
  if (state === "pending") return [];
  const decision = states.get(state);
  const answer = { via: "environment" as const, by, automated, at, comment, url: "" };
  if (decision) return [{ ...answer, decision }];
  const because = `expected approved or rejected, found ${state} by ${by}`;
  return [{ ...answer, decision: "approved", objection: { code: "gates.approval-unknown", because } }];
}

/** The first line decides, and nothing but `approve <tag> <sha>` or `reject <tag>` is an answer; the rest is its reason. */
function readComment(comment: IssueComment, release: Question["release"]): ReadAnswer[] {
  const { author: by, automated, body, url, created, updated } = comment;
  const [first = "", ...rest] = body.trim().split(/\r?\n/);
  const [word, tag = "", ...more] = first.trim().split(/\s+/);
  const answer = { via: "issue" as const, by, automated, url, at: created, comment: rest.join(" ").trim() };
  if (word === "reject") {
    const reason = [...more, answer.comment].join(" ").trim();
    return tag === release.tag ? [{ ...answer, comment: reason, decision: "rejected" }] : [];
  }
  if (word !== "approve") return [];
  const found = [tag, ...more].join(" ");
  const wanted = `${release.tag} ${release.sha}`;
  const mismatch = (because: string): ReadAnswer[] => [
    { ...answer, decision: "approved", objection: { code: "gates.approval-mismatch", because } },
  ];
  if (found !== wanted) {
    return mismatch(
      `expected \`approve ${wanted}\` on "${approvalTitle(release.tag)}", found ${first.slice(0, 120)} by ${by}`,
    );
  }
  if (updated.getTime() !== created.getTime()) return mismatch(`the comment of ${by} was changed after it was given`);
  return [{ ...answer, decision: "approved" }];
}
