import * as z from "zod";

const ways = {
  by: z
    .enum(["trusted-publisher", "token"])
    .describe("`trusted-publisher`: the registry trusts a workflow, and no token is kept. `token`: a kept one."),
  workflow: z
    .string()
    .regex(/^[\w.-]+\.ya?ml$/, "expected the name of a file in .github/workflows, such as release.yml")
    .optional()
    .describe("File that the registry was told to trust; with `by: trusted-publisher`."),
  environment: z
    .string()
    .min(1)
    .optional()
    .describe("Environment that the registry was told to trust, in which the job has to be; any where absent."),
  refs: z
    .array(z.string().regex(/^refs\//, "expected full refs, such as refs/tags/v*"))
    .min(1)
    .optional()
    .describe(
      "Refs that the registry or the environment lets publish, as globs such as `refs/tags/v*`; any where absent.",
    ),
};

const shared = {
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
};

const meaning = "How the channel is published to; without it, nothing is known of the credential beforehand.";

/** How a channel is published to, so that the credential can be looked at before anything is. */
export const publishingSection = z.strictObject({ ...ways, ...shared }).describe(meaning);

/** The same for the sections of some kinds: several clients upload to Python indexes, and no image registry trusts a workflow. */
export const publishingOf = {
  pypi: z
    .strictObject({
      ...ways,
      client: z
        .enum(["twine", "uv"])
        .optional()
        .describe("Program on PATH that uploads, whose version has to suffice; not looked at where absent."),
      ...shared,
    })
    .describe(meaning),
  oci: z
    .strictObject({
      by: z.enum(["token"]).describe("`token`: the login that the container clients of the job have for the registry."),
      ...shared,
    })
    .describe(meaning),
};

/** How a channel of the configuration is published to. */
export type PublishingPolicy = z.infer<typeof publishingSection> & {
  client?: z.infer<typeof publishingOf.pypi>["client"];
};
