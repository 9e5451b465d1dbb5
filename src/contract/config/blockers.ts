import * as z from "zod";
import { issueLabel } from "#src/contract/config/issue-label";

/** What becomes of a release that is blocked: whether issues say so, and whether open ones hold it back. */
export const blockersSection = z.strictObject({
  file: z
    .boolean()
    .default(false)
    .describe("Whether each reason that blocks a release becomes an issue; where not, its text stands in the summary."),
  "require-none": z
    .boolean()
    .optional()
    .describe("Whether an open blocker of the release blocks it; the same as `file` where absent."),
  "epic-title": z
    .string()
    .trim()
    .max(200)
    .regex(/\{tag\}/, "expected a title with `{tag}` in it, so that each release has its own")
    .default("Release blockers: {tag}")
    .describe("Title of the issue that holds all blockers of a release; `{tag}` is its tag."),
  labels: z
    .array(issueLabel())
    .min(1)
    .default(["release-blocker"])
    .describe("Labels of the epic and its blockers. By the first one they are found again."),
  "audit-label": issueLabel()
    .default("release-audit")
    .describe("Label by which issues that an audit wants filed are found again."),
  author: z
    .string()
    .trim()
    .min(1)
    .default("github-actions[bot]")
    .describe("Account whose issues and comments count as the suite's own: the one that the job's token speaks for."),
});

/** The policy on blockers. */
export type BlockersPolicy = z.infer<typeof blockersSection>;
