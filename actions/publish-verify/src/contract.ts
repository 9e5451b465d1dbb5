import * as z from "zod";
import { defineContract, sharedOutputs } from "#src/contract/action-contract";
import { optionalText, records, releaseMode } from "#src/contract/fields";
import { laterLeg } from "#src/domain/later-leg";

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
    channels: optionalText().describe(
      "For `preflight`: ids of the channels that will be published to, one a line; the others must be live already. All where empty.",
    ),
    "build-run-id": z
      .union([z.literal(""), z.string().regex(/^\d+$/, "expected the number of a run")])
      .default("")
      .describe("For `provenance`: the run whose build is published now, in place of `records`."),
    "release-tag": optionalText().describe(
      "For `provenance`: tag of the release whose build is published now, in place of `build-run-id`.",
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
      "For `later`: tag of the release, or `newest` for the newest stable one, `newest~1` for the one before it; the newest where empty.",
    ),
    "github-token": z
      .string()
      .trim()
      .default("")
      .meta({ secret: true, actionDefault: "${{ github.token }}" })
      .describe("Token with `contents: read`, for the tag, and for `provenance` and `later` with `actions: read`."),
  }),
  outputs: z.strictObject({
    ...sharedOutputs,
    aligned: z
      .string()
      .default("")
      .describe("In the mode `alignment`: ids of the channels whose formula says what was built, one a line."),
    records: z
      .string()
      .default("")
      .describe(
        "For `build-run-id` and `release-tag`: the records that were taken over, one a line, for the stages that follow.",
      ),
    artifacts: z
      .string()
      .default("")
      .describe("The artifacts that were taken over with the built files under `files/`, one a line."),
    tag: z.string().default("").describe("For `build-run-id` and `release-tag`: tag of the release that was built."),
    version: z.string().default("").describe("For `build-run-id` and `release-tag`: version of that release."),
    live: z.string().default("").describe("Ids of the channels that serve what was built, one a line."),
    planned: z
      .string()
      .default("")
      .describe("Ids of the channels where the version is free, one a line; only in a rehearsal, and for `preflight`."),
  }),
  leg: ({ mode, tag }) => (mode === "later" ? laterLeg(tag) : mode === "live" ? "" : mode),
  ledger: "strict",
});
