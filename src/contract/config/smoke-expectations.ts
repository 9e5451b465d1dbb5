import * as z from "zod";
import { identifier, isPattern, jsonPointer, repositoryPath } from "#src/contract/config/fields";

const jsonLine = z
  .strictObject({
    file: repositoryPath().describe("The JSON-lines file."),
    pointer: jsonPointer().describe("JSON pointer into its last line."),
    equals: z.json().optional().describe("The value that must stand there; this or `matches`."),
    matches: z
      .string()
      .min(1)
      .refine(isPattern, "expected a regular expression")
      .optional()
      .describe("Regular expression that the text there must match, such as of an instant that nobody can know."),
  })
  .refine(({ equals, matches }) => (equals === undefined) !== (matches === undefined), {
    message: "expected `equals` or `matches`, one of them",
  });

/** What must hold after a command. */
export const expectation = z
  .strictObject({
    exit: z
      .int()
      .min(0)
      .max(255)
      .optional()
      .describe("Exit code of the command; 0 where absent. A scenario that states nothing at all is refused."),
    "output-contains": z.array(z.string().min(1)).default([]).describe("Texts that the output must contain."),
    version: z
      .boolean()
      .default(false)
      .describe("Whether the output must contain the released version as a whole token."),
    files: z
      .array(repositoryPath())
      .default([])
      .describe(
        "Files that must exist in the workspace afterwards. In all paths, `{RELEASE_TAG}` and `{RELEASE_VERSION}` stand for the release.",
      ),
    "json-lines": z
      .array(jsonLine)
      .default([])
      .describe("Values that the last line of a JSON-lines file must hold, by JSON pointer."),
    sequences: z
      .array(
        z.strictObject({
          file: repositoryPath().describe("The JSON-lines file."),
          pointer: jsonPointer().describe("JSON pointer into each of its lines."),
          equals: z.array(z.json()).min(1).describe("The values of all lines, in their order."),
        }),
      )
      .default([])
      .describe("Values that all lines of a JSON-lines file must hold, one after the other."),
    models: z
      .array(
        z.strictObject({
          file: repositoryPath().describe("The JSON-lines file."),
          pointer: jsonPointer().describe("JSON pointer into its last line."),
          parameter: identifier().describe("Id of the parameter whose value must stand there, word for word."),
        }),
      )
      .default([])
      .describe("Models that the product must really have used, as its own record says."),
  })
  .describe("What must hold after the command.");

/** What a command is expected to do. */
export type ExpectationPolicy = z.infer<typeof expectation>;
