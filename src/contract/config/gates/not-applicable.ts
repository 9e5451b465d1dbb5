import * as z from "zod";
import { words } from "#src/contract/config/fields";
import { gateFields } from "#src/contract/config/gates/fields";

/** A gate of a preset that is switched off: it never runs, and the release says why. */
export const notApplicableGate = z.strictObject({
  id: gateFields.id,
  title: gateFields.title,
  required: gateFields.required,
  kind: z.literal("not-applicable").describe("Switches a gate of the preset off; the reason stands in every record."),
  reason: words(10).describe("Why there is nothing to judge, in at least ten characters."),
});
