import * as z from "zod";

/** A label of an issue. A comma would make two of it where labels are asked for. */
export const issueLabel = () =>
  z
    .string()
    .trim()
    .min(1)
    .max(50, "expected at most 50 characters, as GitHub takes them")
    .regex(/^[^,]+$/, "expected a label without a comma");
