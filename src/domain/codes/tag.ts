/** Reason codes of the tag stage. */
export const tagCodes = {
  "tag.not-approved": {
    meaning: "The record of the people's answers is there, and it is no approval of what the gates judged.",
    remedy: "Look at the approval's record. Ask again in a new run.",
    overridable: false,
  },
  "tag.gates-not-passed": {
    meaning: "The gates did not conclude with a pass, so nothing may be tagged.",
    remedy: "Look at the record of release-gates, correct what blocks, and start the release again.",
    overridable: false,
  },
  "tag.gates-sha-mismatch": {
    meaning: "The gates judged another commit than the one that is to be tagged.",
    remedy: "Start the release again from one commit, so that plan and gates speak of the same one.",
    overridable: false,
  },
  "tag.version-mismatch": {
    meaning: "The commit that is to be tagged is not known to hold the version that the tag names.",
    remedy:
      "Start the release again, so that plan and tag speak of one commit. With `tag.target: bump-commit`, the version needs a file that a commit on the branch itself set.",
    overridable: false,
  },
  "tag.exists-other-commit": {
    meaning: "The tag exists already and names another commit. It is neither moved nor deleted.",
    remedy: "Compare both commits of the message. Release the next version; what was public stays as it is.",
    overridable: false,
  },
  "tag.remote-unknown": {
    meaning: "The remote did not say whether the tag exists, or what it holds. Cannot tell never counts as absent.",
    remedy: "Wait and rerun the job; it asks the remote again before it writes.",
    overridable: false,
  },
  "tag.create-failed": {
    meaning: "GitHub refused to create the tag.",
    remedy: "Read GitHub's answer in the message, and rerun: the remote is asked again before anything is written.",
    overridable: false,
  },
  "tag.permission-missing": {
    meaning: "The token lacks a permission that the message names.",
    remedy: "Grant the job what the message names: `contents: write` for tags, `actions: write` to start a workflow.",
    overridable: false,
  },
  "tag.readback-mismatch": {
    meaning: "The tag was written, and reading it back gave something else than was written.",
    remedy: "Find out who else writes tags. Do not publish from this tag.",
    overridable: false,
  },
  "tag.rule-forbids": {
    meaning: "A ruleset of the repository forbids the write.",
    remedy:
      "Let the app whose token is passed as `tag-token` through the ruleset. The workflow's own token cannot be let through. Where no ruleset fits, an immutable release once had the name: release the next version.",
    overridable: false,
  },
  "tag.name-burnt": {
    meaning: "The tag belongs to an immutable release, now or formerly, and can never be written again.",
    remedy: "Release the next version; its name is free.",
    overridable: false,
  },
  "tag.name-invalid": {
    meaning: "The tag is no name that git takes, or is not the name of the version by the configured pattern.",
    remedy: "Correct `version.tag-pattern`, and start the release again.",
    overridable: false,
  },
  "tag.sign-failed": {
    meaning: "The tag could not be signed, or the signature of the tag does not hold under the policy.",
    remedy: "Check the secret behind `signing-key`, and `tag.signing.signers` in the configuration.",
    overridable: false,
  },
  "tag.manual-refused": {
    meaning: "The tag is there, was not written as the configuration says, and `tag.manual` refuses such tags.",
    remedy: "Find out who wrote the tag. Release the next version, or allow tags made by hand.",
    overridable: false,
  },
  "tag.dispatch-failed": {
    meaning: "The next workflow could not be started, so the release would stand still behind its tag.",
    remedy:
      "Read GitHub's answer in the message, correct the workflow or `tag.next`, and rerun: the tag stays as it is.",
    overridable: false,
  },
  "tag.dispatch-token-missing": {
    meaning: "A push with the workflow's own token starts no workflow, and no other token was passed.",
    remedy: "Pass the token of an app as `tag-token`, or let `tag.next.mode` be `dispatch`.",
    overridable: false,
  },
  "tag.dispatch-not-observed": {
    meaning: "No run of the next workflow was seen on the tag within the time allowed.",
    remedy:
      "Look at the workflow's runs. Rerun the job: it adopts a run that is there, and starts one where there is none.",
    overridable: false,
  },
  "tag.adopted-run-unknown": {
    meaning:
      "A run that was there already is taken for the next. GitHub does not tell its inputs, so that it may have been a rehearsal. This never blocks by itself.",
    remedy:
      "Look at the run and its verdict. If it was a rehearsal or released nothing, delete it and rerun this job: it then starts another one.",
    overridable: false,
  },
  "tag.duplicate-run-refused": {
    meaning: "Several runs of the next workflow are active or have succeeded for the tag; which one counts is unclear.",
    remedy: "Cancel or delete all but one of the runs in the message, and rerun.",
    overridable: false,
  },
  "tag.downstream-failed": {
    meaning: "The run that was started did not succeed.",
    remedy:
      "Look at the failed jobs in the summary, correct what failed, and rerun that run's failed jobs; then rerun this job.",
    overridable: false,
  },
  "tag.downstream-timeout": {
    meaning: "The run that was started did not conclude within the time allowed. It goes on.",
    remedy: "Wait for it, and rerun this job: it adopts the run.",
    overridable: false,
  },
  "tag.branch-diverged": {
    meaning: "The branch that follows the major version cannot be moved forward to the released commit.",
    remedy: "Find out how the branch came to hold other commits. It is never moved by force.",
    overridable: false,
  },
  "tag.branch-failed": {
    meaning: "The branch that follows the major version could not be moved.",
    remedy: "Read GitHub's answer in the message, and rerun: the tag and the run stay as they are.",
    overridable: false,
  },
  "tag.branch-shadowed": {
    meaning: "A tag has the name of the branch that follows the major version, and users would get the tag.",
    remedy: "Remove that tag by hand once nobody needs it, or set `tag.floating-major` to `none`.",
    overridable: false,
  },
  "tag.recover-refused-published": {
    meaning: "The version is public, or may be, so deleting its tag is no way to recover.",
    remedy: "Release the next patch version.",
    overridable: false,
  },
} as const;
