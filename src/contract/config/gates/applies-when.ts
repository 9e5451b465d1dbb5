import * as z from "zod";
import { globs } from "#src/contract/config/changes";
import { identifier } from "#src/contract/config/fields";
import { releaseTypes, riskLevels } from "#src/domain/changes/kinds";

/** When a gate applies. Each key that is given must hold; what cannot be told holds. */
export const appliesWhen = z
  .strictObject({
    paths: globs("files of which at least one has changed since the release before").optional(),
    labels: z
      .array(z.string().min(1))
      .min(1)
      .optional()
      .describe("Labels of which an issue or pull request of the changes carries one, by the plan's input `labels`."),
    "release-types": z
      .array(z.enum(releaseTypes))
      .min(1)
      .optional()
      .describe("Kinds of release; the first release of all counts as `major`."),
    environments: z.array(identifier()).min(1).optional().describe("Environments that are deployed to."),
    risk: z.array(z.enum(riskLevels)).min(1).optional().describe("Levels of risk, as the plan assessed it."),
  })
  .optional()
  .describe(
    "When the gate applies: each key that is given must hold. The plan decides and records why; what cannot be told holds, so that the gate runs.",
  );

/** The condition of a gate. */
export type AppliesWhen = NonNullable<z.infer<typeof appliesWhen>>;
