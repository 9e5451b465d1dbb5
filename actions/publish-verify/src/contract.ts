import * as z from "zod";
import { defineContract, sharedOutputs } from "#src/contract/action-contract";
import { optionalText, records, releaseMode } from "#src/contract/fields";

/** Relative to the checkout, and never out of it. */
const isInside = (path: string) => /^(?![/\\])(?!.*(^|[/\\])\.\.([/\\]|$))/.test(path);

/** Source of truth: action.yml and the README tables are generated from this. */
export const contract = defineContract({
  stage: "publish-verify",
  question: "Is what users get what we built?",
  inputs: z.strictObject({
    "release-mode": releaseMode(),
    records: records(),
    mode: z
      .enum(["preflight", "provenance", "alignment", "live", "later"])
      .default("live")
      .describe(
        "`preflight`: every channel could be published to, before any is. `provenance`: the build is the one that may be published, before it is. `alignment`: every Homebrew formula says what was built, before anything is published. `live`: every channel serves the built bytes, before its deadline. `later`: users of a release that was verified once still get what was built.",
      ),
    attestations: optionalText().describe(
      "For `provenance`: files with Sigstore bundles, one path or glob a line, relative to the checkout.",
    ),
    "trusted-root": optionalText().describe(
      "For `provenance`: file with the roots that bundles are verified against, as `gh attestation trusted-root` writes it.",
    ),
    formula: optionalText()
      .refine((path) => isInside(path), "expected a path inside the checkout, without `..`")
      .describe(
        "For `alignment`: file of the formula in this job's own checkout of the tap; it is judged in place of the tap's, and corrected in place.",
      ),
    checksums: optionalText()
      .refine((path) => isInside(path), "expected a path inside the checkout, without `..`")
      .describe("For `alignment`: file in the checkout with checksums that the built archives must agree with."),
    tag: optionalText().describe(
      "For `later`: tag of the release; the newest stable one whose GitHub release holds its evidence where empty.",
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
    aligned: z
      .string()
      .default("")
      .describe("In the mode `alignment`: ids of the channels whose formula says what was built, one a line."),
    live: z.string().default("").describe("Ids of the channels that serve what was built, one a line."),
    planned: z
      .string()
      .default("")
      .describe("Ids of the channels where the version is free, one a line; only in a rehearsal."),
  }),
  leg: ({ mode }) => (mode === "live" ? "" : mode),
  ledger: "strict",
});
