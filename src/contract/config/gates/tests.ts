import * as z from "zod";
import { repositoryPath } from "#src/contract/config/fields";
import { reason } from "#src/contract/config/gates/accepted";
import {
  executionFields,
  files,
  findingExits,
  gateFields,
  producer,
  selfTest,
} from "#src/contract/config/gates/fields";

const reports = {
  run: producer("the reports"),
  files: files("the test reports in JUnit's XML"),
  ...executionFields,
  "self-test": selfTest("file or glob"),
};

/** A gate that lets known failures through, and no other. */
export const knownFailuresGate = z.strictObject({
  ...gateFields,
  kind: z.literal("known-failures").describe("Reads test reports; only tests of a baseline may fail, until a day."),
  ...reports,
  "finding-exits": findingExits(),
  baseline: repositoryPath().describe(
    "YAML or JSON file: a list of `test` (id `class::name`), `ticket` and `expires` (`YYYY-MM-DD`).",
  ),
  "on-fixed": z
    .enum(["report", "block"])
    .default("block")
    .describe(
      "What becomes of a test of the baseline that passes or is gone: it blocks until it is removed, or is reported alone.",
    ),
});

/** A gate that holds acceptance criteria to the tests that prove them. */
export const criteriaGate = z.strictObject({
  ...gateFields,
  kind: z.literal("criteria").describe("Holds each acceptance criterion to the tests that prove it."),
  ...reports,
  criteria: repositoryPath().describe(
    "YAML or JSON file: a list of `id`, `text`, `tests` (ids `class::name`, or names) and, if wanted, `critical: true`.",
  ),
  excluded: z
    .array(z.strictObject({ id: z.string().min(1).describe("Id of the criterion."), reason: reason() }))
    .default([])
    .describe("Criteria out of this release's scope: unverified, they do not block; unmet, they do."),
});
