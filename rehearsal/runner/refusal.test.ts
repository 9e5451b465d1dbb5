import { describe, expect, it } from "vitest";
import { runBench } from "./testing.ts";

const job = (lines: string) => `on: push\njobs:\n  one:\n    runs-on: ubuntu-latest\n${lines}\n`;
const steps = (lines: string) => job(`    steps:\n${lines}`);

describe("what is not emulated is refused by name, file and line before anything starts", () => {
  it.each([
    [
      "services",
      job("    services: { db: { image: x } }\n    steps: [{ run: a }]"),
      ".github/workflows/w.yml (Line: 5): 'services' is not emulated by this runner (job 'one')",
    ],
    [
      "container",
      job("    container: x\n    steps: [{ run: a }]"),
      ".github/workflows/w.yml (Line: 5): 'container' is not emulated by this runner (job 'one')",
    ],
    [
      "an unknown key",
      job("    speed: 3\n    steps: [{ run: a }]"),
      ".github/workflows/w.yml (Line: 5): Unexpected value 'speed'",
    ],
    [
      "an unknown function",
      job("    if: sometimes()\n    steps: [{ run: a }]"),
      ".github/workflows/w.yml (Line: 5): Unrecognized function: 'sometimes'",
    ],
    [
      "an unknown need",
      job("    needs: [two]\n    steps: [{ run: a }]"),
      "(Line: 3): The workflow must contain at least one job with no dependencies.",
    ],
    [
      "a background step",
      steps("      - run: a\n        background: true"),
      ".github/workflows/w.yml (Line: 7): Unexpected value 'background'",
    ],
    [
      "a docker action",
      steps("      - uses: docker://alpine:3"),
      ".github/workflows/w.yml (Line: 6): 'docker://alpine:3': docker actions are not emulated",
    ],
    [
      "an unknown third-party action",
      steps("      - uses: some/action@v1"),
      ".github/workflows/w.yml (Line: 6): the action 'some/action@v1' is not known to this runner",
    ],
    [
      "an unknown input of a stand-in",
      steps("      - uses: actions/checkout@v6\n        with:\n          lfs: true"),
      ".github/workflows/w.yml (Line: 8): 'lfs' is not emulated by the stand-in for actions/checkout@v6",
    ],
    [
      "a shell",
      steps("      - run: a\n        shell: pwsh"),
      ".github/workflows/w.yml (Line: 7): the shell 'pwsh' is not emulated by this runner",
    ],
    [
      "another system",
      job("    steps: [{ run: a }]").replace("ubuntu-latest", "windows-latest"),
      ".github/workflows/w.yml (Line: 4): 'runs-on: windows-latest' is not emulated by this runner",
    ],
    [
      "another system in a matrix",
      job("    strategy: { matrix: { os: [ubuntu-latest, macos-14] } }\n    steps: [{ run: a }]").replace(
        "runs-on: ubuntu-latest",
        "runs-on: ${{ matrix.os }}",
      ),
      "'runs-on: macos-14' is not emulated",
    ],
    [
      "an action that is not there",
      steps("      - uses: $/actions/none"),
      "actions/none (Line: 1): no action.yml or action.yaml stands there",
    ],
    [
      "a path filter",
      "on: { push: { paths: ['src/**'] } }\njobs:\n  one: { runs-on: ubuntu-latest, steps: [{ run: a }] }",
      "(Line: 1): the filter 'paths' of the event 'push' is not emulated",
    ],
    ["a broken file", "on: push\njobs: [\n", ".github/workflows/w.yml (Line: 3):"],
  ])("%s", async (_what, workflow, message) => {
    const { result, events } = await runBench(workflow);
    expect(result.startupFailure).toContain(message);
    expect(result).toMatchObject({ conclusion: "failure", jobs: [] });
    expect(events.map(({ type }) => type)).toEqual(["run-finished"]);
  });

  it("everything is named at once, through called workflows and composite actions", async () => {
    const { result } = await runBench({
      ".github/workflows/w.yml": `on: push\njobs:\n  one:\n    uses: ./.github/workflows/below.yml\n  two:\n    runs-on: ubuntu-latest\n    steps:\n      - uses: $/outer\n`,
      ".github/workflows/below.yml":
        "on: workflow_call\njobs:\n  x:\n    runs-on: macos-latest\n    steps:\n      - uses: $/old\n",
      "outer/action.yml": "name: o\ndescription: d\nruns:\n  using: composite\n  steps:\n    - uses: nobody/knows@v1\n",
      "old/action.yml": "name: o\ndescription: d\nruns:\n  using: node16\n  main: x.js\n",
    });
    expect(result.startupFailure?.split("\n")).toEqual([
      ".github/workflows/below.yml (Line: 4): 'runs-on: macos-latest' is not emulated by this runner; this host stands for ubuntu-latest, ubuntu-24.04, ubuntu-22.04, ubuntu-slim",
      "old/action.yml (Line: 4): runs.using: node16 is not emulated",
      "outer/action.yml (Line: 6): the action 'nobody/knows@v1' is not known to this runner: GitHub would run it, this rehearsal cannot; it stands in for actions/checkout, actions/setup-node, actions/setup-python, pypa/gh-action-pypi-publish, actions/upload-artifact, actions/download-artifact",
    ]);
  });

  it("a label that only the run can know fails its leg, and a label on the list is accepted", async () => {
    const workflow = `
on: push
jobs:
  plan: { runs-on: ubuntu-latest, outputs: { os: "\${{ steps.p.outputs.os }}" }, steps: [{ id: p, run: 'echo os=windows-11 >> "$GITHUB_OUTPUT"' }] }
  late: { needs: plan, runs-on: "\${{ needs.plan.outputs.os }}", steps: [{ run: "true" }] }
`;
    const refused = await runBench(workflow);
    const accepted = await runBench(workflow, { request: { runnerLabels: ["ubuntu-latest", "windows-11"] } });
    expect(refused.result.jobs.at(-1)?.annotations[0]?.message).toContain("'runs-on: windows-11' is not emulated");
    expect(refused.result.conclusion).toBe("failure");
    expect(accepted.result.conclusion).toBe("success");
  });

  it("the directory of an action that is known but has another node than 24 is refused by its line", async () => {
    const { result } = await runBench(steps("      - uses: some/action/sub@v1"), {
      repositories: {
        "some/action": { "sub/action.yml": "name: a\ndescription: d\nruns: { using: docker, image: x }\n" },
      },
    });
    expect(result.startupFailure).toBe("some/action/sub@v1/action.yml (Line: 3): runs.using: docker is not emulated");
  });
});

describe("a push", () => {
  it.each([
    ["branches: [main, 'release/**']", "refs/heads/release/1/x", true],
    ["branches: [main, '!main']", "refs/heads/main", false],
    ["branches-ignore: [main]", "refs/heads/main", false],
    ["tags: ['v*']", "refs/tags/v1.0.0", true],
    ["tags: ['v*']", "refs/heads/main", false],
  ])("filtered by %s to %s starts the workflow: %s", async (filter, ref, starts) => {
    const workflow = `on: { push: { ${filter} } }\njobs:\n  one: { runs-on: ubuntu-latest, steps: [{ run: "true" }] }\n`;
    const { result } = await runBench(workflow, { request: { ref } });
    expect(result.conclusion === "success").toBe(starts);
    expect(result.startupFailure === undefined).toBe(starts);
  });
});
