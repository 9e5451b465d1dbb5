import type { StageName } from "#src/domain/stage";

/** The job that uploads: it is no part of the suite, and writes no record. */
export const consumersJob = "publish";

/** Jobs that tell why a stage left no record, by their ids in the workflows; `publish` is the consumer's own. */
export const jobsOf = {
  "plan-release": ["plan-release", "plan", "prepare"],
  "release-gates": ["release-gates", "gates", "gate", "collect", "prepare"],
  "auto-tag": ["auto-tag", "tag", "approval", "ask", "approve", "prepare"],
  "build-manifest": ["build-manifest", "build"],
  "publish-verify": ["preflight", "provenance", "alignment", consumersJob, "publish-verify", "verify"],
  "smoke-test": ["smoke-test", "smoke", "smoke-collect"],
  "watch-window": ["watch-window", "watch"],
} satisfies Record<Exclude<StageName, "promote" | "verdict">, string[]>;

/** Jobs that belong to the suite's own stages, or build what is published later; any other may have written to the world. */
export const ownJobs: ReadonlySet<string> = new Set(
  [...Object.values(jobsOf).flat(), "verdict", "conclude"].filter((job) => job !== consumersJob),
);
