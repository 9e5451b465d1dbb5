import { planChangelogCodes } from "#src/domain/codes/plan-changelog";
import { planIssueCodes } from "#src/domain/codes/plan-issues";
import { planReleaseCodes } from "#src/domain/codes/plan-release";

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
  "plan.tagged-not-released": {
    meaning: "The version is tagged, and no published release belongs to the tag: that release began and never ended.",
    remedy:
      "Rerun the failed jobs of the run that tagged it, or raise the version. Where releases are not published on GitHub, set `report.github-release: false`.",
    overridable: false,
  },
  "plan.version-unchanged": {
    meaning:
      "The version is the highest released one, and its tag is in this commit's history: there is nothing to release.",
    remedy: "Nothing. To release, raise the version.",
    overridable: false,
  },
  "plan.version-untagged": {
    meaning: "The push leaves the version as it was, but the version's tag does not exist: it was never released.",
    remedy:
      "Raise the version, release this one by hand, or set `version.untagged-version: release` where each such push shall release.",
    overridable: true,
  },
  "plan.version-rewound": {
    meaning: "The branch was wound back: the push is no fast-forward, and the version falls.",
    remedy: "Push the branch as it was, and release a higher version.",
    overridable: true,
  },
  "plan.push-rewound": {
    meaning: "The push is no fast-forward: commits that the branch had are no longer in it. The version does not fall.",
    remedy: "Nothing, if the branch was meant to be rewritten.",
    overridable: false,
  },
  "plan.versions-skipped": {
    meaning: "The push set stable versions and left them again; only its last version is released.",
    remedy: "Nothing, if they were never meant to be released; else release each one by a push of its own.",
    overridable: true,
  },
  "plan.prerelease-not-released": {
    meaning: "The push leads to a pre-release, and the configuration releases stable versions only.",
    remedy: "Nothing. To release pre-releases as well, set `version.pre-releases: release`.",
    overridable: false,
  },
  "plan.tag-exists-elsewhere": {
    meaning: "The version's tag is on another commit than the one that was pushed; a tag never moves.",
    remedy: "Raise the version.",
    overridable: false,
  },
  "plan.push-unreadable": {
    meaning: "It is not told which commit the branch had before the push and which one it has now.",
    remedy: "Run the mode `push` on push events, or pass `before` and `after` as full commit ids.",
    overridable: false,
  },
  "plan.pull-request-unreadable": {
    meaning: "It is not told which commit the pull request is compared with.",
    remedy: "Run the mode `pull-request` on `pull_request` events, or pass the commit as `before`.",
    overridable: false,
  },
  "plan.audit-untagged": {
    meaning: "Stable versions stood on the branch and were never tagged.",
    remedy: "Nothing that mends the past; a later release carries their changes. Find out why they were not tagged.",
    overridable: false,
  },
  "plan.audit-tag-mismatch": {
    meaning: "Tags name another version than the one that their commit carries.",
    remedy: "Leave the tags as they are, and say in the release notes which ones to distrust.",
    overridable: false,
  },
  "plan.audit-lightweight": {
    meaning: "Release tags are lightweight, although the configuration says that they are objects of their own.",
    remedy: "Let auto-tag make the tags; those that exist stay as they are.",
    overridable: false,
  },
  "plan.audit-unreleased": {
    meaning: "Tags name a version for which the server has no published release.",
    remedy: "Publish the release of each tag that users may look for.",
    overridable: false,
  },
  "plan.audit-incomplete": {
    meaning: "A part of the audit could not be made.",
    remedy: "Look at the message; a checkout with `fetch-depth: 0` holds every tagged commit.",
    overridable: false,
  },
  "plan.bump-too-small": {
    meaning: "The step to this version is smaller than the changes since the base ask for.",
    remedy: "Raise the version by the step in the message, or record why the smaller one is right.",
    overridable: true,
  },
  "plan.bump-larger": {
    meaning: "The step to this version is larger than the changes since the base ask for.",
    remedy: "Nothing, if the larger step is meant.",
    overridable: false,
  },
  "plan.commit-unclassified": {
    meaning: "Commits since the base have no known type or label, so that what they ask for is a guess: a patch.",
    remedy: "Write subjects as `type: what changed`, or label the issues that they refer to.",
    overridable: true,
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
  ...planReleaseCodes,
  ...planIssueCodes,
  "plan.not-applicable": {
    meaning: "The question does not arise for this release; the reason names the input or the setting that says so.",
    remedy: "Nothing, if the reason is as intended.",
    overridable: false,
  },
} as const;
