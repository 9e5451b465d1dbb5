import * as z from "zod";

/** How a channel is published to, so that the credential can be looked at before anything is. */
export const publishingSection = z
  .strictObject({
    by: z
      .enum(["trusted-publisher", "token"])
      .describe("`trusted-publisher`: the registry trusts a workflow, and no token is kept. `token`: a kept one."),
    workflow: z
      .string()
      .regex(/^[\w.-]+\.ya?ml$/, "expected the name of a file in .github/workflows, such as release.yml")
      .optional()
      .describe("File that the registry was told to trust; with `by: trusted-publisher`."),
    variable: z
      .string()
      .regex(/^[A-Za-z_][A-Za-z0-9_]*$/, "expected the name of a variable")
      .optional()
      .describe("Variable of the job that holds the token; the one that the client usually reads where absent."),
    "token-prefix": z
      .string()
      .min(1)
      .optional()
      .describe("What tokens of this registry begin with, where they all do; any token may be right where absent."),
    undo: z
      .array(z.enum(["withdraw", "repoint"]))
      .default([])
      .describe(
        "What has to be possible without a person and with this credential: to `withdraw` a version (deprecate, yank), or to `repoint` what users get by default.",
      ),
    "on-unknown": z
      .enum(["report", "block"])
      .default("report")
      .describe("What to do where nobody can tell whether the credential is good."),
  })
  .describe("How the channel is published to; without it, nothing is known of the credential beforehand.");

/** How a channel of the configuration is published to. */
export type PublishingPolicy = z.infer<typeof publishingSection>;
