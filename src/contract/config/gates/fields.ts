import * as z from "zod";
import { commandLine, durationInJob, identifier, repositoryPath } from "#src/contract/config/fields";
import { appliesWhen } from "#src/contract/config/gates/applies-when";
import { failsAs } from "#src/contract/config/gates/fails-as";
import { tierField } from "#src/contract/config/tiers";

/** What every gate has. */
export const gateFields = {
  id: identifier().describe("Id of the gate; names its job and its evidence."),
  title: z.string().min(1).optional().describe("The gate as a sentence; the id where absent."),
  required: z.boolean().default(true).describe("A gate that is not required runs and reports, but never decides."),
  "fails-as": failsAs(),
  tier: tierField("gate"),
  "applies-when": appliesWhen,
};

const variable = () => z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/, "expected the name of an environment variable");

/** What must be there before a gate looks at anything. */
export const preconditionFields = {
  tools: z.array(z.string().min(1)).default([]).describe("Programs that must be on PATH before the gate starts."),
  environment: z
    .array(z.union([variable(), z.array(variable()).min(1)]))
    .default([])
    .describe(
      "Variables that must not be empty before the gate starts, of the job or from `variables` and `gate-secrets` of `prepare-release.yml`; a list in the list names alternatives, of which one must not be empty.",
    ),
};

/** How a gate's command runs. */
export const executionFields = {
  ...preconditionFields,
  scratch: z
    .array(repositoryPath())
    .default([])
    .describe("Folders of the checkout that the command writes to; they are made and tried before the gate starts."),
  directory: repositoryPath().optional().describe("Working directory inside the checkout."),
  timeout: durationInJob()
    .default("30m")
    .describe("Time after which the command is stopped and the gate is inconclusive."),
  "idle-timeout": durationInJob()
    .optional()
    .describe("Time without any output after which the command is stopped and the gate is inconclusive."),
};

/** A command that writes what the gate reads. */
export const producer = (what: string) =>
  commandLine()
    .optional()
    .describe(
      `Command line that writes ${what}, run by \`bash -eo pipefail\` in the checkout; without it they lie there.`,
    );

/** Exit codes by which a command that did its work tells of findings. */
export const findingExits = () =>
  z
    .array(z.int().min(1).max(255))
    .default([1])
    .describe(
      "Exit codes, besides 0, by which the command says that it found something, which must then stand in what it wrote; any other is a crash.",
    );

/** Paths or globs of the files that a gate reads. */
export const files = (what: string) =>
  z.array(repositoryPath()).min(1).describe(`Paths or globs, from the root of the checkout, of ${what}.`);

/** A known-good and a known-bad input, by which a gate proves that it can tell them apart. */
export const selfTest = (of: "command line" | "file or glob") => {
  const member = () => (of === "command line" ? commandLine() : repositoryPath());
  return z
    .strictObject({
      good: member().describe(`Known-good: a ${of} that the gate must pass.`),
      bad: member().describe(`Known-bad: a ${of} that the gate must not pass.`),
    })
    .optional()
    .describe("Proof, before the gate itself runs, that it tells good from bad; one that cannot is itself a failure.");
};
