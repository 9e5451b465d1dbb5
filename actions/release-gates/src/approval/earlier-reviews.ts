import * as z from "zod";
import type { AdmittedRecord } from "#src/domain/admission";
import { canonicalJson } from "#src/domain/digest";
import { parseJson } from "#src/domain/parse-json";
import type { StageReport } from "#src/domain/report";
import type { RunReview } from "#src/ports/approvals";

const attachment = "reviews-before.json";

const reviewsSchema = z.array(
  z.strictObject({
    state: z.string(),
    by: z.string(),
    automated: z.boolean(),
    comment: z.string(),
    environments: z.array(z.string()),
  }),
);

/** A review, and whether it was there before people could see what the gates had found. */
export interface HeardReview extends RunReview {
  known: "earlier" | "later" | "untold";
}

/** Keeps, in the collection's record, the reviews that were there before it: GitHub tells no time of a review. */
export function withEarlierReviews(report: StageReport, reviews: RunReview[]): StageReport {
  const content = canonicalJson(reviewsSchema.parse(reviews));
  return { ...report, attachments: [...(report.attachments ?? []), { name: attachment, content }] };
}

/** Tells apart which reviews the collection has seen: as many of the same words as it saw are the earlier ones. */
export function markEarlier(reviews: RunReview[], { attachments }: AdmittedRecord): HeardReview[] {
  const earlier = reviewsSchema.safeParse(parseJson(attachments.get(attachment) ?? new Uint8Array())).data;
  if (!earlier) return reviews.map((review) => ({ ...review, known: "untold" }));
  const left = earlier.map((review) => canonicalJson(review));
  return reviews.map((review) => {
    const at = left.indexOf(canonicalJson(reviewsSchema.element.parse(review)));
    if (at < 0) return { ...review, known: "later" };
    left.splice(at, 1);
    return { ...review, known: "earlier" };
  });
}
