/** Reason codes of publish-verify for builds that are not, or cannot be shown to be, those of the release. */
export const publishProvenanceCodes = {
  "publish.wrong-workflow": {
    meaning: "The build was made by another workflow or repository than the one that may build what is published.",
    remedy: "Build with the workflow that `provenance.workflow` names, or correct the name there.",
    overridable: false,
  },
  "publish.run-not-success": {
    meaning: "The run that built has not succeeded, or the jobs that had to succeed in it did not.",
    remedy:
      "Look at the run, correct it and build again. Where only its publishing failed, name the other jobs in `provenance.jobs`.",
    overridable: false,
  },
  "publish.build-run-not-found": {
    meaning: "There is no run of the number that the build names.",
    remedy: "Look whether the run was deleted; build again from the tag.",
    overridable: false,
  },
  "publish.input-ambiguous": {
    meaning:
      "It is not clear which build is to be published: by its run, by its tag, or by records that were handed over.",
    remedy: "Give exactly one of `build-run-id` and `release-tag`, and no records.",
    overridable: false,
  },
  "publish.channel-skip-unproven": {
    meaning: "A channel is to be left out, and does not serve what was built.",
    remedy: "Publish to it as well, or make the channel optional in the configuration.",
    overridable: false,
  },
  "publish.metadata-missing": {
    meaning: "No manifest says what was built, from which commit and in which run.",
    remedy: "Hand over the record of build-manifest from the job that built.",
    overridable: false,
  },
  "publish.metadata-mismatch": {
    meaning: "The manifest of a build speaks of another tag, version or run.",
    remedy: "Build again from the tag of this release; publish nothing of the other build.",
    overridable: false,
  },
  "publish.artifact-missing": {
    meaning: "A file that the build has to have made, or that its manifest names, is not there.",
    remedy: "Look what the build wrote, correct it, and build again.",
    overridable: false,
  },
  "publish.artifact-unexpected": {
    meaning: "Among what was built is a file that no manifest names, or that no rule of `provenance.files` knows.",
    remedy: "Find out where the file comes from. Leave it out of the build, or add a rule for it.",
    overridable: false,
  },
  "publish.artifact-hash": {
    meaning: "A built file has other bytes than its manifest says.",
    remedy: "Treat it as an incident: something changed the file after the build. Build again from the tag.",
    overridable: false,
  },
  "publish.attestation-missing": {
    meaning:
      "A built file has no signed statement about where it comes from, or nobody can verify one, although it must have one.",
    remedy: "Let the build attest its files, and hand over a trusted root. Build again where none was made.",
    overridable: false,
  },
  "publish.attestation-invalid": {
    meaning: "A signed statement about a built file does not hold, or somebody else signed it.",
    remedy: "Treat it as an incident: publish nothing of this build, and find out who signed.",
    overridable: false,
  },
  "publish.build-incomplete": {
    meaning: "The build has left no leg that could be published, or not all that it should have.",
    remedy: "Let the joining job wait for all jobs of the build (`needs`), and each of them name its own `leg`.",
    overridable: false,
  },
  "publish.platform-missing": {
    meaning: "A platform that a channel must have is not among what was built.",
    remedy: "Build for the platform, or change what the list of targets promises.",
    overridable: false,
  },
} as const;
