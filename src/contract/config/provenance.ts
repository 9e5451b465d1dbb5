import * as z from "zod";

const fileRule = z.strictObject({
  pattern: z.string().min(1).describe("Glob of names of built files; `{version}` stands for the version."),
  least: z.int().min(0).default(1).describe("How many files there are at least."),
  most: z.int().min(1).optional().describe("How many there are at most."),
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
});

/** The demands on provenance of the configuration. */
export type ProvenancePolicy = z.infer<typeof provenanceSection>;
