/** Reason codes of the tag stage. */
export const tagCodes = {
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
    remedy: "Read GitHub's answer in the message. A ruleset on tags may allow only certain apps to create this one.",
    overridable: false,
  },
  "tag.permission-missing": {
    meaning: "The token may not create tags in this repository.",
    remedy: "Grant the job `contents: write`, or pass the token of an app that the tag rules let through.",
    overridable: false,
  },
  "tag.readback-mismatch": {
    meaning: "The tag was written, and reading it back gave something else than was written.",
    remedy: "Find out who else writes tags. Do not publish from this tag.",
    overridable: false,
  },
} as const;
