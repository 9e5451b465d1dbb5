import * as z from "zod";
import { repositoryPath } from "#src/contract/config/fields";

/** Where the changes are described. */
export const changelogSection = z.strictObject({
  format: z
    .enum(["keep-a-changelog", "none"])
    .default("keep-a-changelog")
    .describe("Format of the changelog; `none` is recorded as not applicable."),
  file: repositoryPath().default("CHANGELOG.md").describe("The changelog."),
});
