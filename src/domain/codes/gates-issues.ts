/** Reason codes of blockers and of gates that know the issues. */
export const gatesIssuesCodes = {
  "gates.blockers-open": {
    meaning: "Blockers of this release are open.",
    remedy:
      "Close each once its cause is repaired or a maintainer accepts it; those that a gate has raised are closed by the filing run when the gate passes.",
    overridable: false,
  },
  "gates.blockers-unknown": {
    meaning: "It cannot be told which blockers of this release are open.",
    remedy:
      "Grant `issues: read` and pass the token. Where more issues carry the label than are read, take it off those of old releases.",
    overridable: false,
  },
  "gates.blocker-unfiled": {
    meaning:
      "Something blocks the release, and not every blocker could be filed, updated or closed. It blocks all the same.",
    remedy:
      "Read the text in the job's summary, remove what kept it from being filed, and rerun the job; nothing is filed twice.",
    overridable: false,
  },
  "gates.issues-permission": {
    meaning: "The job may not write issues.",
    remedy: "Grant `issues: write` to the job that files, and to the job that calls the workflow, and rerun it.",
    overridable: false,
  },
  "gates.run-metadata-unreadable": {
    meaning: "The run's failed jobs could not be read, so the blockers tell less than they could.",
    remedy: "Grant `actions: read` to the job that files.",
    overridable: false,
  },
  "gates.severity-open": {
    meaning: "Issues of a severity that holds a release back are open.",
    remedy: "Repair and close them, or let whoever decides on severity change it.",
    overridable: false,
  },
  "gates.scope-open": {
    meaning: "Issues in the scope of the release are open.",
    remedy: "Finish and close them, or move them out of the scope before the release is started.",
    overridable: false,
  },
  "gates.ticket-not-ready": {
    meaning:
      "A ticket in the scope of the release is still worked on or reviewed, or was changed only after the run had begun.",
    remedy: "Finish the work, then start the release anew, so that the change predates the run.",
    overridable: false,
  },
  "gates.milestone-unknown": {
    meaning: "The milestone that gives the scope does not exist. That is not the same as one without issues.",
    remedy: "Create the milestone, or correct its name in the gate.",
    overridable: false,
  },
  "gates.label-unknown": {
    meaning: "A label that the gate looks for does not exist. That is not the same as one that no issue carries.",
    remedy: "Create the label, or correct its name in the gate.",
    overridable: false,
  },
  "gates.issues-unknown": {
    meaning: "The issues could not be read whole. Cannot tell never counts as none.",
    remedy: "Pass a token with `issues: read`, and narrow the scope where there are more issues than are read.",
    overridable: false,
  },
} as const;
