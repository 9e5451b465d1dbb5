import * as z from "zod";
import { commandLine, duration, identifier, repositoryPath } from "#src/contract/config/fields";
import { answerExpectation } from "#src/contract/config/smoke-answers";
import { expectation } from "#src/contract/config/smoke-expectations";

const limits = {
  timeout: duration().optional().describe("Time after which the step is stopped; the scenario's where absent."),
};

const request = z
  .strictObject({
    endpoint: identifier().describe("Id of one of `smoke.endpoints`."),
    method: z
      .enum(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"])
      .default("GET")
      .describe("Method of the request; all but `GET` and `HEAD` write, and want an endpoint with `data: synthetic`."),
    path: z
      .string()
      .regex(/^[/?]/, "expected a path that begins with / or ?")
      .optional()
      .describe("What follows the endpoint's address; it cannot leave it."),
    headers: z
      .record(z.string().regex(/^[\w-]+$/), z.string())
      .default({})
      .describe("Headers of the request."),
    body: z.json().optional().describe("Body of the request, sent as JSON."),
  })
  .describe("A request to one of `smoke.endpoints`. `{NAME}` stands for a variable of the scenario.");

const command = z.strictObject({
  kind: z.literal("command").describe("A command line, run in the scenario's workspace."),
  run: commandLine().describe("Command line, run by `bash -eo pipefail`."),
  expect: expectation.prefault({}),
  ...limits,
  installs: z
    .boolean()
    .default(false)
    .describe("Whether the product's own installer or updater is run here; where it fails, so does the installation."),
  results: z
    .strictObject({
      junit: repositoryPath().describe("The JUnit report that the command writes."),
      "min-executed": z.int().min(1).default(1).describe("How many tests must have been executed, at least."),
      "max-skipped": z.int().min(0).default(0).describe("How many tests may be skipped."),
    })
    .optional()
    .describe("What a suite of tests must have executed."),
  "skip-exit": z
    .int()
    .min(1)
    .max(255)
    .optional()
    .describe("Exit code by which the command says that it did not run; a required scenario that is skipped blocks."),
});

const http = z.strictObject({
  kind: z.literal("http").describe("A request to an endpoint."),
  request,
  expect: answerExpectation.prefault({}),
  ...limits,
});

const install = z.strictObject({
  kind: z.literal("install").describe("Installs the product; with it, nothing is installed before the first step."),
  version: z
    .enum(["released", "previous"])
    .default("released")
    .describe("The released version at its digest, or the one that the channel served before."),
  keeps: z
    .array(repositoryPath())
    .default([])
    .describe("Files of the workspace that must survive this installation and all steps after it."),
});

const imports = z.strictObject({
  kind: z.literal("import").describe("Imports what was installed, of a channel of kind npm or pypi."),
  modules: z
    .array(z.string().regex(/^[@\w][\w./@-]*$/, "expected the name of a module, such as tide.storage or @tide/storage"))
    .min(1)
    .describe("Modules, one after the other, outside of the checkout; each must be there with all that it needs."),
  ...limits,
});

const probe = z
  .strictObject({
    kind: z.literal("probe").describe("Gives the product a value that nobody knows, or asks for it back."),
    act: z.enum(["store", "recall"]).describe("`store` is told the value; `recall` is not, and must print it."),
    value: identifier().describe("Name of the value; its store sees the value itself as `PROBE_VALUE`."),
    run: commandLine().optional().describe("Command line; this or `request`."),
    request: request.optional(),
    ...limits,
  })
  .refine(({ run, request: asked }) => (run === undefined) !== (asked === undefined), {
    message: "expected `run` or `request`, one of them",
  });

/** One step of a smoke scenario. */
export const smokeStep = z.discriminatedUnion("kind", [command, http, install, imports, probe]);

/** A step of the configuration. */
export type StepPolicy = z.infer<typeof smokeStep>;

/** A step of one kind. */
export type StepOf<Kind extends StepPolicy["kind"]> = Extract<StepPolicy, { kind: Kind }>;
