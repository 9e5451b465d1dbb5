import * as z from "zod";
import { defineContract, sharedOutputs } from "#src/contract/action-contract";
import { identifier } from "#src/contract/config/fields";
import { lines, optionalText, records, releaseMode } from "#src/contract/fields";
import { readPlatformRule } from "./platform-rules.ts";

/** Relative to the checkout, and never out of it. */
const inside = /^(?![/\\])(?!.*(^|[/\\])\.\.([/\\]|$))/;

/** As the OCI distribution specification spells the name of a repository. */
const repositoryPathOfImage = /^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*(?:\/[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*)*$/;

/** Source of truth: action.yml and the README tables are generated from this. */
export const contract = defineContract({
  stage: "build-manifest",
  question: "What exactly was built, and from which commit?",
  inputs: z.strictObject({
    "release-mode": releaseMode(),
    records: records(),
    mode: z
      .enum(["record", "join"])
      .default("record")
      .describe(
        "`record`: the files that this job built. `join`: the legs of this run, such as the jobs of a matrix, as one build; once all of them have ended.",
      ),
    kind: z
      .enum(["", "npm", "git-tree", "archive", "wheel", "sdist", "crate", "go-module", "image", "formula", "file"])
      .default("")
      .describe(
        "What the files are, needed to record them: tarballs of `npm pack` (`npm`), files of the tag's own tree that users run (`git-tree`), gzipped tars or zips that users unpack (`archive`), a `wheel`, an `sdist`, a `crate`, the `go.mod` of a module in the tree or a module zip (`go-module`), an OCI layout as a folder or a tar (`image`), a Homebrew `formula`, or any other `file`.",
      ),
    files: optionalText()
      .refine(
        (value) => lines(value).every((line) => inside.test(line)),
        "expected paths inside the checkout, without `..`",
      )
      .describe(
        "Built files, one path or glob a line, relative to the checkout. Each line must match a file; needed to record them.",
      ),
    platform: optionalText()
      .refine(
        (value) => lines(value).every((line) => readPlatformRule(line)),
        "expected a platform, a file name with `{platform}`, or `<file name> = <platform>` a line",
      )
      .describe(
        "Platform of the files: its name, where all are for one; or their names with `{platform}` and perhaps `{version}` in them, such as `tide_{version}_{platform}.tar.gz`; or `<file name> = <platform>` a line, where `*` stands for anything. Empty where the files are for all platforms.",
      ),
    programs: optionalText().describe(
      "For archives: programs that each of them must hold with their execute bits, one path or glob inside of it a line. Binaries are found without.",
    ),
    image: optionalText()
      .refine((value) => value === "" || repositoryPathOfImage.test(value), "expected a repository path without a host")
      .describe("For images: the repository path that users pull from, without host and tag, such as `owner/tide`."),
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
        "Artifact with `manifest.json` and the built files under `files/`, images under `images/`, Go modules of the tree under `modules/`: publish exactly these bytes.",
      ),
    files: z.string().default("").describe("Names of the built files, one a line; empty where the stage did not pass."),
  }),
  leg: ({ mode, leg }) => (mode === "join" ? "" : leg),
  ledger: "strict",
});
