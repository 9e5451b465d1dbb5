import * as z from "zod";
import { commandLine, identifier, isPattern, repositoryPath } from "#src/contract/config/fields";

/** A sign of trouble that is not the product's. */
export const signSchema = z
  .strictObject({
    id: identifier().describe("Id of the sign."),
    pattern: z
      .string()
      .min(1)
      .refine(isPattern, "expected a regular expression")
      .optional()
      .describe("Regular expression that is looked for in the output of the step that failed."),
    exit: z
      .int()
      .min(1)
      .max(255)
      .optional()
      .describe("Exit code of the step that failed; with `pattern`, both must fit."),
    class: z
      .enum(["propagation", "environment", "agent"])
      .describe("Whose trouble it is, where the sign is seen. Without a sign it is the product's."),
    canary: commandLine()
      .optional()
      .describe(
        "Command that asks the same dependency without the product: where it succeeds, the sign does not count.",
      ),
  })
  .refine(({ pattern, exit }) => pattern !== undefined || exit !== undefined, {
    message: "expected `pattern`, `exit` or both",
  });

/** The specification whose every scenario wants an observation. */
export const specificationSchema = z
  .strictObject({
    files: z.array(repositoryPath()).min(1).describe("Files of the specification, in the released commit."),
    ids: z
      .string()
      .min(1)
      .refine(isPattern, "expected a regular expression")
      .describe("Regular expression of the ids of its scenarios, such as `\\bSC-\\d+\\b`."),
  })
  .describe("The specification whose every scenario wants an observation (`covers`).");

/** A sign of the configuration. */
export type SignPolicy = z.infer<typeof signSchema>;
