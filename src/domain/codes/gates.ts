import { gatesIssuesCodes } from "#src/domain/codes/gates-issues";
import { gatesPeopleCodes } from "#src/domain/codes/gates-people";
import { gatesPerformanceCodes } from "#src/domain/codes/gates-performance";
import { gatesQuestionCodes } from "#src/domain/codes/gates-questions";
import { gatesReportCodes } from "#src/domain/codes/gates-reports";
import { gatesRollbackCodes } from "#src/domain/codes/gates-rollback";
import { gatesScanCodes } from "#src/domain/codes/gates-scans";
import { gatesTierCodes } from "#src/domain/codes/gates-tiers";
import { gatesTopologyCodes } from "#src/domain/codes/gates-topology";

/** Reason codes of the gates stage. */
export const gatesCodes = {
  ...gatesReportCodes,
  ...gatesScanCodes,
  ...gatesPeopleCodes,
  ...gatesIssuesCodes,
  ...gatesPerformanceCodes,
  ...gatesTierCodes,
  ...gatesTopologyCodes,
  ...gatesQuestionCodes,
  ...gatesRollbackCodes,
  "gates.failed": {
    meaning: "A gate's command ended with a failure.",
    remedy: "Read the excerpt and the leg's log.txt, repair the cause on a branch, and start the release again.",
    overridable: false,
  },
  "gates.timeout": {
    meaning: "A gate's command was stopped because its time was up, so it proved nothing.",
    remedy: "Look where log.txt ends. Make the command faster, or raise the gate's `timeout`.",
    overridable: false,
  },
  "gates.tool-missing": {
    meaning: "A program that the gate needs is not on PATH, so the gate could not run.",
    remedy: "Install the program in the gate's job, before the step, or take it out of the gate's `tools`.",
    overridable: false,
  },
  "gates.not-run": {
    meaning: "A gate's command was never started, or its leg says nothing about the gate.",
    remedy: "Check that the job has bash and that the gate's `directory` exists; then rerun the leg.",
    overridable: false,
  },
  "gates.required-env-empty": {
    meaning: "A variable that the gate needs is empty in the job, and so are all its alternatives.",
    remedy:
      "Hand the variable or secret that the message names to `prepare-release.yml`, by its input `variables` or its secret `gate-secrets`, one `NAME=value` a line; in a job of your own, set it under `env:`.",
    overridable: false,
  },
  "gates.self-test-failed": {
    meaning: "The gate passes its known-bad input, or refuses its known-good one, so its judgement is worth nothing.",
    remedy:
      "Repair the gate, or the inputs of its `self-test`. Whatever it says of the candidate does not count until then.",
    overridable: false,
  },
  "gates.self-test-not-run": {
    meaning: "The gate could not look at the known-good or the known-bad input of its `self-test`.",
    remedy: "Check that the inputs of the `self-test` are in the checkout and that its commands start and end in time.",
    overridable: false,
  },
  "gates.zero-tests": {
    meaning: "The tests ended well, but not one of them was executed, so nothing is proven.",
    remedy: "Look why the runner found, chose or cached no test: filters, paths, build tags, a cache of results.",
    overridable: false,
  },
  "gates.too-few-tests": {
    meaning: "Fewer tests were executed than the gate asks for.",
    remedy: "Look which tests are gone or skipped. Lower `min-executed` only if they were removed on purpose.",
    overridable: false,
  },
  "gates.tests-uncounted": {
    meaning:
      "The gate asks for a number of executed tests, and the log holds no closing line of a test runner that it knows.",
    remedy: "Let the runner print its summary, or use a gate of kind `junit`.",
    overridable: false,
  },
  "gates.gate-unknown": {
    meaning: "The leg was asked for a gate that the frozen configuration does not have.",
    remedy: "Build the matrix from the `gates` output of plan-release.",
    overridable: false,
  },
  "gates.checkout-unreadable": {
    meaning: "The commit of the checkout could not be read, so nobody can say what the gate would judge.",
    remedy: "Check the candidate out in the gate's job, before the step.",
    overridable: false,
  },
  "gates.sha-mismatch": {
    meaning: "The checkout stands on another commit than the one that is to be released.",
    remedy: "Check out the `sha` output of plan-release.",
    overridable: false,
  },
  "gates.ci-token-missing": {
    meaning: "A gate of kind `checks` was given no token, so it could not ask for the check runs.",
    remedy: "Pass a token with `checks: read` in `github-token`.",
    overridable: false,
  },
  "gates.ci-no-run": {
    meaning: "A required check never ran on this exact commit.",
    remedy:
      "Start the workflow on this commit. Commits that a bot pushed, or whose message asks to skip CI, start none by themselves. Compare the name with those found.",
    overridable: false,
  },
  "gates.ci-pending": {
    meaning: "A required check has not ended yet, and the time to wait for it is over.",
    remedy: "Wait until it has ended and rerun the leg, or give the gate a longer `wait`.",
    overridable: false,
  },
  "gates.ci-skipped": {
    meaning: "A required check was skipped, or ended as neutral or stale. That is no success.",
    remedy: "Look why it did not run, often because a job before it did not; then run it on this commit.",
    overridable: false,
  },
  "gates.ci-cancelled": {
    meaning: "A required check was cancelled, ran out of time, or waits for a person.",
    remedy: "Rerun the check on this commit.",
    overridable: false,
  },
  "gates.ci-failed": {
    meaning: "A required check failed on this commit.",
    remedy: "Read its log, repair the cause on a branch, and start the release again.",
    overridable: false,
  },
  "gates.ci-unknown": {
    meaning: "GitHub's answer about the checks cannot be understood. Cannot tell never counts as yes.",
    remedy: "Look at the check on GitHub. If it has succeeded, wait and rerun the leg.",
    overridable: false,
  },
  "gates.ci-sha-mismatch": {
    meaning: "GitHub answered with a check run of another commit than the one that was asked for.",
    remedy: "Do not release. Rerun the check on this commit, and report the answer if it happens again.",
    overridable: false,
  },
  "gates.chain-incomplete": {
    meaning:
      "A stage behind the tag has nothing configured to prove its part with, so the release would end after its upload.",
    remedy: "Configure what the message names in `.github/seaworthy.yml`; docs/configuration.md lists every key.",
    overridable: false,
  },
  "gates.none-configured": {
    meaning: "No required gate is configured, so nothing is proven about the candidate.",
    remedy: "Configure at least one gate with `required: true` in `.github/seaworthy.yml`.",
    overridable: false,
  },
  "gates.leg-missing": {
    meaning: "A gate of the configuration has left no evidence in this run.",
    remedy: "Look at the gate's job. Rerun the failed jobs, so that it writes its record.",
    overridable: false,
  },
  "gates.leg-doubled": {
    meaning: "Two records of the same attempt claim to be the leg of the same gate.",
    remedy: "Let each gate run in exactly one job; then start the run again.",
    overridable: false,
  },
  "gates.leg-foreign": {
    meaning:
      "A leg's record names a gate that the plan does not know, or judged another commit, tag, mode, configuration or plan.",
    remedy: "Rerun all jobs, so that every leg judges what this plan decided. Find out who wrote the record.",
    overridable: false,
  },
} as const;
