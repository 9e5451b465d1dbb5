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
    meaning: "The tester's marker is signed by somebody who may not sign it.",
    remedy: "Let one of the gate's `testers` try the candidate and sign.",
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
    remedy: "Name the run, or the file with its digest, that shows each tier.",
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
} as const;
