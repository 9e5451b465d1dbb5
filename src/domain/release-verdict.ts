import * as z from "zod";
import { isCode } from "#src/domain/catalogue";
import { digestPattern } from "#src/domain/digest";
import { effectSchema } from "#src/domain/effect";
import { recordSchema } from "#src/domain/evidence";
import { overrideSchema } from "#src/domain/override";
import { releaseSchema } from "#src/domain/release";
import { stageNames } from "#src/domain/stage";

/** Format name and version of a verdict. */
export const verdictFormat = "seaworthy-verdict/1";

/** How a release can end. There is no fifth verdict, and silence is `Aborted`. */
const releaseVerdicts = ["Released", "Released-with-override", "Rolled-Back", "Aborted"] as const;

const digest = z.string().regex(digestPattern);
const code = z.string().refine(isCode, "expected a reason code of the catalogue");
const { started, finished, policy, subjects, checks, outcome } = recordSchema.shape;

const stageEntry = z.strictObject({
  stage: z.enum(stageNames).describe("Stage that wrote the record."),
  leg: z.string().describe("Leg of a matrix; empty for a stage that runs once or collects."),
  file: z.string().describe("Copy of the record beside this file."),
  artifact: z.string().describe("Artifact that the record came from."),
  digest: digest.describe("SHA-256 of the record's bytes."),
  verdict: z.enum(["pass", "fail", "inconclusive"]).describe("The stage's own conclusion."),
  started,
  finished,
});

const leftover = z.strictObject({
  id: z.string().describe("Name of the leftover."),
  created: started.describe("When it was left."),
  code: code.describe("Why it was left."),
  what: z.string().describe("What was not done."),
  replay: z.string().describe("How to do it later."),
});

/** The outcome of a release with everything that led to it: canonical JSON (RFC 8785), a function of the evidence alone. */
export const verdictSchema = z.strictObject({
  schema: z.literal(verdictFormat).describe("Format of the verdict."),
  suite: z.string().describe("Version of the suite that wrote it."),
  name: z
    .string()
    .describe(
      "Name of the report: `release_<version>_<environment>_<YYYY-MM-DD-HHmm>`, in UTC; `none` where no environment is recorded.",
    ),
  verdict: z.enum(releaseVerdicts).nullable().describe("The verdict; null where there was rightly nothing to release."),
  outcome: outcome.describe("`release`, `no-release` (green and explained), or `blocked`."),
  reason: z
    .strictObject({ code: code.describe("Reason code."), text: z.string().describe("The reason in words.") })
    .describe("The reason code that decided, and the reason in words."),
  release: releaseSchema.describe("Which release it speaks of."),
  run: z
    .strictObject({
      id: z.string().describe("Id of the run."),
      url: z.string().describe("Page of the run."),
      actor: z.string().describe("Who started it."),
    })
    .describe("Run of the workflow, and who started it."),
  started: started.describe("When the first stage began."),
  finished: finished.describe("When the last stage before the verdict ended."),
  policy: policy.describe("Digest of the configuration that was applied."),
  stages: z.array(stageEntry).describe("The records, in the order of the chain, each with the digest of its bytes."),
  refused: z
    .array(
      z.strictObject({
        artifact: z.string().describe("Artifact that was handed over."),
        code: code.describe("Why it was refused."),
        because: z.string().describe("What was expected and found."),
      }),
    )
    .describe("Records that were handed over and do not hold."),
  jobs: z
    .array(
      z.strictObject({
        job: z.string().describe("Id of the job."),
        result: z.enum(["success", "failure", "cancelled", "skipped"]).describe("GitHub's word for how it ended."),
      }),
    )
    .describe("How the jobs of the run ended, as far as the workflow told."),
  checks: checks.describe("What the verdict checked."),
  "decided-by": z.array(z.string()).describe("Ids of the checks that decided."),
  effects: z
    .array(z.strictObject({ stage: z.enum(stageNames).describe("Stage that owns the write."), ...effectSchema.shape }))
    .describe("Every write to the world, with the stage that owns it."),
  "plan-digest": digest.describe("Digest of all writes as they were planned; equal in a rehearsal and its live run."),
  overrides: z.array(overrideSchema).describe("What a person overrode."),
  leftovers: z.array(leftover).describe("What is still to be done."),
  subjects: subjects.describe("The built files, by digest."),
  next: z.string().describe("What a person should do."),
});

/** A release's verdict document. */
export type VerdictDocument = z.infer<typeof verdictSchema>;

/** How a release ended; null where there was rightly nothing to release. */
export type ReleaseVerdict = VerdictDocument["verdict"];

/** How a job of the run ended, as GitHub says it. */
export type JobResult = VerdictDocument["jobs"][number];
