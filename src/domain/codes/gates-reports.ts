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
} as const;
