/** Reason codes of the verdict stage. */
export const verdictCodes = {
  "verdict.all-proven": {
    meaning: "Every stage is proven and the chain of evidence is intact: the release is Released.",
    remedy: "Nothing is left to do.",
    overridable: false,
  },
  "verdict.nothing-to-release": {
    meaning: "The plan found nothing to release, so there is no verdict.",
    remedy: "Raise the version when there is something to release.",
    overridable: false,
  },
  "verdict.rehearsed": {
    meaning: "Every stage is proven, and the run was a rehearsal: nothing was written, so there is no verdict.",
    remedy: "Start the same release in live mode; its plan digest must equal the one of this run.",
    overridable: false,
  },
  "verdict.overridden": {
    meaning:
      "Every stage is proven, but for what a person overrode: the release is Released-with-override, never Released.",
    remedy: "Hold a retrospective on what was overridden, and remove its cause before the next release.",
    overridable: false,
  },
  "verdict.retrospective-missing": {
    meaning: "A release with an override needs a retrospective, and its issue is still to be opened.",
    remedy: "Open the issue by the command that stands beside the verdict.",
    overridable: false,
  },
  "verdict.undetermined": {
    meaning: "The verdict stage itself did not come to its end. Silence counts as Aborted.",
    remedy: "Rerun the job. What is live already is found again by the stages before.",
    overridable: false,
  },
  "verdict.evidence-missing": {
    meaning: "A stage left no record, and its job does not tell why.",
    remedy: "Look whether the job ran and whether its `record` output is handed to the verdict; rerun the run.",
    overridable: false,
  },
  "verdict.stage-failed": {
    meaning: "A job of the stage failed before it could leave a record.",
    remedy: "Read the log of the job that the message names, correct what it says, and rerun the failed jobs.",
    overridable: false,
  },
  "verdict.stage-skipped": {
    meaning: "A job of the stage was skipped, so the stage is not proven.",
    remedy: "Look which job it waited for and which condition held it back; rerun the run.",
    overridable: false,
  },
  "verdict.phase-unexplained": {
    meaning: "A stage passed without releasing anything, although the plan is to release.",
    remedy: "Look why the stage found nothing to release, and start the release again from the plan.",
    overridable: false,
  },
  "verdict.chain-broken": {
    meaning: "A record relies on evidence that is not in the ledger, or does not rely on what it must rely on.",
    remedy: "Do not trust this run. Rerun all its jobs, so that each stage relies on the newest evidence.",
    overridable: false,
  },
  "verdict.abort-not-clean": {
    meaning: "The release is Aborted, and something of it is live already.",
    remedy:
      "Read what is live in the message. What users can get stays as it is: correct the cause and rerun, or release the next version.",
    overridable: false,
  },
  "verdict.release-failed": {
    meaning: "The GitHub release could not be written or read back, so the release is not Released.",
    remedy: "Correct what the message says, then rerun this job: it goes on from the draft that is there.",
    overridable: false,
  },
  "verdict.release-exists-different": {
    meaning: "A GitHub release of this tag exists and holds something else. It is neither overwritten nor deleted.",
    remedy: "Compare it with the message. Remove a foreign draft by hand and rerun, or release the next version.",
    overridable: false,
  },
  "verdict.release-not-wanted": {
    meaning: "The configuration says that no GitHub release is written.",
    remedy: "Set `report.github-release: true` in the configuration if one is wanted.",
    overridable: false,
  },
  "verdict.verify-failed": {
    meaning: "The evidence of a verdict does not hold when it is computed again.",
    remedy: "Do not trust this copy. Download the artifact again, and compare the digest of its record.",
    overridable: false,
  },
  "verdict.job-failed": {
    meaning: "A job of the run failed or was cancelled, although every stage left a record that passed.",
    remedy: "Look at the job that the message names; correct its cause and rerun the failed jobs.",
    overridable: false,
  },
  "verdict.jobs-untold": {
    meaning:
      "The workflow did not hand over how its jobs ended, so only the records were judged; or what it handed over cannot be read, which blocks.",
    remedy: "Pass `results: ${{ toJSON(needs) }}` to the verdict.",
    overridable: false,
  },
} as const;
