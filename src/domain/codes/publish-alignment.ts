const patch = "Apply the attached patch to the tap (`git apply`), push it there, and rerun this job.";

/** Reason codes of a formula that is held against what was built. */
export const publishAlignmentCodes = {
  "publish.formula-unreadable": {
    meaning:
      "The formula is absent, or says something that is not read for certain; what Homebrew would download is then unknown.",
    remedy: "Write the formula with literal texts, `on_…` blocks and questions such as `OS.mac?` only; see the line.",
    overridable: false,
  },
  "publish.formula-stale": {
    meaning: "The formula is still that of an earlier version: users of Homebrew would not get this release.",
    remedy: patch,
    overridable: false,
  },
  "publish.formula-version": {
    meaning: "The formula states another version than the release, and not an earlier one.",
    remedy: patch,
    overridable: false,
  },
  "publish.formula-url": {
    meaning: "The formula downloads from another address than the release has.",
    remedy: patch,
    overridable: false,
  },
  "publish.formula-hash": {
    meaning: "The formula expects other bytes than were built; Homebrew would refuse the download.",
    remedy: patch,
    overridable: false,
  },
  "publish.formula-placeholder": {
    meaning: "A placeholder stands in the formula where a digest must be.",
    remedy: patch,
    overridable: false,
  },
  "publish.formula-served-different": {
    meaning: "The bytes at an address of the formula do not digest to what the formula says.",
    remedy: "Treat it as an incident: find out who replaced the file. Release the next version.",
    overridable: false,
  },
  "publish.checksum-missing": {
    meaning: "There is no digest for an archive, in the formula or in the list of checksums.",
    remedy: "Write the list of checksums after the last archive is built, and name every archive in it.",
    overridable: false,
  },
  "publish.checksum-mismatch": {
    meaning: "The list of checksums tells another digest of an archive than its bytes have.",
    remedy: "Write the list of checksums after the last change of an archive, and build again.",
    overridable: false,
  },
  "publish.updater-asset-missing": {
    meaning: "A program that updates itself would find nothing for its system: the list or the asset is not there.",
    remedy: "Publish an asset for each of the updater's platforms under the name that it looks for.",
    overridable: true,
  },
  "publish.checksum-source-ambiguous": {
    meaning: "Two lists of checksums are named for one formula; nobody could tell which one counts.",
    remedy: "Name the list in `sums` of the channel or in the input `checksums`, and not in both.",
    overridable: false,
  },
  "publish.order-violated": {
    meaning:
      "Something was published before everything was looked at that the configuration asks for first, or it is not known that it was.",
    remedy:
      "Let the publish job wait for `publish-verify` in the mode that the message names (alignment, provenance or preflight), and hand its record on.",
    overridable: false,
  },
} as const;
