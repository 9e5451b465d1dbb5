import { planChangelogCodes } from "#src/domain/codes/plan-changelog";

/** Reason codes of the plan stage. */
export const planCodes = {
  "plan.operator-invalid": {
    meaning: "The operator is not named by one word, so the record could not say who released.",
    remedy: "Pass one name without spaces in `operator`, or leave the input out to name the actor of the run.",
    overridable: false,
  },
  "plan.environment-ambiguous": {
    meaning: "More than one environment is named; one run handles at most one.",
    remedy: "Name one environment. Staging and production are two runs.",
    overridable: false,
  },
  "plan.checkout-missing": {
    meaning: "There is no checkout to release from, or git cannot read it.",
    remedy: "Check the repository out before this step, with `fetch-depth: 0` and `filter: tree:0`.",
    overridable: false,
  },
  "plan.commit-mismatch": {
    meaning: "The checkout stands on another commit than the one that started the run.",
    remedy:
      "Check out the commit of the event. A dispatched run may check out another one; it is recorded as released.",
    overridable: false,
  },
  "plan.tree-dirty": {
    meaning: "The working tree differs from the commit, so what is built would not be what was reviewed.",
    remedy: "Commit, remove or ignore the paths in the message, and release from a fresh checkout.",
    overridable: false,
  },
  "plan.history-truncated": {
    meaning: "The checkout holds only a part of the history, so what changed since the last release is not known.",
    remedy: "Give `fetch-depth: 0` to the checkout, with `filter: tree:0` to keep it fast.",
    overridable: false,
  },
  "plan.history-unreadable": {
    meaning: "Git could not read the history or a file of a commit.",
    remedy: "Look at git's own words in the message; a fresh checkout with `fetch-depth: 0` usually helps.",
    overridable: false,
  },
  "plan.remote-unknown": {
    meaning: "The remote did not say which branches and tags it has. Unknown never counts as absent.",
    remedy: "Check that the token may read the contents, wait, and rerun.",
    overridable: false,
  },
  "plan.remote-moved": {
    meaning: "Branches of the remote moved since the checkout, so it is not known whether they contain the commit.",
    remedy: "Rerun the job: a new checkout fetches what moved.",
    overridable: false,
  },
  "plan.source-not-pushed": {
    meaning: "No branch of the remote contains the commit.",
    remedy: "Push the commit to a branch, and release from there.",
    overridable: false,
  },
  "plan.version-source-missing": {
    meaning: "A file that should hold the version is not in the commit.",
    remedy: "Correct `version.sources` in the configuration, or commit the file.",
    overridable: false,
  },
  "plan.version-unparseable": {
    meaning: "A place that should hold the version cannot be read, or holds something else.",
    remedy: "Write a version such as 1.2.0 or 1.2.0-rc.1 in every place that the table shows.",
    overridable: false,
  },
  "plan.version-not-lockstep": {
    meaning: "The places that hold the version do not agree.",
    remedy:
      "Set every place in the table to the same version; `npm install --package-lock-only` brings a lockfile in step.",
    overridable: false,
  },
  "plan.version-not-increased": {
    meaning: "The version equals the base, so there would be two releases of one version.",
    remedy: "Raise the version.",
    overridable: false,
  },
  "plan.version-regressed": {
    meaning: "The version is below one that is released already.",
    remedy: "Raise the version above the highest released one.",
    overridable: true,
  },
  "plan.version-unchanged": {
    meaning:
      "The version is the highest released one, and its tag is in this commit's history: there is nothing to release.",
    remedy: "Nothing. To release, raise the version.",
    overridable: false,
  },
  "plan.change-base-unknown": {
    meaning:
      "The version's tag exists, but it cannot be told whether the version changed since. Unknown is never unchanged.",
    remedy: "Check out with `fetch-depth: 0`, so that the tagged commit can be read, and rerun.",
    overridable: false,
  },
  "plan.target-invalid": {
    meaning: "The tag is not the one that the version and the tag pattern give, or git would not take the name.",
    remedy:
      "Leave `tag` empty, or pass the tag in the message; correct `version.tag-pattern` where the name is malformed.",
    overridable: false,
  },
  "plan.tag-on-other-commit": {
    meaning: "The tag exists on another commit. The plan goes on; auto-tag refuses to touch it.",
    remedy: "Raise the version: a tag never moves.",
    overridable: false,
  },
  "plan.base-invalid": {
    meaning: "The base tag does not fit the tag pattern, or names no version.",
    remedy: "Pass a tag of the pattern in `base-tag`, or leave it out where the configuration finds the previous tag.",
    overridable: false,
  },
  "plan.base-not-found": {
    meaning:
      "No release went before this one, or none was named, and the configuration does not say that it is the first.",
    remedy: "Set `version.first-release: true` for a first release, or pass `base-tag`.",
    overridable: false,
  },
  "plan.base-absent-remote": {
    meaning: "The base tag does not exist on the remote.",
    remedy: "Push the base tag, or name one that the remote has.",
    overridable: false,
  },
  "plan.nothing-to-release": {
    meaning: "The version was raised, but no commit was made since the base.",
    remedy: "Release from the commit that holds the changes.",
    overridable: false,
  },
  ...planChangelogCodes,
  "plan.not-applicable": {
    meaning: "The question does not arise for this release; the reason names the input or the setting that says so.",
    remedy: "Nothing, if the reason is as intended.",
    overridable: false,
  },
} as const;
