import * as z from "zod";
import { commandLine, identifier, jsonPointer, repositoryPath, uniqueById } from "#src/contract/config/fields";
import { builtKinds } from "#src/domain/build-manifest";
import { pinnedVersion } from "#src/domain/toolchain";

const place = z
  .strictObject({
    file: repositoryPath().describe("The file, as the released commit holds it, such as `.python-version`."),
    pointer: jsonPointer()
      .optional()
      .describe("JSON pointer to the version in it; without one, the file holds the version and nothing else."),
  })
  .describe("Where the version stands in the repository; this or `version`.");

const pin = z
  .strictObject({
    id: identifier().describe("Id of the tool."),
    run: commandLine().describe("Command line that prints the tool's version; it is run in the job that builds."),
    version: z
      .string()
      .regex(pinnedVersion, "expected a version such as 1.88.0, or 3.12.* for every version of 3.12")
      .optional()
      .describe("Version that it must print as a whole token, such as `1.88.0`, or `3.12.*` for all of 3.12."),
    from: place.optional(),
    kinds: z
      .array(z.enum(builtKinds))
      .min(1)
      .optional()
      .describe("Kinds of built files that it makes; builds of other kinds are not asked. All of them where absent."),
  })
  .refine(({ version, from }) => (version === undefined) !== (from === undefined), {
    message: "expected `version` or `from`, one of them",
  });

/** Compilers, interpreters and tools that a release may be built with, in exactly one version each. */
export const toolchainSection = uniqueById(pin).min(1);

/** The pins of the configuration. */
export type ToolchainPolicy = z.infer<typeof toolchainSection>;
