import * as z from "zod";
import { defineContract, sharedOutputs } from "#src/contract/action-contract";
import { identifier } from "#src/contract/config/fields";
import { lines, records, releaseMode, text } from "#src/contract/fields";

/** Relative to the checkout, and never out of it. */
const inside = /^(?![/\\])(?!.*(^|[/\\])\.\.([/\\]|$))/;

/** Source of truth: action.yml and the README tables are generated from this. */
export const contract = defineContract({
  stage: "build-manifest",
  question: "What exactly was built, and from which commit?",
  inputs: z.strictObject({
    "release-mode": releaseMode(),
    records: records(),
    kind: z
      .enum(["npm", "git-tree"])
      .describe("`npm`: tarballs of `npm pack`. `git-tree`: files of the tag's own tree that users run."),
    files: text()
      .refine(
        (value) => lines(value).every((line) => inside.test(line)),
        "expected paths inside the checkout, without `..`",
      )
      .describe("Built files, one path or glob a line, relative to the checkout. Each line must match a file."),
    leg: z
      .union([z.literal(""), identifier()])
      .default("")
      .describe("Name of this build where a release has several, such as one a kind; empty where there is one."),
  }),
  outputs: z.strictObject({
    ...sharedOutputs,
    artifact: z
      .string()
      .default("")
      .describe(
        "Artifact with `manifest.json` and, for npm, the tarballs under `files/`: publish exactly these bytes.",
      ),
    files: z.string().default("").describe("Names of the built files, one a line; empty where the stage did not pass."),
  }),
  leg: ({ leg }) => leg,
  ledger: "strict",
});
