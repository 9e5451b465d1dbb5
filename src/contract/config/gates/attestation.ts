import * as z from "zod";
import { duration, repositoryPath } from "#src/contract/config/fields";
import { gateFields, preconditionFields } from "#src/contract/config/gates/fields";

/** A gate that wants a person's marker that this version was tried. */
export const attestationGate = z.strictObject({
  ...gateFields,
  ...preconditionFields,
  kind: z.literal("attestation").describe("Wants a tester's marker for exactly this version and commit."),
  path: repositoryPath().describe("JSON file of the marker; `{version}` in it stands for the version."),
  testers: z.array(z.string().min(1)).min(1).describe("Who may sign the marker in its `tester`."),
  tiers: z.array(z.string().min(1)).default([]).describe("Tiers of tests that the marker and its evidence must name."),
  "max-age": duration().default("720h").describe("Largest age of the marker."),
  "warn-age": duration().default("336h").describe("Age from which the finding says that the marker is getting old."),
  "max-open-findings": z
    .int()
    .nonnegative()
    .optional()
    .describe(
      "Largest number that the marker may state in `open-findings`, for a review; it need not state any where absent.",
    ),
  "allowed-drift": z
    .array(repositoryPath())
    .default([])
    .describe(
      "Paths or globs that may differ between the attested commit and the candidate; the marker itself always may.",
    ),
});
