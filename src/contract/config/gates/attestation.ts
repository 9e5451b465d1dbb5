import * as z from "zod";
import { duration, repositoryPath } from "#src/contract/config/fields";
import { gateFields, preconditionFields } from "#src/contract/config/gates/fields";

/** A gate that wants a person's marker that this version was tried. */
export const attestationGate = z.strictObject({
  ...gateFields,
  ...preconditionFields,
  kind: z.literal("attestation").describe("Wants a tester's marker for exactly this version and commit."),
  path: repositoryPath().describe("JSON file of the marker; `{version}` in it stands for the version."),
  testers: z
    .array(
      z.strictObject({
        name: z.string().min(1).describe("Name that the marker gives as its `tester`."),
        email: z.email().describe("Address of the author of the commit that last changed the marker."),
      }),
    )
    .min(1)
    .describe("Who may sign the marker."),
  signed: z
    .boolean()
    .default(false)
    .describe("Wants that commit to be signed by the tester, as GitHub verifies it; without, an address is only said."),
  tiers: z
    .record(z.string().min(1), z.string().min(1))
    .default({})
    .describe(
      "Tiers of tests that must be proven, each with the name of the job, or of the JUnit suite, that proves it.",
    ),
  evidence: z
    .enum(["verified", "self-declared"])
    .default("verified")
    .describe(
      "Whether jobs and suites of the evidence must prove the tiers, or the marker's own word on them is enough.",
    ),
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
