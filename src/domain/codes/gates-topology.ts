/** Reason codes of the gate that reads the repository's own workflows. */
export const gatesTopologyCodes = {
  "gates.contract-unreadable": {
    meaning: "The commit holds no workflow, or one that cannot be read, so nobody can say how its releases are made.",
    remedy: "Correct the file that the message names; actionlint tells more about it.",
    overridable: false,
  },
  "gates.contract-files": {
    meaning: "A workflow, script or action that the release relies on is not in the commit.",
    remedy: "Add the file that the message names, or take it out of the workflow or of the gate's `files`.",
    overridable: false,
  },
  "gates.contract-tools": {
    meaning: "A job uses a program that is on no runner image, and no step before it installs it.",
    remedy: "Install it in the job, or let the script ask with `command -v` and do without it.",
    overridable: false,
  },
  "gates.contract-pins": {
    meaning: "A workflow uses an action of others by a name that can be moved to other code.",
    remedy: "Pin it to the full commit id, with the version as a comment; or accept it in the gate, with a reason.",
    overridable: false,
  },
  "gates.contract-permissions": {
    meaning: "A workflow grants its jobs more than each of them needs.",
    remedy: "Write `permissions: {}` on top, and grant each job the scopes that it needs.",
    overridable: false,
  },
  "gates.contract-secrets": {
    meaning: "A condition asks for a secret. GitHub refuses the whole workflow, so that it never runs.",
    remedy: "Hand the secret to the step as an environment variable, and test that variable.",
    overridable: false,
  },
  "gates.contract-injection": {
    meaning: "Text that others write is put into a script before the shell reads it, so that it could be a command.",
    remedy: "Hand it to the step under `env:`, and use the variable in quotes.",
    overridable: false,
  },
  "gates.contract-triggers": {
    meaning: "Other events start the workflow than the gate's `workflows` say.",
    remedy: "Correct the workflow's `on:`, or `triggers` if the change is meant.",
    overridable: false,
  },
  "gates.contract-dead-triggers": {
    meaning: "A workflow waits for the run of a workflow that does not exist, so it never starts.",
    remedy: "Name a workflow of this commit by its `name:`.",
    overridable: false,
  },
  "gates.contract-run-conclusion": {
    meaning: "A job starts when another run has ended, however that ended.",
    remedy: "Give it the condition `github.event.workflow_run.conclusion == 'success'`.",
    overridable: false,
  },
  "gates.contract-inputs": {
    meaning: "The workflow lacks an input that its dispatch must offer.",
    remedy: "Add the input under `workflow_dispatch`, or take it out of the gate's `inputs`.",
    overridable: false,
  },
  "gates.contract-needs": {
    meaning: "A job does not wait for a job that must have ended before it.",
    remedy: "Add the job to its `needs`.",
    overridable: false,
  },
  "gates.contract-gated": {
    meaning: "A job of a release runs whatever the gates say.",
    remedy: "Let it need the job that prepares the release, and ask for its outputs in the job's condition.",
    overridable: false,
  },
  "gates.contract-last": {
    meaning: "The job that concludes the release does not wait for every other one, or not whatever became of them.",
    remedy: "Name all jobs in its `needs`, and give it `if: always()`.",
    overridable: false,
  },
  "gates.contract-checkout": {
    meaning: "A job of a release checks another commit out than the one that was judged.",
    remedy: "Give actions/checkout the `sha` output of the job that prepares the release as its `ref`.",
    overridable: false,
  },
  "gates.contract-rehearsal": {
    meaning: "The release cannot be rehearsed: the switch is missing, or it is not handed on.",
    remedy: "Add the input `rehearsal` and hand it on to the suite's workflows.",
    overridable: false,
  },
  "gates.ci-not-triggered": {
    meaning: "A required check does not run on every push to the branch that releases start from.",
    remedy: "Let the workflow run on pushes to the branch, without filters on paths.",
    overridable: false,
  },
  "gates.ci-suppressed": {
    meaning:
      "A required check never ran, because a marker in the commit's message or a push by a bot started no workflow.",
    remedy: "Start the workflow with the command that the message names, and rerun the leg.",
    overridable: false,
  },
  "gates.ci-matrix-incomplete": {
    meaning: "A leg of a matrix that the gate declares never ran on this commit.",
    remedy: "Put the leg back into the workflow's matrix and run it, or take it out of the gate's `matrix` on purpose.",
    overridable: false,
  },
  "gates.ci-ambiguous": {
    meaning: "Jobs of several workflows have the name of a required check, so its success may be that of another one.",
    remedy: "Give the jobs different names, and require the one that is meant.",
    overridable: false,
  },
} as const;
