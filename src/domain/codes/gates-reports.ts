/** Reason codes of the gates that read test reports and other files. */
export const gatesReportCodes = {
  "gates.report-missing": {
    meaning: "No file lies where the gate looks for reports, so nothing is known.",
    remedy: "Look whether the command wrote its report, and where; compare with the gate's `files`.",
    overridable: false,
  },
  "gates.report-stale": {
    meaning: "A report lay in the checkout before the gate's command ran, and the command did not write it anew.",
    remedy: "Take the report out of the repository, and look why the command did not write it.",
    overridable: false,
  },
  "gates.report-unreadable": {
    meaning: "A report is not what the gate can read: another format, cut off, too large, or hostile.",
    remedy: "Read the message; let the tool write the format that the gate's kind names.",
    overridable: false,
  },
  "gates.report-incomplete": {
    meaning: "A report announces more than it shows.",
    remedy: "Look whether the tool was interrupted, and run the gate again.",
    overridable: false,
  },
  "gates.tests-failed": {
    meaning: "The reports show failed tests.",
    remedy: "Repair the cause on a branch, and start the release again.",
    overridable: false,
  },
  "gates.too-many-skipped": {
    meaning: "More tests were skipped than the gate allows.",
    remedy: "Look why they were skipped. Raise `max-skipped` only if each of them is skipped on purpose.",
    overridable: false,
  },
  "gates.required-test-absent": {
    meaning: "A test that the gate requires stands in no report.",
    remedy:
      "Compare the name with the attachment tests.json; look whether the test was renamed, filtered out or removed.",
    overridable: false,
  },
  "gates.required-test-skipped": {
    meaning: "A test that the gate requires was skipped.",
    remedy: "Make it run: give the job what the test asks for.",
    overridable: false,
  },
  "gates.plan-check-missing": {
    meaning: "The gate stands on a check of the plan, and the plan did not make it.",
    remedy: "Configure in the plan what the gate stands on, or take the gate out.",
    overridable: false,
  },
  "gates.licence-missing": {
    meaning: "An archive that is shipped lacks a licence or notice file, or holds it empty.",
    remedy: "Add the file to what the package includes, and build again.",
    overridable: false,
  },
  "gates.licence-nothing-checked": {
    meaning: "No archive lies where the gate looks, so no licence was checked.",
    remedy: "Look whether the build left its archives where the gate's `files` say.",
    overridable: false,
  },
  "gates.licence-unreadable": {
    meaning: "An archive does not open as a gzipped tar or a zip, so nobody can say what it holds.",
    remedy: "Look whether it is broken; ship it in a format that the gate reads.",
    overridable: false,
  },
  "gates.failure-not-in-baseline": {
    meaning: "A test failed that the baseline of known failures does not name.",
    remedy: "Repair it, or name it in the baseline with a ticket and a last day.",
    overridable: false,
  },
  "gates.baseline-expired": {
    meaning: "A known failure was accepted until a day that is over.",
    remedy: "Repair it, or judge it anew and give its entry another last day.",
    overridable: false,
  },
  "gates.baseline-fixed": {
    meaning: "The baseline names a test that does not fail any more, or that is gone.",
    remedy: "Remove its entry, so that it cannot hide a later failure.",
    overridable: false,
  },
  "gates.baseline-unreadable": {
    meaning: "The baseline of known failures is not there, or is not what the gate can read.",
    remedy: "Commit the file that `baseline` names: a list of `test`, `ticket` and `expires`.",
    overridable: false,
  },
  "gates.criteria-unreadable": {
    meaning: "The acceptance criteria are not there, or are not what the gate can read.",
    remedy: "Commit the file that `criteria` names: a list of `id`, `text` and `tests`.",
    overridable: false,
  },
  "gates.criterion-unmet": {
    meaning: "A test behind an acceptance criterion failed.",
    remedy: "Repair the cause on a branch, and start the release again.",
    overridable: true,
  },
  "gates.criterion-unmapped": {
    meaning: "An acceptance criterion names no test, so nothing can prove it.",
    remedy: "Name its tests in the file of criteria.",
    overridable: true,
  },
  "gates.criterion-unverified": {
    meaning:
      "A test behind an acceptance criterion did not run or was skipped, so nobody knows whether the criterion is met.",
    remedy: "Run the test, or exclude the criterion from this release with a reason.",
    overridable: true,
  },
  "gates.critical-test-skipped": {
    meaning: "A test behind a critical acceptance criterion was skipped.",
    remedy: "Run the test: give the job what it asks for.",
    overridable: true,
  },
} as const;
