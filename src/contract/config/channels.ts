import * as z from "zod";
import { duration, identifier, uniqueById } from "#src/contract/config/fields";

const shared = {
  id: identifier().describe("Id of the channel."),
  required: z.boolean().default(true).describe("An optional channel is reported and never decides."),
};

const npm = z.strictObject({
  ...shared,
  kind: z.literal("npm").describe("A package on the registry that the npm client is configured for."),
  package: z.string().min(1).describe("Name of the package."),
  deadline: duration().default("15m").describe("How long the version may take to become visible after the upload."),
});

const gitTag = z.strictObject({
  ...shared,
  kind: z.literal("git-tag").describe("Users take the repository at the tag, as they do with GitHub Actions."),
  deadline: duration().default("2m").describe("How long the tag may take to be served."),
});

/** One place users get the product from. */
export const channelSchema = z.discriminatedUnion("kind", [npm, gitTag]);

/** All places users get the product from. */
export const channelsSection = uniqueById(channelSchema).default([]).describe("Places users get the product from.");

/** A channel of the configuration. */
export type ChannelPolicy = z.infer<typeof channelSchema>;
