import * as z from "zod";
import { repositoryGlob } from "#src/contract/config/fields";
import { riskLevels } from "#src/domain/changes/kinds";

const level = (rule: string, usual: (typeof riskLevels)[number]) =>
  z.enum(riskLevels).default(usual).describe(`Risk of ${rule}.`);

const days = () => z.string().regex(/^\d{1,4}d$/, "expected days with their unit, such as 30d");

/** Where migrations usually are; a repository need not have any. */
export const usualMigrations = ["**/migrations/**"];

/** What makes a release risky. */
export const riskSection = z.strictObject({
  critical: z.array(repositoryGlob()).default([]).describe("Globs of files whose change is a risk by itself."),
  migrations: z
    .array(repositoryGlob())
    .default(usualMigrations)
    .describe("Globs of files that change stored records or their shape, which a rollback does not undo."),
  "large-commits": z.int().positive().default(50).describe("Commits from which a release counts as large."),
  "large-files": z.int().positive().default(200).describe("Changed files from which a release counts as large."),
  stale: days().default("90d").describe("Days since the release before from which that counts as long ago."),
  levels: z
    .strictObject({
      breaking: level("a breaking change", "high"),
      major: level("a major step", "high"),
      migrations: level("changed files of `risk.migrations`", "high"),
      critical: level("changed files of `risk.critical`", "high"),
      security: level("a security fix", "medium"),
      "first-release": level("a release that none went before", "medium"),
      large: level("a large release", "medium"),
      stale: level("a release long after the one before", "medium"),
    })
    .prefault({})
    .describe(
      "How much each reason counts; the highest one is the release's level. A change set that is not known is high.",
    ),
});

/** The rules of risk. */
export type RiskPolicy = z.infer<typeof riskSection>;
