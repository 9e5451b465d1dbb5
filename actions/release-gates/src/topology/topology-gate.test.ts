import { describe, expect, it } from "vitest";
import { conclude, decidingCode } from "#src/domain/verdict";
import { aFile } from "#src/testing/fake-checkout-files";
import { gateTrial } from "#src/testing/gate-trial";
import { releaseGates } from "../release-gates.ts";

const commit = "de0fac2e4500dabe0009e67214ff5f5447ce83dd";
const checkout = `actions/checkout@${commit}`;
const suite = "seaworthy/seaworthy/.github/workflows";

const release = `name: release
on:
  workflow_dispatch:
    inputs:
      target: { type: string, required: true }
      rehearsal: { type: boolean, default: false }
permissions: {}
jobs:
  prepare:
    uses: ${suite}/prepare-release.yml@${commit}
    with: { rehearsal: "\${{ inputs.rehearsal }}" }
  build:
    needs: prepare
    if: needs.prepare.outputs.ready == 'true'
    runs-on: ubuntu-latest
    steps:
      - uses: ${checkout}
        with: { ref: "\${{ needs.prepare.outputs.sha }}" }
      - run: scripts/pack.sh
  align:
    needs: build
    runs-on: ubuntu-latest
    steps:
      - env: { TITLE: "\${{ github.event.head_commit.message }}" }
        run: echo "$TITLE"
  publish:
    needs: [prepare, align]
    runs-on: ubuntu-latest
    steps:
      - run: npm publish
  conclude:
    needs: [prepare, build, align, publish]
    if: always()
    uses: ${suite}/conclude-release.yml@${commit}
    with: { rehearsal: "\${{ inputs.rehearsal }}" }
`;
const ci = `name: ci
on: { push: { branches: [main, "release/**"] } }
permissions: { contents: read }
jobs:
  test:
    runs-on: ubuntu-latest
    strategy: { matrix: { node: [20, 24] } }
    steps:
      - uses: ${checkout}
      - run: npm test
`;
const pack = "#!/bin/sh\ncommand -v rg && rg TODO\nnpm pack\n";
const gate = {
  id: "topology",
  kind: "topology",
  branches: ["main"],
  workflows: [
    { file: "release.yml", triggers: ["workflow_dispatch"], inputs: ["target"], needs: { publish: ["align"] } },
  ],
};

interface Change {
  release?: [from: string | RegExp, to: string];
  ci?: [from: string | RegExp, to: string];
  pack?: string;
  gate?: object;
  more?: Record<string, string>;
}

const openConditions = [
  "always() || needs.prepare.outputs.ready == 'true'",
  "always() && needs.prepare.result != ''",
  "needs.prepare.outputs.ready != 'true'",
  "needs.prepare.outputs.ready == 'false'",
  "needs.prepare.outputs.ready",
  "needs.prepare.outputs.outcome == 'release'",
  "needs.prepare.outputs.ready == 'true' && inputs.rehearsal || inputs.target != ''",
  "(needs.prepare.outputs.ready == 'true' || inputs.rehearsal) && !cancelled()",
  "!(needs.prepare.outputs.ready == 'true' && inputs.rehearsal)",
  "contains(' && needs.prepare.outputs.ready == ''true'' && ', inputs.target)",
  "\"${{ needs.prepare.outputs.ready == 'true' }} and more\"",
  "failure()",
  "fromJSON('[1]')[false && needs.prepare.outputs.ready == 'true' && 1]",
  "(needs.prepare.outputs.ready == 'true' && inputs.rehearsal) == (false && true)",
];
const closedConditions = [
  "needs.prepare.outputs.ready == 'true'",
  "needs.prepare.outputs.gated == 'true'",
  "${{ needs.prepare.outputs.ready == 'true' && !inputs.rehearsal }}",
  "always() && needs.prepare.outputs.ready == 'true'",
  "(inputs.target != '' || inputs.rehearsal) && (needs.prepare.outputs.ready == 'true')",
  "(always() && (needs.prepare.outputs.ready=='true'))",
];

function swap(text: string, [from, to]: [string | RegExp, string] = ["", ""]): string {
  const changed = text.replace(from, to);
  if (from !== "" && changed === text) throw new Error(`expected to find ${from} in the workflow`);
  return changed;
}

async function judge({ release: edit, ci: edited, pack: script = pack, gate: changed, more = {} }: Change = {}) {
  const files = [
    aFile(".github/workflows/release.yml", swap(release, edit)),
    aFile(".github/workflows/ci.yml", swap(ci, edited)),
    ...(script === "" ? [] : [aFile("scripts/pack.sh", script)]),
    ...Object.entries(more).map(([path, text]) => aFile(path, text)),
  ];
  const others = [{ id: "ci", kind: "checks", checks: ["test (20)", "test (24)"] }];
  const { given, context, ports } = gateTrial({ ...gate, ...changed }, { files, others });
  const report = await releaseGates(given, context, ports);
  return { code: decidingCode(report.checks), because: report.checks[0]?.because, report };
}

describe("GAT-20: the workflows of a commit", () => {
  it("pass as a release needs them", async () => {
    const { report, because } = await judge();
    expect(because).toBe("2 workflows are as a release needs them");
    expect(conclude(report.checks).result).toBe("pass");
    expect(report.checks[0]?.evidence).toEqual([".github/workflows/ci.yml", ".github/workflows/release.yml"]);
  });

  it.each<[what: string, change: Change, code: string, because: string | RegExp]>([
    [
      "ALL-16: uses an action by a tag",
      { release: [checkout, "actions/checkout@v6"] },
      "gates.contract-pins",
      "release.yml, job build: expected a full commit id, found actions/checkout@v6",
    ],
    [
      "ALL-16: uses an image without its digest",
      { ci: [checkout, "docker://alpine:3"] },
      "gates.contract-pins",
      /found docker:\/\/alpine:3/,
    ],
    [
      "ALL-16: has no permissions on top",
      { ci: [/permissions: .*\n/, ""] },
      "gates.contract-permissions",
      /found none/,
    ],
    [
      "ALL-16: may write in every job",
      { ci: ["contents: read", "contents: write"] },
      "gates.contract-permissions",
      /found contents: write on top/,
    ],
    [
      "ALL-16: grants a job everything",
      { ci: ["    runs-on", "    permissions: write-all\n    runs-on"] },
      "gates.contract-permissions",
      /job test: .* found write-all/,
    ],
    [
      "F15 ALL-18: asks for a secret in a condition",
      { release: ["      - run: npm publish", "      - if: secrets.NPM_TOKEN != ''\n        run: npm publish"] },
      "gates.contract-secrets",
      /found `secrets\.NPM_TOKEN != ''`/,
    ],
    [
      "ALL-18: puts a title into a script",
      { release: ['echo "$TITLE"', 'echo "${{ github.event.head_commit.message }}"'] },
      "gates.contract-injection",
      /`github\.event` inside of a script/,
    ],
    [
      "ALL-18: puts an input into a script",
      { release: ["npm publish", "npm publish --tag ${{ inputs.target }}"] },
      "gates.contract-injection",
      /`inputs\.` inside of a script/,
    ],
    [
      "ALL-18: puts a title into a script by its key",
      { release: ['echo "$TITLE"', "echo \"${{ github['event'].head_commit.message }}\""] },
      "gates.contract-injection",
      /`github\[` inside of a script/,
    ],
    [
      "ALL-18: puts a title into a script with capitals and blanks",
      { release: ['echo "$TITLE"', 'echo "${{ GitHub . Event.head_commit.message }}"'] },
      "gates.contract-injection",
      /`GitHub \. Event` inside of a script/,
    ],
    [
      "ALL-18: puts a whole context into a script",
      { release: ['echo "$TITLE"', "echo '${{ toJSON(github) }}'"] },
      "gates.contract-injection",
      /`github` inside of a script/,
    ],
    [
      "F15 ALL-18: asks for a secret in a condition, in capitals",
      { release: ["      - run: npm publish", "      - if: Secrets.NPM_TOKEN != ''\n        run: npm publish"] },
      "gates.contract-secrets",
      /found `Secrets\.NPM_TOKEN != ''`/,
    ],
    [
      "F10 BLD-18: is started by the end of another run as well",
      { release: ["on:\n", "on:\n  workflow_run: { workflows: [ci] }\n"] },
      "gates.contract-triggers",
      /started by workflow_dispatch and nothing else, found workflow_dispatch, workflow_run/,
    ],
    [
      "waits for a workflow that nobody has",
      { ci: ["on: {", "on: { workflow_run: { workflows: [build] },"] },
      "gates.contract-dead-triggers",
      /found build/,
    ],
    [
      "F10: starts whatever became of the run before",
      { ci: ["on: {", "on: { workflow_run: { workflows: [release] },"] },
      "gates.contract-run-conclusion",
      /job test: expected `if: github\.event\.workflow_run\.conclusion/,
    ],
    [
      "offers no input for the target",
      { release: [/ +target: .*\n/, ""] },
      "gates.contract-inputs",
      /expected the inputs target of a dispatch, found rehearsal/,
    ],
    [
      "F17 BLD-14: publishes before the alignment",
      { release: ["needs: [prepare, align]", "needs: [prepare, build]"] },
      "gates.contract-needs",
      /job publish: expected to wait for align, found/,
    ],
    [
      "F17: has lost the job that others wait for",
      { release: [/ {2}publish:\n/, "  upload:\n"], gate: { accepted: [accept("last")] } },
      "gates.contract-needs",
      /expected a job publish, found none/,
    ],
    [
      "builds beside the gates",
      { release: ["    needs: prepare\n    if: needs.prepare.outputs.ready == 'true'\n", ""] },
      "gates.contract-gated",
      /job build: expected to wait for prepare/,
    ],
    [
      "builds although the gates said no",
      { release: ["if: needs.prepare.outputs.ready == 'true'", "if: always()"] },
      "gates.contract-gated",
      /expected `needs\.prepare\.outputs\.ready == 'true'` \(or `gated`\) to decide, .* found `always\(\)`/,
    ],
    ...["", ...openConditions].map((condition): [string, Change, string, RegExp] => [
      `publishes where nothing is to be released, under "${condition}"`,
      publishing(condition),
      "gates.contract-gated",
      /job publish: expected `needs\.prepare\.outputs\.ready == 'true'`/,
    ]),
    [
      "publishes behind a job that runs whatever was said",
      { release: [/( {2}align:\n {4}needs: build\n)/, "$1    if: always()\n"] },
      "gates.contract-gated",
      /job align: expected .* found `always\(\)`; .*job publish: expected .* found no condition/,
    ],
    [
      "concludes before everything has ended",
      { release: ["needs: [prepare, build, align, publish]", "needs: [prepare, build, publish]"] },
      "gates.contract-last",
      /expected to need align as well/,
    ],
    ["concludes successes alone", { release: ["    if: always()\n", ""] }, "gates.contract-last", /if: always\(\)/],
    [
      "F12: builds the commit that started the run",
      { release: [/ {8}with: \{ ref.*\n/, ""] },
      "gates.contract-checkout",
      /job build: .* found the run's own commit/,
    ],
    [
      "F12: names its own repository, and builds the commit that started the run",
      {
        release: [
          /actions\/checkout(@.*\n {8}with: )\{ ref.*\n/,
          "Actions/Checkout$1{ repository: '${{ github.repository }}' }\n",
        ],
      },
      "gates.contract-checkout",
      /job build: .* found the run's own commit/,
    ],
    [
      "does not hand the rehearsal on",
      { release: [/(conclude-release\.yml.*\n) {4}with: .*\n/, "$1"] },
      "gates.contract-rehearsal",
      /job conclude/,
    ],
    [
      "has no switch for the rehearsal",
      { release: [/ +rehearsal: \{ type.*\n/, ""] },
      "gates.contract-rehearsal",
      /input `rehearsal` of workflow_dispatch/,
    ],
    ["starts a script that is not there", { pack: "" }, "gates.contract-files", /expected scripts\/pack\.sh/],
    [
      "calls a workflow that is not there",
      { ci: ["jobs:\n", "jobs:\n  more: { uses: ./.github/workflows/more.yml }\n"] },
      "gates.contract-files",
      /job more: expected \.github\/workflows\/more\.yml/,
    ],
    [
      "F21: uses a program that nobody installs, in a script",
      { pack: "#!/bin/sh\nrg TODO && exit 1\n" },
      "gates.contract-tools",
      /job build: expected a step before it that installs rg/,
    ],
    [
      "F21: installs a program after it was used",
      { ci: ["      - run: npm test", "      - run: just test\n      - run: cargo install just"] },
      "gates.contract-tools",
      /job test: .* installs just/,
    ],
    [
      "GAT-14: tests other branches than the gated one",
      { ci: ["[main, ", "[dev, "] },
      "gates.ci-not-triggered",
      /ci\.yml: expected test \(20\) to run on every push to main/,
    ],
    [
      "GAT-14: tests pull requests only",
      { ci: [/^on: .*$/m, "on: pull_request"] },
      "gates.ci-not-triggered",
      /found triggers pull_request/,
    ],
    [
      "GAT-14: tests some paths only",
      { ci: ["push: {", "push: { paths: [src/**],"] },
      "gates.ci-not-triggered",
      /every push/,
    ],
  ])("fail when one %s", async (_what, change, code, because) => {
    const judged = await judge(change);
    expect(judged.because).toMatch(because);
    expect(judged.code).toBe(code);
  });

  it.each<[what: string, change: Change]>([
    [
      "installs what it uses",
      { ci: ["      - run: npm test", "      - run: apt-get install ripgrep\n      - run: rg x"] },
    ],
    [
      "sets up what it uses",
      { ci: ["      - run: npm test", `      - uses: a/setup-uv@${commit}\n      - run: uv sync`] },
    ],
    [
      "fetches the script that it starts",
      { pack: "", release: ["scripts/pack.sh", "curl -o pack.sh x && sh pack.sh"] },
    ],
    [
      "files blockers whatever became of the release",
      {
        release: [
          /( {2}conclude:\n {4}needs: \[)/,
          `  blockers: { needs: prepare, if: always(), uses: ${suite}/file-blockers.yml@${commit} }\n$1blockers, `,
        ],
      },
    ],
    ...closedConditions.map((condition): [string, Change] => [`publishes under "${condition}"`, publishing(condition)]),
    ["runs on the gated branch by a pattern", { gate: { branches: ["release/1.x"] } }],
    ["names a secret in a text", { ci: ["    runs-on", "    if: github.actor != 'secrets.x'\n    runs-on"] }],
    ["is excused with a reason", { ci: [checkout, "actions/checkout@v6"], gate: { accepted: [accept("pins")] } }],
  ])("pass when one %s", async (_what, change) => {
    expect((await judge(change)).because).toMatch(/^2 workflows are as a release needs them/);
  });

  it("are excused at their place only", async () => {
    const elsewhere = { ...accept("pins"), at: "release.yml" };
    const change: Change = { ci: [checkout, "actions/checkout@v6"], gate: { accepted: [elsewhere] } };
    expect((await judge(change)).code).toBe("gates.contract-pins");
  });

  it.each<[what: string, more: Record<string, string>]>([
    ["is not YAML", { ".github/workflows/odd.yml": "on: [" }],
    ["has no jobs", { ".github/workflows/odd.yaml": "on: push\n" }],
  ])("prove nothing when one %s", async (_what, more) => {
    const { code, report } = await judge({ more });
    expect(code).toBe("gates.contract-unreadable");
    expect(conclude(report.checks).result).toBe("inconclusive");
  });

  it("ALL-24: are told one by one in the summary, as text", async () => {
    const { report } = await judge({ ci: [checkout, "evil/<b>@v1"] });
    expect(report.summary).toContain("| Item | Where | Found |");
    expect(report.summary).not.toContain("<b>");
  });
});

/** A job that publishes and waits for the gates alone, with a condition or without one. */
function publishing(condition: string): Change {
  const line = condition === "" ? "" : `    if: ${condition}\n`;
  const publish = `  publish:\n    needs: [prepare]\n${line}`;
  return { release: [/ {2}publish:\n.*\n/, publish], gate: { workflows: [] } };
}

function accept(item: string) {
  return { item, at: ".yml", reason: "this test is about something else" };
}
