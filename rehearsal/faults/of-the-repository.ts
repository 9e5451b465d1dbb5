import type { Edits } from "../amend.ts";
import { swap } from "./edits.ts";
import { aborted, type Fault } from "./fault.ts";

const shared = { example: "npm-package" } as const;
const config = ".github/seaworthy.yml";
/** A file that is there and that the release leaves alone: where globs name no file at all, the gate runs. */
const elsewhere = "applies-when: { paths: [LICENSE] }";

/** Rewords what the changelog said of the release before, and overrides the finding that this leads to. */
export const overriding: Edits = {
  "CHANGELOG.md": swap("Tide heights between high and low water", "Tide heights between low and high water"),
  ".github/workflows/release.yml": swap(
    "      rehearsal: ${{ inputs.rehearsal }}\n",
    '      rehearsal: ${{ inputs.rehearsal }}\n      overrides: "plan.changelog-history-edited: the order of two words"\n',
  ),
};

/** Faults of what is committed: the candidate is not what it should be. */
export const repositoryFaults: Fault[] = [
  {
    ...shared,
    name: "changelog-missing",
    proves: "PLN-51 F25",
    stage: "plan-release",
    title: "the changelog has no section for the version",
    expected: aborted("plan.changelog-section-missing"),
    edits: { "CHANGELOG.md": (text) => text.replace(/^## \[1\.1\.0\][\s\S]*?(?=^## |^\[)/m, "") },
  },
  {
    ...shared,
    name: "lockstep-broken",
    proves: "PLN-21 PLN-22 F30",
    stage: "plan-release",
    title: "the lockfile holds another version than the manifest",
    expected: aborted("plan.version-not-lockstep"),
    edits: { "package-lock.json": (text) => text.replaceAll('"version": "1.1.0"', '"version": "1.0.9"') },
  },
  {
    ...shared,
    name: "no-gate-applies",
    proves: "GAT-02 ALL-03",
    stage: "release-gates",
    title: "every gate applies to other changes than those of the release",
    expected: aborted("gates.none-applies"),
    edits: {
      [config]: (text) =>
        swap(
          "    kind: command\n",
          `    kind: command\n    ${elsewhere}\n`,
        )(swap("    kind: checks\n", `    kind: checks\n    ${elsewhere}\n`)(text)),
    },
  },
  {
    ...shared,
    name: "override-unapproved",
    proves: "ALL-07",
    stage: "plan-release",
    title: "a person overrides a finding, and nobody is asked to approve it",
    expected: aborted("all.override-refused"),
    edits: overriding,
  },
  {
    ...shared,
    name: "gate-fails",
    proves: "GAT-01",
    stage: "release-gates",
    title: "a gate's command fails",
    expected: aborted("gates.failed"),
    edits: { [config]: swap("run: npm ci && npm test", "run: npm ci && npm test && npm run no-such-script") },
  },
  {
    ...shared,
    name: "gate-tool-missing",
    proves: "GAT-01 ALL-03",
    stage: "release-gates",
    title: "a tool that a gate needs is not installed",
    expected: aborted("gates.tool-missing"),
    edits: { [config]: swap("tools: [node, npm]", "tools: [node, npm, no-such-linter]") },
  },
  {
    ...shared,
    name: "ci-job-skipped",
    proves: "GAT-11 F14",
    stage: "release-gates",
    title: "a required CI job was skipped",
    expected: aborted("gates.ci-skipped"),
    edits: {
      ".github/workflows/ci.yml": swap("    name: test\n", "    name: test\n    if: github.actor == 'nobody'\n"),
    },
  },
  {
    ...shared,
    name: "smoke-fails",
    proves: "SMK-01",
    stage: "smoke-test",
    title: "the published package lacks a file that the checkout has",
    expected: aborted("smoke.case-failed"),
    edits: { "package.json": swap('    "src",\n', "") },
  },
  {
    ...shared,
    name: "scenario-after-advisory",
    proves: "SMK-01 ALL-24 F20",
    stage: "smoke-test",
    title: "an advisory scenario fails first, and the required one behind it is tried all the same",
    expected: aborted("smoke.case-failed"),
    edits: {
      [config]: swap(
        "  scenarios:\n",
        `  scenarios:
    - { id: tap, title: The tap knows the command, run: exit 1, required: false, expect: { exit: 0 } }
    - { id: help, title: The command explains itself, run: tide-table --no-such-option, expect: { exit: 0 } }
`,
      ),
    },
  },
  {
    ...shared,
    name: "scenario-strays",
    proves: "SMK-09",
    stage: "smoke-test",
    title: "a scenario writes outside its workspace",
    expected: aborted("smoke.isolation-leak"),
    edits: { [config]: swap("run: tide-table --version", 'run: tide-table --version && touch "$HOME/stray.txt"') },
  },
];
