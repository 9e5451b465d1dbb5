import * as z from "zod";
import { commandLine, duration, identifier, repositoryPath, uniqueById } from "#src/contract/config/fields";

const shared = {
  id: identifier().describe("Id of the gate; names its job and its evidence."),
  title: z.string().min(1).optional().describe("The gate as a sentence; the id where absent."),
  required: z.boolean().default(true).describe("A gate that is not required runs and reports, but never decides."),
};

const command = z.strictObject({
  ...shared,
  kind: z.literal("command").describe("Runs a command; exit code 0 passes."),
  run: commandLine().describe("Command line, run by `bash -eo pipefail` in the checkout."),
  directory: repositoryPath().optional().describe("Working directory inside the checkout."),
  tools: z.array(z.string().min(1)).default([]).describe("Programs that must be on PATH before the command starts."),
  timeout: duration().default("30m").describe("Time after which the command is stopped and the gate is inconclusive."),
});

const checks = z.strictObject({
  ...shared,
  kind: z.literal("checks").describe("Looks for check runs on the exact commit."),
  checks: z.array(z.string().min(1)).min(1).describe("Check runs that must have succeeded on this commit, by name."),
  wait: duration()
    .optional()
    .describe("How long to wait for checks that are still running; without it they block at once."),
});

/** One gate as the configuration states it. */
export const gateSchema = z.discriminatedUnion("kind", [command, checks]);

/** What must hold before a commit may be released. */
export const gatesSection = uniqueById(gateSchema).default([]).describe("Gates; each runs as a job of its own.");

/** A gate of the configuration. */
export type GatePolicy = z.infer<typeof gateSchema>;
