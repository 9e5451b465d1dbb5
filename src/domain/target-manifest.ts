import * as z from "zod";

/** Name of the plan's attachment that holds the frozen targets. */
export const targetsAttachment = "targets.json";

const offer = z.strictObject({
  channel: z.string().describe("Id of the channel that the target is offered in."),
  platform: z.string().min(1).describe("Name of the platform, as this channel's files carry it."),
  support: z
    .enum(["official", "preview"])
    .describe("A channel without one of its official platforms is not published; a preview is only reported."),
});

/** The targets that a release is built for, and where each is offered. One form, however the project writes it down. */
export const targetManifestSchema = z.strictObject({
  schema: z.literal("seaworthy-targets/1").describe("Format of the targets."),
  targets: z
    .array(
      z.strictObject({
        id: z.string().min(1).describe("Id of the target."),
        offers: z.array(offer).describe("Where the target is offered."),
      }),
    )
    .min(1)
    .describe("The targets, in the order of the project's own list."),
});

/** The frozen targets of a release. */
export type TargetManifest = z.infer<typeof targetManifestSchema>;
