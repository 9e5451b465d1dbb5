import * as z from "zod";
import { commandLine, duration, fileName, identifier, jsonPointer, repositoryPath } from "#src/contract/config/fields";
import { expectation } from "#src/contract/config/smoke-expectations";
import { smokeStep } from "#src/contract/config/smoke-steps";
import { tierField } from "#src/contract/config/tiers";

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

const specReference = z
  .strictObject({
    file: repositoryPath().describe("File of the specification, in the released commit."),
    heading: z.string().min(1).optional().describe("Heading of the section, without `#`; the whole file where absent."),
    seen: z
      .string()
      .regex(/^[0-9a-f]{12}$/, "expected 12 hexadecimal digits")
      .describe("First 12 digits of the SHA-256 of that text when the scenario was last held against it."),
  })
  .describe("What the scenario's expectations rest on; a text that has changed since is reported.");

/** A scenario of the configuration. */
export const scenarioSchema = z
  .strictObject({
    id: identifier().describe("Id of the scenario."),
    title: z.string().min(1).optional().describe("The scenario as a sentence; the id where absent."),
    install: z
      .enum(["channel", "none"])
      .default("channel")
      .describe("Whether the product is installed, at the verified digest, before the first step."),
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
    backends: z
      .array(z.string().regex(/^[@\w][\w./@-]*$/, "expected the name of an extra or of an optional peer"))
      .default([])
      .describe(
        "Backends that are installed beside the product: extras of a wheel, optional peers of an npm package. The package must declare each.",
      ),
    channel: identifier().optional().describe("Channel to install from; the only one where there is just one."),
    run: commandLine().optional().describe("Command line of a scenario with one step; this or `steps`."),
    expect: expectation.optional(),
    steps: z
      .array(smokeStep)
      .min(1)
      .optional()
      .describe("Steps, one after the other; the first that fails is the last."),
    tier: tierField("scenario"),
    required: z.boolean().default(true).describe("A scenario that is not required is reported and never decides."),
    timeout: duration().default("5m").describe("Time after which a step is stopped."),
    "idle-timeout": duration()
      .default("5m")
      .describe("Time without any output after which a step is stopped; a warning from 60 % of it."),
    writes: z
      .array(repositoryPath())
      .default([])
      .describe("Paths in the workspace that the scenario may write; others are strays."),
    uses: z.array(identifier()).default([]).describe("Ids of `smoke.parameters` that its steps see."),
    covers: z.array(z.string().min(1)).default([]).describe("Ids of the specification's scenarios that it observes."),
    "spec-ref": specReference.optional(),
    repeat: z
      .int()
      .min(1)
      .max(10)
      .default(1)
      .describe("How often a suspect scenario is tried; one failure is a failure."),
    baseline: z
      .boolean()
      .default(false)
      .describe("Whether it is tried before all others, which are not tried when it fails."),
    companion: z
      .strictObject({ minimum: z.string().min(1).describe("Version that it must have, at least.") })
      .optional()
      .describe("The first command prints the version of a companion tool; `required` says whether an old one blocks."),
    capability: z
      .strictObject({
        run: commandLine().describe("Command that prints what the product says of itself, as JSON."),
        pointer: jsonPointer().describe("JSON pointer to the capability, which is `true` or `false`."),
      })
      .optional()
      .describe("A claim of the product: `true` must be proven by a probe, `false` is honest and ends the scenario."),
    "fixed-in": z
      .string()
      .min(1)
      .optional()
      .describe(
        "Version that fixed what this scenario guards; when that is released, the version before must fail it.",
      ),
    graceful: expectation
      .optional()
      .describe("What must hold when an agent or third party refuses; without it, a refusal is the product's failure."),
    defect: commandLine()
      .optional()
      .describe("Command that plants the defect of the self-test, besides broken programs in `$STUBS`, first on PATH."),
  })
  .refine(({ run, steps }) => (run === undefined) !== (steps === undefined), {
    message: "expected `run` or `steps`, one of them",
  })
  .refine(({ expect, steps }) => expect === undefined || steps === undefined, {
    message: "expected `expect` beside `run` or in a step, not beside `steps`",
  });

/** A smoke scenario of the configuration. */
export type ScenarioPolicy = z.infer<typeof scenarioSchema>;

/** How a scenario builds the product itself. */
export type BuildPolicy = z.infer<typeof build>;
