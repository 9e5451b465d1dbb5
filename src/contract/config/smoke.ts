import * as z from "zod";
import { commandLine, duration, fileName, identifier, repositoryPath, uniqueById } from "#src/contract/config/fields";
import { tierField } from "#src/contract/config/tiers";

const expectation = z
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
    files: z.array(repositoryPath()).default([]).describe("Files that must exist in the workspace afterwards."),
    "json-lines": z
      .array(
        z.strictObject({
          file: repositoryPath().describe("The JSON-lines file."),
          pointer: z
            .string()
            .regex(/^(\/([^~]|~[01])*)?$/, "expected a JSON pointer such as /completed")
            .describe("JSON pointer into its last line."),
          equals: z.json().describe("The value that must stand there."),
        }),
      )
      .default([])
      .describe("Values that the last line of a JSON-lines file must hold, by JSON pointer."),
  })
  .describe("What must hold after the command.");

const build = z
  .strictObject({
    run: commandLine().describe(
      "Command line that builds the clone of the released commit; `$BUILD` names the folder to build into.",
    ),
    programs: z.array(fileName()).min(1).describe("Programs that it leaves in `$BUILD`; they come first on PATH."),
    version: commandLine().describe("Command line that prints the version of what was built."),
    prints: z
      .string()
      .regex(/\{version\}/, "expected a text with {version}")
      .default("{version}-dev")
      .describe("The version that it must print as a whole token."),
  })
  .describe("How the product is built, for `origin: source-build`.");

const scenario = z.strictObject({
  id: identifier().describe("Id of the scenario."),
  title: z.string().min(1).optional().describe("The scenario as a sentence; the id where absent."),
  install: z
    .enum(["channel", "none"])
    .default("channel")
    .describe("Whether the published package is installed, at the verified digest, before the command runs."),
  origin: z
    .enum(["published", "artifact", "source-build"])
    .default("published")
    .describe(
      "Where the product is taken from: as the channel serves it, as the build left it, or built anew from the released commit. A rehearsal takes `published` from the build.",
    ),
  build: build.optional(),
  programs: z
    .array(fileName())
    .default([])
    .describe("Programs that the scenario calls; each must be found in the installation before anywhere else."),
  channel: identifier().optional().describe("Channel to install from; the only one where there is just one."),
  run: commandLine().describe("Command line, run by `bash -eo pipefail` in a throwaway workspace."),
  expect: expectation.prefault({}),
  tier: tierField("scenario"),
  required: z.boolean().default(true).describe("A scenario that is not required is reported and never decides."),
  timeout: duration().default("5m").describe("Time after which the scenario is stopped."),
  writes: z
    .array(repositoryPath())
    .default([])
    .describe("Paths in the workspace that the scenario may write; others are strays."),
});

/** What a user would try first with the published product. */
export const smokeSection = z.strictObject({
  scenarios: uniqueById(scenario).default([]).describe("Scenarios; none at all is inconclusive, never a pass."),
});

/** What a scenario expects. */
export type ExpectationPolicy = z.infer<typeof expectation>;

/** How a scenario builds the product itself. */
export type BuildPolicy = z.infer<typeof build>;

/** A smoke scenario of the configuration. */
export type ScenarioPolicy = z.infer<typeof scenario>;
