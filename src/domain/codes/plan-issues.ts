/** Reason codes of the plan's audit of issues. */
export const planIssueCodes = {
  "plan.commit-without-issue": {
    meaning:
      "A commit since the release before refers to no issue, by its message, its pull request or the mapping file, and none was filed for it.",
    remedy:
      "Have the issue filed (`issues.file-missing`) and run the release again; or file what the summary drafts and name it for the commit in `issues.map-file`; or exclude the type of commit.",
    overridable: true,
  },
  "plan.issue-incomplete": {
    meaning: "An issue of this release lacks a title, or one of the fields that `issues.required-fields` asks for.",
    remedy: "Edit the issue: each field is a heading with text below it.",
    overridable: true,
  },
  "plan.issue-unlabelled": {
    meaning: "An issue of this release carries none of the labels in `issues.labels`.",
    remedy: "Label the issue.",
    overridable: true,
  },
  "plan.issue-open-but-fixed": {
    meaning:
      "An issue is open although a commit or pull request since the release before fixes it, or it was closed without a reference to either.",
    remedy: "Close the issue and name the commit or pull request there; or correct what claims to fix it.",
    overridable: true,
  },
  "plan.issues-unknown": {
    meaning: "What a commit refers to could not be looked up, so nobody can tell whether it has an issue.",
    remedy:
      "Grant the job `issues: read` and `pull-requests: read`, list other repositories in `issues.repositories`, and rerun.",
    overridable: false,
  },
  "plan.issue-map-invalid": {
    meaning: "The file that names issues for commits is missing, cannot be read, or names a commit in two ways.",
    remedy: "Write full commit ids, or at least seven of their digits, each with a number, `owner/name#12`, or a list.",
    overridable: false,
  },
  "plan.changelog-issue-absent": {
    meaning: "The version's section links to an issue that does not exist.",
    remedy: "Correct the number.",
    overridable: true,
  },
} as const;
