import * as z from "zod";
import { defineContract, sharedOutputs } from "#src/contract/action-contract";
import { records, releaseMode } from "#src/contract/fields";

/** Source of truth: action.yml and the README tables are generated from this. */
export const contract = defineContract({
  stage: "watch-window",
  question: "Did the release stay healthy long enough to say so?",
  inputs: z.strictObject({
    "release-mode": releaseMode(),
    records: records(),
    "deployed-at": z.iso
      .datetime("expected an instant in UTC, such as 2026-01-01T12:00:00Z")
      .optional()
      .describe(
        "When the deployment ended, in UTC, such as `2026-01-01T12:00:00Z`: the window starts and the baseline ends here. Where absent, the window starts with this step, and the baseline ends with the build.",
      ),
  }),
  outputs: z.strictObject({
    ...sharedOutputs,
    looks: z.string().default("0").describe("How many intervals were looked at."),
    breach: z
      .string()
      .default("unknown")
      .describe("`none`, `soft` (a person decides), `hard` (roll back), or `unknown`."),
  }),
  ledger: "strict",
});
