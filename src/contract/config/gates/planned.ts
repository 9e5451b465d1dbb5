import * as z from "zod";
import { gateFields } from "#src/contract/config/gates/fields";

/** A gate that holds the release to what the plan found about its versions. */
export const lockstepGate = z.strictObject({
  ...gateFields,
  kind: z.literal("lockstep").describe("Carries over what the plan found: every place holds the same version."),
});

/** A gate that holds the release to what the plan found about its changelog. */
export const changelogGate = z.strictObject({
  ...gateFields,
  kind: z.literal("changelog").describe("Carries over what the plan found: the changelog describes this version."),
});
