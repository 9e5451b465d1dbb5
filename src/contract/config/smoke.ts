import * as z from "zod";
import { duration, identifier, uniqueById } from "#src/contract/config/fields";
import { scenarioSchema } from "#src/contract/config/smoke-scenario";
import { signSchema, specificationSchema } from "#src/contract/config/smoke-signs";
import { endpointSchema, parameterSchema } from "#src/contract/config/smoke-surroundings";

/** What a user would try first with the published product. */
export const smokeSection = z.strictObject({
  scenarios: uniqueById(scenarioSchema).default([]).describe("Scenarios; none at all is inconclusive, never a pass."),
  systems: z
    .array(z.string().regex(/^[A-Za-z0-9][\w.-]{0,59}$/, "expected the label of a runner, such as macos-14"))
    .default([])
    .describe(
      "Labels of the runners that try the scenarios, each in a job of its own; a missing one blocks. `conclude-release.yml` wants the same list as `smoke-systems`.",
    ),
  budget: duration().default("20m").describe("Time that the scenarios of one channel may take together."),
  budgets: z
    .record(identifier(), duration())
    .default({})
    .describe("Budgets of single channels, by their id; `service` stands for scenarios that install nothing."),
  parallel: z.int().min(1).max(16).default(4).describe("How many scenarios of one channel run at the same time."),
  "min-executed": z.int().min(1).default(1).describe("How many scenarios must have been executed, at least."),
  endpoints: uniqueById(endpointSchema)
    .default([])
    .describe("Addresses that steps may ask; each wants a read case, and a write case where it can write."),
  parameters: uniqueById(parameterSchema)
    .default([])
    .describe("Models, addresses and credentials that scenarios use, in one table."),
  "verified-within": z
    .int()
    .positive()
    .default(90)
    .describe("Days after which a parameter that nobody has verified since is reported."),
  signs: uniqueById(signSchema)
    .default([])
    .describe("Signs of trouble that is not the product's, besides those that the suite knows of package clients."),
  "on-external": z
    .enum(["block", "report"])
    .default("block")
    .describe(
      "What a scenario means that an agent's or third party's refusal kept from an answer, handled gracefully.",
    ),
  "min-pass": z.int().min(1).default(1).describe("How many required scenarios must really have passed, at least."),
  "max-external": z.int().min(0).default(1).describe("How many scenarios may end so with `on-external: report`."),
  compare: z
    .enum(["previous", "off"])
    .default("previous")
    .describe("Whether a scenario that fails is tried with the version before, to tell whose trouble it is."),
  "self-test": z
    .enum(["required", "report", "off"])
    .default("required")
    .describe("What it means when a scenario passes against a deliberately broken product."),
  specification: specificationSchema.optional(),
});

/** The smoke section of the configuration. */
export type SmokePolicy = z.infer<typeof smokeSection>;
