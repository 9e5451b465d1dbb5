/** Reason codes of the build stage. */
export const buildCodes = {
  "build.targets-invalid": {
    meaning:
      "The list of targets is absent, or says something that cannot hold, so nobody can tell what has to be built.",
    remedy: "Correct the file that `targets` names, or the keys under `targets` by which it is read.",
    overridable: false,
  },
  "build.toolchain-mismatch": {
    meaning:
      "The job that built has a tool in another version than the one it is pinned to, so it builds something else.",
    remedy: "Install the pinned version in the build job; or pin the other one, once it is known to build the product.",
    overridable: false,
  },
  "build.toolchain-unknown": {
    meaning: "Nobody can tell with which version of a pinned tool was built: it is not there, or did not answer.",
    remedy: "Look at the tool's `run` under `toolchain`; run build-manifest in the job that has the tool.",
    overridable: false,
  },
  "build.tag-invalid": {
    meaning: "What was given as a tag is no name that a tag can have.",
    remedy: "Give the name of the release's tag, such as `v1.2.0`, without `refs/tags/`.",
    overridable: false,
  },
  "build.ref-not-tag": {
    meaning: "What was given as a tag is a branch. The ref of a run never stands for a tag.",
    remedy: "Give the name of the release's tag in the input; `github.ref_name` is one only in runs of a pushed tag.",
    overridable: false,
  },
  "build.tag-absent-remote": {
    meaning: "The remote has no such tag, so nobody else could build the same release.",
    remedy: "Let the release be tagged first, or correct the name; nothing is tagged here.",
    overridable: false,
  },
  "build.release-exists-different": {
    meaning:
      "There is a GitHub release of the tag already, and it does not hold what was built: it is published with other files, or a draft lacks some.",
    remedy: "Delete a draft that is not whole and run again. A published release stays: release the next version.",
    overridable: false,
  },
  "build.sha-mismatch": {
    meaning: "The checkout that was built is not the released commit, or the tag names another one.",
    remedy: "Check out the tag in the build job (`ref:` of the checkout step), and build again.",
    overridable: false,
  },
  "build.artifact-missing": {
    meaning: "A file that the build should have made is not there.",
    remedy: "Correct the pattern in `files`, or the build that should have written the file.",
    overridable: false,
  },
  "build.artifact-unexpected": {
    meaning: "Something other than a regular file stands among the built files.",
    remedy: "Narrow the pattern in `files`, or let the build write regular files.",
    overridable: false,
  },
  "build.artifact-too-large": {
    meaning: "A built file is too large to be opened and digested: two gibibytes or more.",
    remedy: "Split it, or hand an image over as the folder of its layout, where each layer is a file of its own.",
    overridable: false,
  },
  "build.artifact-duplicate": {
    meaning:
      "Two built files have the same name and different bytes, or names that GitHub writes alike; one would replace the other.",
    remedy: "Give each file a name of its own, or narrow the pattern in `files`.",
    overridable: false,
  },
  "build.archive-broken": {
    meaning: "An archive does not open, or does not hold what its kind of package must hold.",
    remedy: "Pack again with the ecosystem's own tool, and hand the archive over unchanged.",
    overridable: false,
  },
  "build.version-mismatch": {
    meaning: "A package carries another name or version than the release.",
    remedy: "Build from the tag, with the version that stands in its files; compare the channel's `package`.",
    overridable: false,
  },
  "build.package-check-failed": {
    meaning: "A package contradicts itself: its file name, its metadata and its files do not agree.",
    remedy: "Build the package again with its own tool, and change nothing in it afterwards.",
    overridable: false,
  },
  "build.metadata-missing": {
    meaning: "A package does not say which commit it was made from, though its tool writes it down.",
    remedy: "Pack inside of the checkout of the tag, with nothing changed in it.",
    overridable: false,
  },
  "build.official-target-failed": {
    meaning: "A target that is official somewhere was not built, so that users of its platform would get nothing.",
    remedy: "See why the leg of this target failed, and build again; nothing is published before.",
    overridable: false,
  },
  "build.preview-target-failed": {
    meaning: "A target that is a preview everywhere was not built. It holds nothing back, and is reported.",
    remedy: "See why the leg of this target failed, when there is time.",
    overridable: false,
  },
  "build.mode-lost": {
    meaning: "A program is not executable in the archive that users unpack.",
    remedy: "Set the execute bit before packing; a transfer between jobs may have dropped it.",
    overridable: false,
  },
} as const;
