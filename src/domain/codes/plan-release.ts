/** Reason codes of the plan stage about what is deployed, from which line, and in which scope. */
export const planReleaseCodes = {
  "plan.environment-missing": {
    meaning: "The configuration declares environments, and the release names none.",
    remedy: "Pass one of the declared environments in `environment`.",
    overridable: false,
  },
  "plan.environment-unknown": {
    meaning: "The release names an environment that the configuration does not declare.",
    remedy: "Pass one of the declared environments, or declare this one under `environments`.",
    overridable: false,
  },
  "plan.prerequisite-missing": {
    meaning: "The commit does not hold a file that the environment requires, such as the deploy script.",
    remedy: "Commit the files in the message, or correct `environments[].requires`.",
    overridable: false,
  },
  "plan.rollback-target-missing": {
    meaning: "No release went before, so a rollback would have nothing to go back to.",
    remedy: "For a first deployment say so: `rollback: none` for that environment.",
    overridable: false,
  },
  "plan.glob-idle": {
    meaning: "A glob of the configuration names no file of the commit, so a change can hardly ever meet it.",
    remedy: "Correct the glob, or remove it. A gate whose paths name no file at all is run.",
    overridable: false,
  },
  "plan.line-branch-mismatch": {
    meaning: "The version belongs to a maintenance line, and the commit is not on the branch of that line.",
    remedy: "Release the line from its branch, or correct `version.lines`.",
    overridable: false,
  },
  "plan.scope-not-separable": {
    meaning: "A ticket is excluded from the release, and a commit of the release brings it.",
    remedy: "Revert that commit, or release from a commit without it; the new commit is planned and gated anew.",
    overridable: false,
  },
  "plan.commit-message-convention": {
    meaning: "No commit since the release before has the subject that a bump of the version shall have.",
    remedy: "Write the subject in the message, or correct `version.bump-message`.",
    overridable: false,
  },
  "plan.gates-too-many": {
    meaning: "More gates apply than GitHub makes jobs of one matrix, so none of them would run.",
    remedy: "Let at most 256 gates apply: join commands in one gate, or use `parts` and `applies-when`.",
    overridable: false,
  },
} as const;
