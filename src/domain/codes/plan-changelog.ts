/** Reason codes of the plan's look at the changelog. */
export const planChangelogCodes = {
  "plan.changelog-file-missing": {
    meaning: "The commit holds no changelog under the configured name.",
    remedy:
      "Commit the changelog under the name in `changelog.file`, spelled alike; `changelog.format: none` needs none.",
    overridable: false,
  },
  "plan.changelog-section-missing": {
    meaning: "The changelog has no section for exactly this version.",
    remedy: "Add the section with what changed for users; the attachment `draft.md` is a start, made from the commits.",
    overridable: false,
  },
  "plan.changelog-section-duplicate": {
    meaning: "The changelog has more than one section for this version.",
    remedy: "Join the sections into one.",
    overridable: false,
  },
  "plan.changelog-section-empty": {
    meaning: "The changelog's section for this version says nothing.",
    remedy: "Write what changed for users, at least one line.",
    overridable: false,
  },
  "plan.changelog-heading": {
    meaning: "The heading of this version's section is not of the form that the configuration asks for.",
    remedy: "Write the heading that the message expects, such as `## [X.Y.Z] - YYYY-MM-DD`.",
    overridable: false,
  },
  "plan.changelog-date-invalid": {
    meaning: "The date of this version's section is no day of the calendar.",
    remedy: "Write the day of the release as YYYY-MM-DD.",
    overridable: false,
  },
  "plan.changelog-unreleased-heading": {
    meaning: "The section of this version is still marked as unreleased.",
    remedy: "Write the day of the release in the heading, as YYYY-MM-DD.",
    overridable: false,
  },
  "plan.changelog-not-finalized": {
    meaning: "Notes still stand under `Unreleased`, although this commit is released.",
    remedy:
      "Move them under the version's heading; where there is an attachment `finalize.patch`, `git apply` does it.",
    overridable: false,
  },
  "plan.changelog-placeholder": {
    meaning: "A heading or an entry of the changelog still waits for somebody to fill it in.",
    remedy: "Write the version, the day or the words that belong there.",
    overridable: false,
  },
  "plan.changelog-version-mismatch": {
    meaning: "The newest section of the changelog is not the one of the version that is released.",
    remedy:
      "Put this version's section on top, below `Unreleased` where there is one; or raise the version to the newest section's.",
    overridable: false,
  },
  "plan.changelog-order": {
    meaning: "Sections or subsections of the changelog stand in another order than the configuration asks for.",
    remedy: "Put the newest version on top, and the subsections in the order of `changelog.sections`.",
    overridable: false,
  },
  "plan.changelog-section-unknown": {
    meaning: "A subsection has a title that the configuration does not know.",
    remedy: "Use one of the titles in the message, or add the title to `changelog.sections`.",
    overridable: false,
  },
  "plan.changelog-subsection-duplicate": {
    meaning: "Two subsections of this version have the same title.",
    remedy: "Join them into one.",
    overridable: false,
  },
  "plan.changelog-subsection-empty": {
    meaning: "A subsection of this version has a heading and says nothing.",
    remedy: "Write what changed, or remove the heading.",
    overridable: false,
  },
  "plan.changelog-entry-orphan": {
    meaning: "Entries stand before the first subsection, so that it is not said what kind of change they are.",
    remedy: "Move them under a subsection, or set `changelog.loose-entries: allowed`.",
    overridable: false,
  },
  "plan.changelog-entry-unlinked": {
    meaning: "Entries carry no link to the issue that they answer, or still carry the draft's `TODO issue`.",
    remedy: "Add `[#12](<issues>/12)` to each entry in the message; entries of an inner list need none.",
    overridable: false,
  },
  "plan.changelog-link-mismatch": {
    meaning: "A link to an issue leads to another place than its number says.",
    remedy: "Correct the link; `changelog.issues-url` says where issues are, where that is not this repository.",
    overridable: false,
  },
  "plan.changelog-date-mismatch": {
    meaning: "The date of this version's section is not the day of the release.",
    remedy: "Write the day on which the tag is made; a day in the future is never right.",
    overridable: false,
  },
  "plan.changelog-history-edited": {
    meaning: "Sections of versions that are released already differ from what they said at the release before.",
    remedy: "Restore them as they were, and correct an error in a new entry.",
    overridable: true,
  },
} as const;
