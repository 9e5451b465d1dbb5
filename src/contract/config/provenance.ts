import * as z from "zod";

const fileRule = z.strictObject({
  pattern: z.string().min(1).describe("Glob of names of built files; `{version}` stands for the version."),
  least: z.int().min(0).default(1).describe("How many files there are at least."),
  most: z.int().min(1).optional().describe("How many there are at most."),
});

const attestations = z.strictObject({
  required: z
    .boolean()
    .default(true)
    .describe("Whether each file must have one; otherwise those that exist must hold."),
  from: z
    .enum(["server", "files"])
    .default("server")
    .describe("`server`: GitHub is asked by each file's digest. `files`: only the input `attestations` is read."),
  signer: z
    .string()
    .regex(/^[^/\s]+\/[^/\s]+\/\.github\/workflows\/[\w.-]+\.ya?ml$/, "expected owner/name/.github/workflows/file.yml")
    .optional()
    .describe("Workflow that signs, such as a called one; the one that `workflow` names where absent."),
  issuer: z
    .url()
    .default("https://token.actions.githubusercontent.com")
    .describe("Who tells the certificate authority which workflow it is."),
  predicate: z.string().min(1).default("https://slsa.dev/provenance/v1").describe("Kind of statement that is wanted."),
});

/** What proves that a build is the one that may be published. */
export const provenanceSection = z.strictObject({
  workflow: z
    .string()
    .regex(/^[\w.-]+\.ya?ml$/, "expected the name of a file in .github/workflows, such as release.yml")
    .describe("File in `.github/workflows` whose runs may build what is published."),
  jobs: z
    .array(z.string().min(1))
    .default([])
    .describe(
      "Jobs of that run, by the names that its page shows, which must have succeeded; with none, the whole run must. For runs that publish as well, and may have failed there.",
    ),
  files: z
    .array(fileRule)
    .default([])
    .describe("Which files a build has to have made; where any rule stands here, a file that fits none is an error."),
  attestations: attestations.optional().describe("Whether signed statements about the built files are asked for."),
});

/** The demands on provenance of the configuration. */
export type ProvenancePolicy = z.infer<typeof provenanceSection>;
