import * as z from "zod";
import { repositoryPath } from "#src/contract/config/fields";
import { formatNames } from "#src/domain/changelog/rules";

/** Keys that say how a changelog is written. */
const ofFormats = ["heading", "sections", "order", "links", "unreleased", "loose-entries", "draft"] as const;

/** Where the changes are described, and what a well-formed description looks like. */
export const changelogSection = z
  .strictObject({
    format: z
      .enum([...formatNames, "none"])
      .default("keep-a-changelog")
      .describe(
        "Format of the changelog: `keep-a-changelog` is headed `[X.Y.Z] - YYYY-MM-DD`, `dated-sections` is headed `vX.Y.Z (YYYY-MM-DD)` and links every entry to its issue; `none` is recorded as not applicable.",
      ),
    file: repositoryPath().default("CHANGELOG.md").describe("The changelog."),
    heading: z
      .string()
      .regex(
        /^(?=[^{}]*\{version\}[^{}]*(\{date\}[^{}]*)?$)\S.*\S$/,
        "expected `{version}` once, then `{date}` at most once",
      )
      .optional()
      .describe(
        "Heading of a version's section, where it is not the format's; `{version}` and `{date}` stand for what they say.",
      ),
    sections: z
      .array(z.string().trim().min(1))
      .min(1)
      .optional()
      .describe("Titles that subsections may have, where they are not the format's."),
    order: z
      .enum(["listed", "free"])
      .optional()
      .describe(
        "Whether subsections stand in the order of `sections`; `free` in keep-a-changelog, `listed` in dated-sections.",
      ),
    links: z
      .enum(["required", "optional"])
      .optional()
      .describe(
        "Whether every entry carries a link `[#12](…/issues/12)`; `optional` in keep-a-changelog, `required` in dated-sections. Entries of inner lists need none.",
      ),
    unreleased: z
      .enum(["required", "allowed", "refused"])
      .optional()
      .describe(
        "Whether an empty `Unreleased` section stands on top; `allowed` in keep-a-changelog, `refused` in dated-sections. Notes in it always block.",
      ),
    "loose-entries": z
      .enum(["allowed", "refused"])
      .optional()
      .describe(
        "Whether entries may stand before the first subsection; `allowed` in keep-a-changelog, `refused` in dated-sections.",
      ),
    draft: z
      .record(z.string().min(1), z.string().trim().min(1))
      .optional()
      .describe(
        "Subsection that a draft puts a class of commits into (`feat`, `fix`, …, `breaking`, `other`), where it is not the format's; a class that is not named is left out.",
      ),
    "issues-url": z
      .url()
      .regex(/\/$/, "expected an address that ends in `/`")
      .optional()
      .describe("Address that the number of an issue is appended to; this repository's own issues where left out."),
    "date-rule": z
      .enum(["not-in-future", "release-day"])
      .default("not-in-future")
      .describe(
        "`not-in-future`: a section dated before the day of the release is reported and does not block; `release-day`: it blocks. The day of the release is the tag's where there is one, and today before.",
      ),
    "date-tolerance": z
      .string()
      .regex(/^\d{1,3}d$/, "expected days with their unit, such as 0d or 1d")
      .default("0d")
      .describe("Days by which the date may miss the day of the release."),
    "date-zone": z
      .enum(["utc", "utc-or-own"])
      .default("utc-or-own")
      .describe(
        "Whose calendar counts: UTC alone, or also that of the tag's own offset. Before there is a tag, any day that it is now on earth.",
      ),
    "pre-releases": z
      .enum(["optional", "required"])
      .default("optional")
      .describe("Whether a pre-release needs a section as well. One that is there is judged either way."),
  })
  .superRefine((changelog, context) => {
    if (changelog.format !== "none") return;
    const message = "expected a `format` other than `none`, under which nothing of a changelog is read";
    for (const key of ofFormats)
      if (changelog[key] !== undefined) context.addIssue({ code: "custom", path: [key], message });
  });
