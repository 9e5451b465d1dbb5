import * as z from "zod";
import { isCode } from "#src/domain/catalogue";
import { digestPattern } from "#src/domain/digest";
import { effectSchema } from "#src/domain/effect";
import { overrideSchema } from "#src/domain/override";
import { releaseSchema } from "#src/domain/release";
import { stageNames } from "#src/domain/stage";
import { subjectSchema } from "#src/domain/subject";

/** Format name and version of a record. */
export const evidenceFormat = "seaworthy-evidence/1";

const digest = z.string().regex(digestPattern);
const instant = z.iso.datetime({ precision: 0 }).describe("UTC, to the second: `YYYY-MM-DDTHH:MM:SSZ`.");

const checkSchema = z.strictObject({
  id: z.string().describe("Name of the check, unique within the record."),
  title: z.string().describe("The question, as a sentence."),
  required: z.boolean().describe("Whether the check decides; an advisory one is only reported."),
  result: z.enum(["pass", "fail", "inconclusive", "not-applicable"]).describe("What was found."),
  code: z
    .string()
    .refine(isCode, "expected a reason code of the catalogue")
    .optional()
    .describe("Reason code, present whenever the result is not a plain pass."),
  because: z.string().describe("The reason in words: what was expected and what was found."),
  evidence: z.array(z.string()).describe("What backs the finding: ids, addresses, digests, attachment names."),
  override: overrideSchema.optional().describe("A person's override of this finding, which stays what it is."),
});

/** One stage's evidence file: canonical JSON (RFC 8785), linked to the records it relied on by their digests. */
export const recordSchema = z.strictObject({
  schema: z.literal(evidenceFormat).describe("Format of the record."),
  suite: z.string().describe("Version of the suite that wrote it."),
  stage: z.enum(stageNames).describe("Stage that wrote it."),
  leg: z.string().describe("Leg of a matrix, such as a gate's id; empty for a stage that runs once or collects."),
  attempt: z.int().positive().describe("Attempt of the run in which it was written."),
  release: releaseSchema.describe("Which release it speaks of."),
  run: z
    .strictObject({
      id: z.string().describe("Id of the run."),
      attempt: z.int().positive().describe("Attempt of the run, from 1."),
      job: z.string().describe("Id of the job."),
      url: z.string().describe("Page of the run."),
    })
    .describe("Run of the workflow that wrote it."),
  started: instant,
  finished: instant,
  policy: digest.nullable().describe("Digest of the configuration that was applied."),
  consumed: z
    .array(
      z.strictObject({
        stage: z.enum(stageNames).describe("Stage that wrote the record."),
        leg: z.string().describe("Leg of the stage; empty where it has none."),
        artifact: z.string().describe("Artifact that the record came from."),
        digest: digest.describe("SHA-256 of the record's bytes."),
      }),
    )
    .describe("Records it relied on: the links of the chain."),
  subjects: z.array(subjectSchema).describe("What was judged."),
  attachments: z
    .array(
      z.strictObject({
        name: z.string().describe("Path of the file in the artifact."),
        digest: digest.describe("SHA-256 of the file."),
        bytes: z.int().nonnegative().describe("Size of the file."),
      }),
    )
    .describe("Files that travel beside the record in its artifact."),
  checks: z.array(checkSchema).describe("Every check with its finding."),
  effects: z.array(effectSchema).describe("Writes to the world, planned or done."),
  verdict: z
    .strictObject({
      result: z.enum(["pass", "fail", "inconclusive"]).describe("Anything but `pass` blocks."),
      "decided-by": z.array(z.string()).describe("Ids of the checks that decided."),
    })
    .describe("The stage's conclusion and the checks that decided it."),
  outcome: z.enum(["release", "no-release", "blocked"]).describe("Whether the release goes on."),
  next: z.string().describe("What a person or the next stage should do."),
});

/** A stage's evidence. */
export type EvidenceRecord = z.infer<typeof recordSchema>;
