/** Reason codes of the promote stage. */
export const promoteCodes = {
  "promote.not-configured": {
    meaning: "The configuration has no `promote` section, so there is no chain of branches to go along.",
    remedy: "Add `promote` with `chain` and `checks` to the configuration of the branch that is promoted.",
    overridable: false,
  },
  "promote.start-branch-refused": {
    meaning: "The promotion was started on the last branch of the chain, or on something that is no branch.",
    remedy: "Start it on an earlier branch of the chain, or on a branch that is to enter the chain at its front.",
    overridable: false,
  },
  "promote.tree-dirty": {
    meaning: "The checkout differs from its commit, so what is seen is not what would be shipped.",
    remedy: "Check the branch out anew, and promote before anything else writes into the checkout.",
    overridable: false,
  },
  "promote.wrong-branch": {
    meaning: "The checkout stands on a commit that is not the tip of the branch that is to be promoted.",
    remedy: "Check out the branch that is promoted, in the same job, before the step.",
    overridable: false,
  },
  "promote.branch-missing": {
    meaning: "A branch of the promotion does not exist on the remote.",
    remedy: "Create the branch, or correct `promote.chain`; promote never creates one.",
    overridable: false,
  },
  "promote.remote-unknown": {
    meaning: "The remote did not say where its branches stand. Cannot tell never counts as unchanged.",
    remedy: "Wait and rerun the job; it asks the remote again before it writes.",
    overridable: false,
  },
  "promote.remote-moved": {
    meaning: "A branch moved while the promotion was under way, so what was decided is no longer about it.",
    remedy: "Look who moved it, and start the promotion again: it judges the branches as they are then.",
    overridable: false,
  },
  "promote.history-truncated": {
    meaning: "The checkout does not hold the history that is needed to compare the branches.",
    remedy: "Give the checkout `fetch-depth: 0` (and `filter: tree:0`, which keeps it fast).",
    overridable: false,
  },
  "promote.nothing-to-ship": {
    meaning: "Every branch of the chain holds the commit already. This is no error, and no release.",
    remedy: "Nothing is to be done. Commit to the branch, and promote again.",
    overridable: false,
  },
  "promote.not-fast-forward": {
    meaning:
      "Both branches have commits that the other one lacks, so the branch cannot move forward to the commit. Nothing is rebased, merged or forced.",
    remedy: "Merge the target back into the branch that is promoted, let the checks run, and start again.",
    overridable: false,
  },
  "promote.conflicting": {
    meaning: "The branches have diverged, and both changed the same places, so that even a merge needs a person.",
    remedy: "Merge the target into the branch that is promoted, resolve the conflicts there, and start again.",
    overridable: false,
  },
  "promote.unrelated-histories": {
    meaning: "The commit and the branch have no common ancestor, so one cannot follow from the other.",
    remedy: "Find out where the branch came from. Promote only what descends from the released history.",
    overridable: false,
  },
  "promote.gates-not-passed": {
    meaning: "The required checks have not all succeeded on exactly the commit that is to be promoted.",
    remedy: "Let the checks run on this commit, wait until they have succeeded, and rerun the job.",
    overridable: false,
  },
  "promote.backmerge-missing": {
    meaning:
      "A later branch of the chain holds commits that an earlier one lacks. The next promotion will be refused, as after a release that was squashed and never merged back.",
    remedy: "Merge the later branch back into the earlier one; do not squash when promoting.",
    overridable: true,
  },
  "promote.pr-closed": {
    meaning: "The pull request of this commit was closed without being merged: somebody said no.",
    remedy: "Ask who closed it. Reopen it, or commit what is missing to the branch, and promote again.",
    overridable: false,
  },
  "promote.pr-squashed": {
    meaning:
      "The pull request of this commit is merged, and the branch does not hold the commit: it was squashed or rebased, so that what was checked is not what is there.",
    remedy: "Merge the target back into the branch that is promoted, and merge with a merge commit the next time.",
    overridable: false,
  },
  "promote.pr-not-mergeable": {
    meaning: "The pull request cannot be merged as it is: it conflicts, is a draft, or GitHub did not say in time.",
    remedy: "Resolve the conflicts on the branch that is promoted, or mark it as ready; then rerun the job.",
    overridable: false,
  },
  "promote.pr-checks-failed": {
    meaning: "The required checks have not all succeeded on the commit of the pull request.",
    remedy:
      "Look at the checks, correct what failed, and promote again. A pull request that the workflow's own token opens starts no workflow: pass an app's token.",
    overridable: false,
  },
  "promote.pr-refused": {
    meaning: "GitHub refused to open the pull request, or to write its text.",
    remedy: "Read GitHub's answer in the message, and rerun: what is open is found again.",
    overridable: false,
  },
  "promote.push-rejected": {
    meaning: "GitHub refused to move the branch: a protection, a ruleset or a required status check stands against it.",
    remedy: "Read GitHub's answer in the message. Let the rule accept this workflow's identity, or satisfy it.",
    overridable: false,
  },
  "promote.permission-missing": {
    meaning: "The token may not write to this repository, or cannot see it.",
    remedy:
      "Grant the job `contents: write`. A commit that changes workflow files needs an app's token with `workflows`.",
    overridable: false,
  },
  "promote.unanswered": {
    meaning: "GitHub gave no clear answer to the move, and the branch stands where it stood.",
    remedy: "Wait and rerun the job; it goes on with the first branch that has not moved.",
    overridable: false,
  },
  "promote.readback-mismatch": {
    meaning: "The branch was moved, and reading it back gave another commit than was written, or none.",
    remedy: "Find out who else moves the branch. Do not release from it before.",
    overridable: false,
  },
} as const;
