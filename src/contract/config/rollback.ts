import * as z from "zod";

const least = () => z.enum(["automatic", "person"]).optional();

/** What has to be possible on every required channel once a release has turned out bad, before anything is published. */
export const rollbackSection = z
  .strictObject({
    minimum: z
      .strictObject({
        withdraw: least().describe(
          "Who has to be able to withdraw a version: a job by itself (`automatic`), or at least a `person`; nobody needs to where absent.",
        ),
        repoint: least().describe(
          "Who has to be able to move back what users get by default: a job by itself (`automatic`), or at least a `person`.",
        ),
      })
      .prefault({})
      .describe("The least that has to be possible on every required channel."),
  })
  .describe("What has to be possible once a release has turned out bad; found out before anything is published.");

/** The least that has to be possible on every required channel. */
export type RollbackMinimum = z.infer<typeof rollbackSection>["minimum"];
