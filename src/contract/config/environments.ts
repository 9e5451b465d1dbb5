import * as z from "zod";
import { identifier, repositoryPath, uniqueById } from "#src/contract/config/fields";
import { strategies } from "#src/domain/changes/kinds";

const environment = z.strictObject({
  id: identifier().describe("Name of the environment, as the input `environment` gives it."),
  strategies: z
    .array(z.enum(strategies))
    .min(1)
    .default(["all-at-once"])
    .describe("Ways to deploy that it supports; `manual` alone where a person deploys, or restrictions ask for one."),
  traffic: z
    .enum(["public", "internal"])
    .default("public")
    .describe("`internal`: so little traffic that a part of it proves nothing, so that a gradual way gains nothing."),
  requires: z
    .array(repositoryPath())
    .default([])
    .describe("Files that the commit must hold, such as the deploy script and its procedures."),
  rollback: z
    .enum(["previous-release", "none"])
    .default("previous-release")
    .describe("What a rollback goes back to; `none` says that there is nothing yet, as for a first deployment."),
});

/** The environments that releases are deployed to. */
export const environmentsSection = uniqueById(environment)
  .default([])
  .describe("Environments; where any stands here, a release names exactly one of them.");

/** An environment of the configuration. */
export type EnvironmentPolicy = z.infer<typeof environment>;
