import * as z from "zod";
import { identifier } from "#src/contract/config/fields";

const endpoint = z.strictObject({
  id: identifier().describe("Id of the endpoint."),
  url: z
    .url({ protocol: /^https?$/ })
    .describe("Address of the endpoint. Steps reach nothing but endpoints, and follow no redirection."),
  writes: z.boolean().default(false).describe("Whether the endpoint can write; then it needs a write case, too."),
  data: z
    .enum(["unmarked", "synthetic"])
    .default("unmarked")
    .describe("`synthetic` marks the endpoint as holding test data; no step writes to any other."),
});

const parameter = z.strictObject({
  id: identifier().describe(
    "Id of the parameter; steps that use it see it as `PARAM_<ID>`, in capitals with underscores.",
  ),
  kind: z
    .enum(["model", "endpoint", "text", "credential"])
    .describe(
      "What it is. Of a `credential`, `value` is the name of the job's variable, and its own value goes to steps that use it alone.",
    ),
  value: z.string().min(1).describe("The value, used word for word; it is never replaced by another."),
  "verified-on": z.iso.date().describe("Day on which somebody last saw it work."),
  available: z
    .boolean()
    .default(true)
    .describe("Whether it can be used now; a scenario that uses it otherwise is not executed."),
  note: z.string().optional().describe("What else is to be known."),
});

/** An address that steps may ask. */
export const endpointSchema = endpoint;

/** A value that scenarios use, with the day on which it was last seen to work. */
export const parameterSchema = parameter;

/** A parameter of the configuration. */
export type ParameterPolicy = z.infer<typeof parameter>;
