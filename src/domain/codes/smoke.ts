/** Reason codes of the smoke stage. */
export const smokeCodes = {
  "smoke.stage-not-passed": {
    meaning: "A stage that the smoke test relies on has run and did not pass.",
    remedy: "Correct what that stage complains about; then run it and this stage again.",
    overridable: false,
  },
  "smoke.no-cases": {
    meaning: "No required scenario is configured, so nothing was tried. Nothing tried is not a pass.",
    remedy: "Add a required scenario under `smoke.scenarios`: what a user would try first.",
    overridable: true,
  },
  "smoke.case-without-oracle": {
    meaning: "A scenario states no expectation, so it could not have failed for the right reason.",
    remedy:
      "State what must hold in `expect`: an exit code, texts, the version, files, or values in a JSON-lines file.",
    overridable: false,
  },
  "smoke.no-channel": {
    meaning:
      "A scenario installs from a channel that the configuration does not name, or leaves open which one it means.",
    remedy: "Name one of `channels` in the scenario's `channel`, or set `install: none`.",
    overridable: false,
  },
  "smoke.no-artifact": {
    meaning: "The build manifest holds no artifact of the channel's package, so no digest could be verified.",
    remedy: "Look at build-manifest: the package's archive must be among its files, with its SHA-512.",
    overridable: false,
  },
  "smoke.install-failed": {
    meaning: "The product could not be installed in a clean place. The log of the scenario holds what the client said.",
    remedy:
      "Read the class of the finding: `product` is a defect of the package; `propagation` and `environment` call for a rerun.",
    overridable: true,
  },
  "smoke.wrong-bytes": {
    meaning: "What the channel serves is not what was built: the digests differ. It was not installed.",
    remedy: "Do not announce the release. Find out who published these bytes.",
    overridable: false,
  },
  "smoke.wrong-version": {
    meaning:
      "The installed product is of another version, or its output does not name the released version as a whole token.",
    remedy: "Compare the version in the package with the tag; a substring such as 0.1.10 does not count for 0.1.1.",
    overridable: true,
  },
  "smoke.wrong-binary": {
    meaning: "What was installed is another package or another commit, or a program resolves to a place outside it.",
    remedy: "Check the package's name and its `bin` entries; for a tag, check which commit it names.",
    overridable: false,
  },
  "smoke.case-failed": {
    meaning: "A scenario ended otherwise than expected: exit code, output, a file, or a value in a JSON-lines file.",
    remedy: "Read the scenario's log in the evidence. Its workspace was kept; the path is in the record.",
    overridable: true,
  },
  "smoke.hung": {
    meaning: "A scenario did not end in its time and was stopped.",
    remedy: "Read the last lines of its log; raise `timeout` only if the product rightly takes longer.",
    overridable: true,
  },
  "smoke.tree-dirty": {
    meaning: "A scenario wrote into the checkout of the repository.",
    remedy: "Find what writes outside its folder; a product that does so damages its users' trees.",
    overridable: true,
  },
  "smoke.isolation-leak": {
    meaning: "A scenario wrote into the user's home outside of cache folders.",
    remedy: "Find what writes there; a product should keep to its own folder or ask first.",
    overridable: true,
  },
  "smoke.stray-write": {
    meaning: "A scenario wrote files into its workspace that it does not declare. Reported, and never decides.",
    remedy: "Declare them in `writes`, or let the product not write them.",
    overridable: true,
  },
  "smoke.answer-too-long": {
    meaning: "The answer to a request has a body of more than 4 MiB, and what is expected does not stand in its start.",
    remedy: "Ask for less, such as one page or one item.",
    overridable: true,
  },
  "smoke.left-running": {
    meaning:
      "A scenario left a process running, such as a server in a session of its own; it was ended. Reported, and never decides.",
    remedy: "Stop it in a last step, or let the product end what it started.",
    overridable: true,
  },
  "smoke.channel-failed": {
    meaning: "A required scenario of the channel did not hold.",
    remedy: "Read the checks of the channel's scenarios; the channel's users are affected, whatever holds elsewhere.",
    overridable: true,
  },
  "smoke.over-budget": {
    meaning: "The scenarios of a channel used up the time that they have together, so some were stopped or not tried.",
    remedy: "Make them shorter, or raise `smoke.budget` or the channel's entry in `smoke.budgets`.",
    overridable: true,
  },
  "smoke.slowing": {
    meaning: "A step was silent for 60 % of its limit or more. Reported, and never decides.",
    remedy: "Look at what it waits for; let it print its progress, or raise `idle-timeout`.",
    overridable: true,
  },
  "smoke.skipped": {
    meaning: "A scenario said itself that it did not run. What is skipped has shown nothing.",
    remedy: "Give it what it needs on the runner, or set `required: false`.",
    overridable: true,
  },
  "smoke.not-tried": {
    meaning: "The scenario was not tried, because a baseline did not hold.",
    remedy: "Correct what the baseline complains about first.",
    overridable: false,
  },
  "smoke.too-few-executed": {
    meaning: "Fewer scenarios, or fewer tests of a suite, were executed than are wanted at least.",
    remedy: "Read which were skipped or missing; install what they need. Lower the minimum only for good.",
    overridable: true,
  },
  "smoke.baseline-failed": {
    meaning: "The baseline, which is tried before all other scenarios, did not hold.",
    remedy: "Read its log; the other scenarios are tried once it holds.",
    overridable: true,
  },
  "smoke.external": {
    meaning: "An agent or third party refused, and the product handled it gracefully; nothing is known of the rest.",
    remedy: "Try again once the refusal is over, or set `smoke.on-external: report`.",
    overridable: true,
  },
  "smoke.external-only": {
    meaning: "Too few scenarios really passed, or too many ended by the refusal of an agent or third party.",
    remedy: "Try again once the refusal is over; `smoke.min-pass` and `smoke.max-external` say how many are enough.",
    overridable: true,
  },
  "smoke.product-failure": {
    meaning: "An agent or third party refused, and the product did not handle it gracefully.",
    remedy: "Look at how it ended; state under `graceful` how a clean end looks, such as a paused record.",
    overridable: true,
  },
  "smoke.model-unavailable": {
    meaning: "A parameter that the scenario uses is marked as not available.",
    remedy: "Choose another one by name in the scenario, or correct the mark once it works again.",
    overridable: true,
  },
  "smoke.model-substituted": {
    meaning: "The product's own record names another model than the one it was told to use.",
    remedy: "Find where the name is replaced; a name is used word for word, or the run fails.",
    overridable: true,
  },
  "smoke.parameter-unknown": {
    meaning: "A scenario uses a parameter that the table does not hold.",
    remedy: "Add it to `smoke.parameters`, or correct the id.",
    overridable: false,
  },
  "smoke.parameter-stale": {
    meaning: "Nobody has verified a parameter lately. Reported, and never decides.",
    remedy: "Try it, and write the day into `verified-on`.",
    overridable: true,
  },
  "smoke.credential-missing": {
    meaning: "The job was not given a credential that the scenario uses.",
    remedy: "Hand it to the step in the variable that the parameter names.",
    overridable: false,
  },
  "smoke.regression-unproven": {
    meaning: "A scenario that guards a fix of this release did not fail with the version before, so it proves nothing.",
    remedy: "Make it fail where the fix is missing; or correct `fixed-in`.",
    overridable: true,
  },
  "smoke.companion": {
    meaning: "A companion tool has no version of the minimum or later.",
    remedy: "Update the companion, or what updates it.",
    overridable: true,
  },
  "smoke.import-failed": {
    meaning: "In a clean place the product cannot be imported, or does not declare a backend that it promises.",
    remedy: "Declare what it imports as a dependency, and each backend as an extra or optional peer; release again.",
    overridable: true,
  },
  "smoke.upgrade-failed": {
    meaning: "What worked with the version before does not work after the upgrade.",
    remedy: "Read the log from the second installation on; users upgrade, they do not start afresh.",
    overridable: true,
  },
  "smoke.upgrade-state": {
    meaning: "A file that should have survived the upgrade is gone.",
    remedy: "Migrate what the version before has written, and keep it.",
    overridable: true,
  },
  "smoke.flaky": {
    meaning: "A suspect scenario failed in some of its tries and passed in others.",
    remedy: "Find the race; one failure among its tries is a failure.",
    overridable: true,
  },
  "smoke.stale-assertion": {
    meaning: "The text that a scenario rests on has changed since. Reported, and never decides.",
    remedy: "Hold the scenario against the new text, and write its digest into `spec-ref.seen`.",
    overridable: true,
  },
  "smoke.cannot-fail": {
    meaning: "A scenario passes with a product that is broken on purpose, so it does not count.",
    remedy: "Let it call the product and expect something of it; `defect` plants what programs cannot show.",
    overridable: true,
  },
  "smoke.self-test-incomplete": {
    meaning:
      "A scenario with a product that is broken on purpose did not come to fail: its defect could not be planted, the time ran out, or it skipped itself. Nothing tells whether it can fail, so it does not count.",
    remedy: "Read what was found. Let `defect` end with 0, and leave time in `budget` for a second try.",
    overridable: true,
  },
  "smoke.blind-to-silence": {
    meaning: "A scenario passes with programs that do nothing and call it success. Reported, and never decides.",
    remedy: "Expect something of the output, the files or the records, besides the exit code.",
    overridable: true,
  },
  "smoke.system-missing": {
    meaning: "One of the systems that scenarios are to be tried on left no evidence.",
    remedy: "Look at the job of that system; every one of `smoke.systems` needs a job, and a runner with its label.",
    overridable: true,
  },
  "smoke.system-unknown": {
    meaning:
      "The job of a smoke test is for a system that the configuration does not name, or for none where it names some.",
    remedy: "Give `conclude-release.yml` the list of `smoke.systems` as `smoke-systems`.",
    overridable: false,
  },
  "smoke.system-failed": {
    meaning: "What was tried on one of the systems did not hold.",
    remedy: "Read the record of that system's job.",
    overridable: true,
  },
  "smoke.harness-failed": {
    meaning: "The scenario could not be carried out by the suite itself, so nothing is known of the product.",
    remedy: "Read the finding; check disk, bash and permissions on the runner, then rerun.",
    overridable: false,
  },
} as const;
