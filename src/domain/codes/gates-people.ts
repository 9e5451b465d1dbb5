/** Reason codes of the gates that know what people have said and when they may release. */
export const gatesPeopleCodes = {
  "gates.attestation-missing": {
    meaning: "No tester's marker for this version lies where the gate looks, or it is not what the gate can read.",
    remedy: "Try the candidate, and write the marker with version, sha, tester, attested-at, tiers and evidence.",
    overridable: false,
  },
  "gates.attestation-version": {
    meaning: "The tester's marker speaks of another version.",
    remedy: "Try this version, and write a marker for it.",
    overridable: false,
  },
  "gates.attestation-sha": {
    meaning: "The tester's marker speaks of another commit, and more than the allowed paths have changed since.",
    remedy: "Try this commit. Where git could not compare the two, give the checkout the whole history.",
    overridable: false,
  },
  "gates.attestation-signer": {
    meaning:
      "The tester of the marker is none of the gate's, or did not make, or not sign, the commit that last changed it.",
    remedy:
      "Let one of the gate's `testers` try the candidate and commit the marker, with the address that is configured.",
    overridable: false,
  },
  "gates.attestation-stale": {
    meaning: "The tester's marker is older than the gate allows, or of the future.",
    remedy: "Try the candidate again, and write a new marker.",
    overridable: false,
  },
  "gates.attestation-findings": {
    meaning: "The tester's marker states more open findings than the gate allows, or none of a number.",
    remedy: "Close them, or let the review be made again; then write a new marker.",
    overridable: false,
  },
  "gates.attestation-unproven": {
    meaning: "The tester's marker names tiers that no evidence covers, or evidence that is not what it names.",
    remedy:
      "Name the run on the attested commit, or the committed file with its digest, whose job or suite shows each tier.",
    overridable: false,
  },
  "gates.attestation-unknown": {
    meaning:
      "GitHub did not tell about a run of the evidence, or about the signature, so nobody can say what it is worth.",
    remedy: "Give the gate's job `actions: read` and `contents: read`, or wait, and rerun the leg.",
    overridable: false,
  },
  "gates.soak-missing": {
    meaning: "No pre-release of this version was tagged, so nobody has used what is to be released.",
    remedy:
      "Release a candidate such as `1.2.0-rc.1` first; or let the gate apply to larger releases only, with `applies-when`.",
    overridable: false,
  },
  "gates.soak-too-short": {
    meaning: "The last pre-release of this version was not in use for long enough.",
    remedy: "Wait until the tag is as old as the gate's `min-age`, and rerun the leg.",
    overridable: false,
  },
  "gates.rc-drift": {
    meaning:
      "More has changed since the last pre-release than the gate's `allowed-drift`, or git cannot compare the two.",
    remedy:
      "Release another candidate and let it soak. Where git could not compare, give the checkout the whole history.",
    overridable: false,
  },
  "gates.outside-window": {
    meaning: "Releases are not made at this time.",
    remedy: "Wait for the next window that the message names, and rerun the leg.",
    overridable: false,
  },
  "gates.blackout": {
    meaning: "Nothing is released during the blackout that the message names.",
    remedy: "Wait until it is over, and rerun the leg.",
    overridable: false,
  },
  "gates.approval-unprotected": {
    meaning:
      "The environment that is to hold the release back until a person approves does not exist, or lets it through.",
    remedy:
      "Create the environment in the repository's settings, with required reviewers and without self-review; or use `fallback: issue`.",
    overridable: false,
  },
  "gates.approval-missing": {
    meaning: "Nobody who may has approved this release, or not as many people as the gate asks for.",
    remedy:
      "Let a reviewer approve as the message says, then rerun the failed jobs. What automation says does not count.",
    overridable: false,
  },
  "gates.approval-mismatch": {
    meaning: "An approval speaks of another tag or commit, of other evidence, or was changed after it was given.",
    remedy: "Approve exactly what the message names, in a new comment; then rerun the failed jobs.",
    overridable: false,
  },
  "gates.approval-same-person": {
    meaning: "The one who approved is the author of the candidate, or started the run.",
    remedy: "Let another person approve: start the release again, or have them answer on the issue.",
    overridable: false,
  },
  "gates.approval-unknown": {
    meaning:
      "GitHub's answer about environments, reviews or people cannot be understood. Cannot tell never counts as yes.",
    remedy:
      "Read the message; link the author's address with an account, or take `author` out of `not-by`. Then rerun.",
    overridable: false,
  },
  "gates.approval-starter-unknown": {
    meaning: "Automation started this run, so nobody can tell which person stands behind it and must not approve it.",
    remedy:
      "Let a person start the release by hand, without a workflow in between; or take `actor` out of the gate's `not-by`, which allows no override.",
    overridable: false,
  },
  "gates.approval-rehearsed": {
    meaning: "In a rehearsal nobody is asked. This approval counts for nothing else.",
    remedy: "Nothing is left to do: a live run asks.",
    overridable: false,
  },
  "gates.approval-early": {
    meaning: "People were asked before the gates had been collected and had passed.",
    remedy: "Hand the collector's record over in `records`, and ask only after it has passed.",
    overridable: false,
  },
  "gates.aborted-by-decision": {
    meaning: "A person has decided against this release.",
    remedy: "Read their reason. Correct it on a branch, and start the release again.",
    overridable: false,
  },
  "gates.merge-review-missing": {
    meaning:
      "The candidate is not the merge of a pull request that somebody other than its author has approved as it is.",
    remedy:
      "Merge through a pull request that is approved on its last commit, into a branch whose ruleset asks for it; then release that merge.",
    overridable: false,
  },
} as const;
