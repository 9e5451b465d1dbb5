import * as z from "zod";
import { defineContract, sharedOutputs } from "#src/contract/action-contract";
import { optionalText, records, releaseMode } from "#src/contract/fields";

/** Source of truth: action.yml and the README tables are generated from this. */
export const contract = defineContract({
  stage: "publish-verify",
  question: "Is what users get what we built?",
  inputs: z.strictObject({
    "release-mode": releaseMode(),
    records: records(),
    mode: z
      .enum(["preflight", "provenance", "live"])
      .default("live")
      .describe(
        "`preflight`: every channel could be published to, before any is. `provenance`: the build is the one that may be published, before it is. `live`: every channel serves the built bytes, before its deadline.",
      ),
    attestations: optionalText().describe(
      "For `provenance`: files with Sigstore bundles, one path or glob a line, relative to the checkout.",
    ),
    "trusted-root": optionalText().describe(
      "For `provenance`: file with the roots that bundles are verified against, as `gh attestation trusted-root` writes it.",
    ),
    "github-token": z
      .string()
      .trim()
      .default("")
      .meta({ secret: true, actionDefault: "${{ github.token }}" })
      .describe("Token with `contents: read`, for the tag, and for `provenance` with `actions: read`."),
  }),
  outputs: z.strictObject({
    ...sharedOutputs,
    live: z.string().default("").describe("Ids of the channels that serve what was built, one a line."),
    planned: z
      .string()
      .default("")
      .describe("Ids of the channels where the version is free, one a line; only in a rehearsal."),
  }),
  leg: ({ mode }) => (mode === "live" ? "" : mode),
  ledger: "strict",
});
