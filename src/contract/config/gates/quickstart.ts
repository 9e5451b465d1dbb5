import * as z from "zod";
import { commandLine, repositoryPath } from "#src/contract/config/fields";
import { executionFields, gateFields } from "#src/contract/config/gates/fields";

/** A gate that types what the documentation tells users to type. */
export const quickstartGate = z.strictObject({
  ...gateFields,
  kind: z
    .literal("quickstart")
    .describe("Types a marked block of commands of the documentation, and compares its output."),
  file: repositoryPath().default("README.md").describe("Document that holds the block."),
  marker: z
    .string()
    .regex(/^[\w-]+$/, "expected letters, digits and hyphens")
    .default("quickstart")
    .describe("Text of the HTML comment right above the block: `<!-- quickstart -->`."),
  prepare: commandLine()
    .optional()
    .describe("Command line that runs before the block, such as one that builds and installs."),
  ...executionFields,
});
