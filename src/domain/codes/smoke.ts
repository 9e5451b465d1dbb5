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
  "smoke.harness-failed": {
    meaning: "The scenario could not be carried out by the suite itself, so nothing is known of the product.",
    remedy: "Read the finding; check disk, bash and permissions on the runner, then rerun.",
    overridable: false,
  },
} as const;
