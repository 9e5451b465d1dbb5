import * as z from "zod";
import { repositoryPath } from "#src/contract/config/fields";
import { reason } from "#src/contract/config/gates/accepted";
import { gateFields } from "#src/contract/config/gates/fields";

/** What the gate asks of workflows; each item has a reason code of its own. */
export const topologyItems = [
  "files",
  "tools",
  "pins",
  "permissions",
  "secrets",
  "injection",
  "triggers",
  "dead-triggers",
  "run-conclusion",
  "inputs",
  "needs",
  "gated",
  "last",
  "checkout",
  "rehearsal",
  "ci-trigger",
] as const;

const name = () => z.string().min(1);

const expectedWorkflow = z.strictObject({
  file: z
    .string()
    .regex(/^[\w.-]+\.ya?ml$/, "expected a file in .github/workflows, such as release.yml")
    .describe("Workflow, by its file in `.github/workflows`; it must be there."),
  triggers: z.array(name()).min(1).optional().describe("Events that start it: exactly these, and no other."),
  inputs: z.array(name()).default([]).describe("Inputs that it must offer whoever dispatches it."),
  needs: z
    .record(name(), z.array(name()).min(1))
    .default({})
    .describe("For a job, the jobs that it must wait for, directly or over others."),
});

const acceptance = z.strictObject({
  item: z.enum(topologyItems).describe("What is accepted."),
  at: name().describe("Text that the complaint contains, such as the action's name or `release.yml`."),
  reason: reason(),
});

/** A gate that reads the repository's workflows and scripts. */
export const topologyGate = z.strictObject({
  ...gateFields,
  kind: z
    .literal("topology")
    .describe("Reads the workflows and scripts of the commit, before any of them is relied on."),
  files: z.array(repositoryPath()).default([]).describe("Files that the release needs and that must be there."),
  workflows: z
    .array(expectedWorkflow)
    .default([])
    .describe("Workflows that must be there, and what they must be like."),
  tools: z
    .array(name())
    .default([])
    .describe("Programs, besides those known to be on no runner image, that a job must install before it uses them."),
  branches: z
    .array(name())
    .optional()
    .describe(
      "Branches on which required checks must run; those of `promote.chain`, or the released one, where absent.",
    ),
  accepted: z.array(acceptance).default([]).describe("Complaints that are accepted."),
});
