import type { GateOf } from "#src/contract/config/gates";
import { approvalTitle } from "#src/contract/config/gates/approval";
import type { Answer, RunPeople } from "#src/domain/approval";
import type { Code } from "#src/domain/catalogue";
import type { HeardReview } from "./earlier-reviews.ts";
import type { HeardComment } from "./read-comments.ts";
import { namesRelease, readWords } from "./read-words.ts";
import { same } from "./same-name.ts";

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
  reviews: HeardReview[];
  /** By when the environment's reviewers had answered; undefined where no job has waited for them. */
  reviewed: Date | undefined;
  /** The environment that held the release back; empty where none did. */
  heldBy: string;
  comments: HeardComment[];
}

/** An answer that was read, with what its own words leave to object. */
export interface ReadAnswer extends Answer {
  objection?: { code: Code; because: string };
}

type Objection = ReadAnswer["objection"];

const states = new Map([
  ["approved", "approved" as const],
  ["rejected", "rejected" as const],
]);

/** Reads the answers to a question out of all that was said. What strangers write on the issue is no answer. */
export function readAnswers(question: Question, heard: Heard): ReadAnswer[] {
  const { environment, fallback, approvers } = question.policy;
  const ofEnvironment = heard.reviews
    .filter((review) => environment !== undefined && review.environments.some((name) => same(name, environment)))
    .flatMap((review) => readReview(review, question, heard));
  const ofIssue = heard.comments
    .filter(({ author }) => fallback === "issue" && approvers.some((name) => same(name, author)))
    .flatMap((comment) => readComment(comment, question.release));
  return [...ofEnvironment, ...ofIssue];
}

/** A rejection counts whenever it was given; an approval only as the answer to the job that waits after the collection. */
function readReview(review: HeardReview, question: Question, heard: Heard): ReadAnswer[] {
  const { state, by, automated, comment } = review;
  if (state === "pending") return [];
  const decision = states.get(state);
  const at = heard.reviewed ?? question.now;
  const answer = { via: "environment" as const, by, automated, at, comment, url: "" };
  if (decision === "rejected") return [{ ...answer, decision }];
  const strange = {
    code: "gates.approval-unknown" as const,
    because: `expected approved or rejected, found ${state} by ${by}`,
  };
  const objection = decision ? outOfPlace(review, question, heard) : strange;
  return [{ ...answer, decision: "approved", ...(objection ? { objection } : {}) }];
}

function outOfPlace({ by, known }: HeardReview, { policy }: Question, { heldBy, reviewed }: Heard): Objection {
  const { environment = "" } = policy;
  if (known === "untold") {
    return {
      code: "gates.approval-unknown",
      because: `the collection does not tell whether ${by} had reviewed before it`,
    };
  }
  if (known === "earlier") {
    return {
      code: "gates.approval-missing",
      because: `${by} reviewed ${environment} before the gates had been collected`,
    };
  }
  if (heldBy !== "" && !same(heldBy, environment)) {
    return {
      code: "gates.approval-mismatch",
      because: `${by} reviewed ${environment}, while ${heldBy} held the release back`,
    };
  }
  if (heldBy !== "" && reviewed) return undefined;
  return {
    code: "gates.approval-missing",
    because: `${by} reviewed ${environment}, and no job that waited for it has told when`,
  };
}

/** The first line decides, and nothing but `approve <tag> <sha>` approves; whatever begins like a rejection is never passed over. */
function readComment(comment: HeardComment, release: Question["release"]): ReadAnswer[] {
  const { author: by, automated, body, url, created, place } = comment;
  const words = readWords(body);
  const answer = { via: "issue" as const, by, automated, url, at: created, comment: words.reason };
  if (words.verb === "reject") return readRejection(answer, words.first, { place, tag: release.tag });
  if (words.verb !== "approve") return [];
  const objection = misplaced(comment) ?? misspelt(comment, words.first, release);
  return [{ ...answer, decision: "approved", ...(objection ? { objection } : {}) }];
}

function readRejection(
  answer: Omit<Answer, "decision">,
  first: string,
  { place, tag }: { place: HeardComment["place"]; tag: string },
): ReadAnswer[] {
  const comment = [first, answer.comment].join(" ").trim();
  if (namesRelease(first, tag)) return [{ ...answer, comment, decision: "rejected" }];
  if (place === "elsewhere") return [];
  const because = `expected \`reject ${tag}\` or another word than reject, found ${first.slice(0, 120)} by ${answer.by}`;
  return [{ ...answer, comment, decision: "rejected", objection: { code: "gates.approval-mismatch", because } }];
}

function misplaced({ place, author, opener }: HeardComment): Objection {
  if (place === "asked") return undefined;
  const because = `${author} answered on an issue ${place === "elsewhere" ? "of another title" : `that ${opener} opened`}`;
  return { code: "gates.approval-missing", because };
}

function misspelt({ author, created, updated }: HeardComment, first: string, release: Question["release"]): Objection {
  const wanted = `approve ${release.tag} ${release.sha}`;
  const mismatch = (because: string) => ({ code: "gates.approval-mismatch" as const, because });
  if (first.trim().split(/\s+/).join(" ") !== wanted) {
    const title = approvalTitle(release.tag);
    return mismatch(`expected \`${wanted}\` on "${title}", found ${first.slice(0, 120)} by ${author}`);
  }
  const changed = updated.getTime() !== created.getTime();
  return changed ? mismatch(`the comment of ${author} was changed after it was given`) : undefined;
}
