/** Reason codes that any stage may give. */
export const allCodes = {
  "all.unexpected": {
    meaning: "Something was thrown that the stage does not know. The stage did not pass.",
    remedy: "Report it with the step's log; then run the stage again.",
    overridable: false,
  },
  "all.not-run": {
    meaning: "Nothing was checked, so nothing is proven.",
    remedy: "Configure at least one required check, or look why none ran.",
    overridable: false,
  },
  "all.input-invalid": {
    meaning: "One or more inputs of the action are missing or malformed. All complaints are listed at once.",
    remedy:
      "Correct the `with:` block of the step; the message names each input, what was found and what was expected.",
    overridable: false,
  },
  "all.config-invalid": {
    meaning: "The configuration file is missing, is not YAML, or does not fit the schema.",
    remedy:
      "Correct `.github/seaworthy.yml`; the message lists every path, what was found, and the nearest known key, and docs/configuration.md of the suite lists them all.",
    overridable: false,
  },
  "all.expression-too-slow": {
    meaning: "A regular expression of the configuration did not come to an end over a text of the project.",
    remedy:
      "Rewrite the expression that the message names: no repetition inside of a repeated group, such as `(a+)+`, and no two parts that can take the same text.",
    overridable: false,
  },
  "all.evidence-missing": {
    meaning: "A record that this stage relies on was not handed over, or its artifact is not there.",
    remedy: "Look at the stage that should have written it; rerun that stage, then this one.",
    overridable: false,
  },
  "all.evidence-mismatch": {
    meaning:
      "A record is not what was handed over: its digest, repository, tag, commit, mode, run or suite version differs.",
    remedy: "Do not release. Find out who wrote the artifact; rerun the stage that owns the record.",
    overridable: false,
  },
  "all.evidence-doubled": {
    meaning: "Two records claim to be the same stage and leg.",
    remedy: "Make leg ids and artifact names unique, and rerun the stage.",
    overridable: false,
  },
  "all.evidence-unwritable": {
    meaning: "The evidence of this stage could not be written or uploaded.",
    remedy: "Check the runner's disk and the artifact service, then rerun. Without evidence the stage does not count.",
    overridable: false,
  },
  "all.decision-timeout": {
    meaning: "Nobody decided in time, so the safe branch was taken: nothing goes live.",
    remedy: "Start the release again, and decide in time; or raise the gate's `decision-timeout`.",
    overridable: false,
  },
  "all.upstream-unreachable": {
    meaning:
      "A server that the stage needs did not answer, or answered with an error that says nothing about the question.",
    remedy: "Wait and rerun. Cannot tell never counts as yes.",
    overridable: false,
  },
  "all.rate-limited": {
    meaning: "The API quota is used up and the wait would exceed the stage's budget.",
    remedy: "Wait until the reset instant in the message, then rerun.",
    overridable: false,
  },
  "all.auth-unhealthy": {
    meaning: "A token was refused: it is wrong, expired, or absent.",
    remedy: "Pass a valid token in the input that the message names.",
    overridable: false,
  },
  "all.permission-missing": {
    meaning: "The token lacks a permission that the stage needs.",
    remedy: "Grant the scope named in the message in the job's `permissions:` block.",
    overridable: false,
  },
  "all.tracker-unauthorized": {
    meaning: "The tracker of issues refuses the token, or the repository has no issues.",
    remedy: "Switch the repository's issues on, and grant the job the scope that the message names.",
    overridable: false,
  },
  "all.tool-missing": {
    meaning: "A program that the stage needs is not on PATH.",
    remedy: "Install the tool in the job before this step.",
    overridable: false,
  },
  "all.interrupted": {
    meaning:
      "The stage was cancelled or lost before it could conclude: by a person, a newer run, or the `timeout-minutes` of its job.",
    remedy:
      "Rerun the failed jobs; the stage looks at the world again and goes on from there. Where the job's time was over, shorten the gate, or lower its `timeout`, which says more.",
    overridable: false,
  },
  "all.override-invalid": {
    meaning: "An override lacks its reason, stands there twice, or names a code that no required check found.",
    remedy:
      "Write `code: reason` a line, with at least ten characters of reason, for findings of this plan; leave out all others.",
    overridable: false,
  },
  "all.override-refused": {
    meaning:
      "An override is not allowed: the catalogue says so, or no gate of kind approval asks people other than the one who overrides, or they have not approved.",
    remedy:
      "Correct the cause instead. Where an override is allowed, configure a required gate of kind approval that covers it.",
    overridable: false,
  },
  "all.write-in-dry-mode": {
    meaning: "A write was about to happen although the mode is not live.",
    remedy: "This is a defect of the suite: please report it.",
    overridable: false,
  },
  "all.version-class-unknown": {
    meaning: "The version is neither stable nor a pre-release. It is never taken for one of them by guessing.",
    remedy: "Use a version such as 1.2.0, 1.2.0-rc.1 or 1.2.0rc1, without build metadata.",
    overridable: false,
  },
} as const;
