import * as z from "zod";
import { duration, repositoryPath } from "#src/contract/config/fields";
import { gateFields, preconditionFields } from "#src/contract/config/gates/fields";

/** A gate that wants a release candidate to have been in use for a while. */
export const soakGate = z.strictObject({
  ...gateFields,
  ...preconditionFields,
  kind: z.literal("soak").describe("Wants a tagged pre-release of this version that was in use for a while."),
  "min-age": duration().default("168h").describe("Least age of the last pre-release's tag."),
  "allowed-drift": z
    .array(repositoryPath())
    .min(1)
    .describe(
      "Paths or globs that may differ between that tag and the candidate, such as those that hold the version.",
    ),
});
