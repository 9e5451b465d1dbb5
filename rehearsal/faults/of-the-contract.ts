import { swap } from "./edits.ts";
import { aborted, type Fault } from "./fault.ts";

const shared = { example: "release-manager" } as const;
const gates = { ...shared, stage: "release-gates" } as const;
const workflow = ".github/workflows/release.yml";

/** A workflow beside the release's own that uploads as well. */
const uploading = (on: string, condition = "") => `name: publish
${on}
permissions: {}
jobs:
  publish:
${condition}    runs-on: ubuntu-latest
    steps: [{ run: npm publish }]
`;

/** Faults of a release by an explicit contract: what nobody may guess, and what each named gate must see. */
export const contractFaults: Fault[] = [
  {
    ...shared,
    name: "base-unnamed",
    proves: "PLN-02",
    stage: "plan-release",
    title: "the workflow no longer hands on the release before",
    expected: aborted("plan.base-not-found"),
    edits: { [workflow]: swap("      base-tag: ${{ inputs.base }}\n", "") },
  },
  {
    ...gates,
    name: "topology-lost",
    proves: "F17 GAT-20",
    title: "the upload no longer waits for the build",
    expected: aborted("gates.contract-needs"),
    edits: { [workflow]: swap("    needs: [prepare, build]\n    runs-on", "    needs: prepare\n    runs-on") },
  },
  {
    ...gates,
    name: "tool-uninstalled",
    proves: "F21 GAT-20",
    title: "a job uses a program that no step installs",
    expected: aborted("gates.contract-tools"),
    edits: { [workflow]: swap("      - run: npm ci\n", "      - run: npm ci\n      - run: rg --quiet TODO src\n") },
  },
  {
    ...gates,
    name: "started-by-completion",
    proves: "F10 BLD-18 GAT-20",
    title: "the end of another workflow starts an upload, whatever became of it",
    expected: aborted("gates.contract-run-conclusion"),
    edits: {
      ".github/workflows/publish.yml": () => uploading("on: { workflow_run: { workflows: [ci], types: [completed] } }"),
    },
  },
  {
    ...gates,
    name: "secret-in-condition",
    proves: "F15 ALL-18 GAT-20",
    title: "a condition asks for a secret, so that GitHub takes the file for none",
    expected: aborted("gates.contract-secrets"),
    edits: {
      ".github/workflows/publish.yml": () => uploading("on: workflow_dispatch", "    if: secrets.NPM_TOKEN != ''\n"),
    },
  },
  {
    ...gates,
    name: "checkout-of-the-run",
    proves: "F12 BLD-02 GAT-20",
    title: "the build checks out whatever commit started the run",
    expected: aborted("gates.contract-checkout"),
    edits: { [workflow]: swap("          ref: ${{ needs.prepare.outputs.sha }}\n", "") },
  },
  {
    ...gates,
    name: "crash-unsafe",
    proves: "GAT-23",
    title: "an entry that a crash cut off is taken for whole",
    expected: aborted("gates.concurrency"),
    edits: { "src/logbook.js": swap('log.split("\\n").slice(0, -1)', 'log.trimEnd().split("\\n")') },
  },
  {
    ...gates,
    name: "drift-unnamed",
    proves: "GAT-25",
    title: "an export is gone, and the notes do not say so",
    expected: aborted("gates.api-breaking-unjustified"),
    edits: { "api.txt": (text) => `${text}closeLog\n` },
  },
  {
    ...gates,
    name: "quickstart-stale",
    proves: "GAT-26",
    title: "the README shows another output than its commands give",
    expected: aborted("gates.docs-mismatch"),
    edits: { "README.md": swap("Cast off\nWind NW 4", "1 Cast off\n2 Wind NW 4") },
  },
  {
    ...gates,
    name: "page-unsafe",
    proves: "GAT-27",
    title: "the page shows an entry as markup",
    expected: aborted("gates.bindings"),
    edits: { "src/logbook.js": swap("<li>${escaped(entry)}</li>", "<li>${entry}</li>") },
  },
  {
    ...gates,
    name: "notices-unpacked",
    proves: "GAT-29",
    title: "the package leaves its notices out",
    expected: aborted("gates.licence-missing"),
    edits: { "package.json": swap('    "CHANGELOG.md",\n    "THIRD_PARTY_NOTICES.md"\n', '    "CHANGELOG.md"\n') },
  },
  {
    ...shared,
    name: "upload-skipped",
    proves: "F16",
    stage: "verdict",
    title: "the upload is skipped without a failure",
    expected: aborted("verdict.stage-skipped"),
    edits: {
      [workflow]: swap(
        "    needs: [prepare, build]\n    runs-on",
        "    needs: [prepare, build]\n    if: inputs.operator == ''\n    runs-on",
      ),
    },
  },
];
