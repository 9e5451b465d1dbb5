import * as z from "zod";
import { repositoryPath } from "#src/contract/config/fields";

const npm = z.strictObject({
  kind: z
    .literal("npm")
    .describe("`package.json` and, where there is one, its lockfile: top entry and root package must agree."),
  file: repositoryPath().default("package.json").describe("The package's manifest."),
});

/** Where the version stands, and how tags are named after it. */
export const versionSection = z.strictObject({
  sources: z
    .array(z.discriminatedUnion("kind", [npm]))
    .min(1)
    .default([{ kind: "npm", file: "package.json" }])
    .describe("Every place that holds the version; all must agree."),
  "tag-pattern": z
    .string()
    .regex(/^[^{}\s]*\{version\}[^{}\s]*$/, "expected `{version}` exactly once")
    .default("v{version}")
    .describe("Name of the tag; `{version}` stands for the version."),
  base: z
    .enum(["previous-tag", "explicit"])
    .default("previous-tag")
    .describe("How the release before is found: the highest tag below the version, or the `base-tag` input."),
  "first-release": z
    .boolean()
    .default(false)
    .describe("Says that no release went before; without it, a missing base tag blocks."),
});
