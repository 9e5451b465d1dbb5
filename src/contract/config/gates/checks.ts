import * as z from "zod";
import { duration } from "#src/contract/config/fields";
import { gateFields } from "#src/contract/config/gates/fields";

/** A gate that looks for check runs on the commit. */
export const checksGate = z.strictObject({
  ...gateFields,
  kind: z.literal("checks").describe("Looks for check runs on the exact commit."),
  checks: z.array(z.string().min(1)).min(1).describe("Check runs that must have succeeded on this commit, by name."),
  wait: duration()
    .optional()
    .describe("How long to wait for checks that are still running; without it they block at once."),
});
