import * as z from "zod";
import { identifier, repositoryPath, uniqueById } from "#src/contract/config/fields";

const column = z.strictObject({
  id: identifier().describe("Id of the channel."),
  key: z
    .string()
    .min(1)
    .optional()
    .describe("Key of the channel in a target's `channels`; the channel's id where absent."),
  platform: z.string().min(1).optional().describe("Key of a target that names its platform in this channel."),
  within: z.array(z.string().min(1)).min(1).optional().describe("Platforms that the channel can take; no other."),
});

const fromFile = z.strictObject({
  kind: z.literal("json").describe("A JSON file of the project, as the released commit holds it."),
  file: repositoryPath().describe("The file: an object with a list `targets`, each with an object `channels`."),
  id: z.string().min(1).default("id").describe("Key of a target that holds its id."),
  platform: z.string().min(1).default("platform").describe("Key of a target that names its platform."),
  channels: uniqueById(column)
    .default([])
    .describe("Channels that the file calls otherwise, or that name platforms in a way of their own."),
});

const target = z.strictObject({
  id: z.string().min(1).describe("Id of the target."),
  platform: z.string().min(1).describe("Its platform, as the names of the built files carry it."),
  channels: z
    .record(identifier(), z.enum(["official", "preview"]))
    .describe("Where it is offered, by the channel's id. `official`: no release without it. `preview`: only reported."),
});

const listed = z.strictObject({
  kind: z.literal("list").describe("The targets stand here."),
  list: uniqueById(target).min(1).describe("The targets."),
});

/** What a release is built for, and where each build is offered. */
export const targetsSection = z.discriminatedUnion("kind", [fromFile, listed]);

/** The targets of the configuration. */
export type TargetsPolicy = z.infer<typeof targetsSection>;
