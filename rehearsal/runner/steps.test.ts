import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { folderWith, jobNamed, runBench, stepConclusions } from "./testing.ts";

const job = (steps: string, more = "") => `
on: push
jobs:
  one:
    runs-on: ubuntu-latest
${more}
    steps:
${steps}
`;

describe("a step", () => {
  it("runs after a failure only when its condition says so", async () => {
    const run = await runBench(
      job(`
      - { name: breaks, run: exit 1 }
      - { name: next, run: "true" }
      - { name: on failure, if: failure(), run: "true" }
      - { name: always, if: always(), run: 'test "\${{ job.status }}" = failure' }
      - { name: on cancel, if: cancelled(), run: "true" }
`),
    );
    expect(stepConclusions(jobNamed(run, "one"))).toEqual([
      "breaks: failure/failure",
      "next: skipped/skipped",
      "on failure: success/success",
      "always: success/success",
      "on cancel: skipped/skipped",
    ]);
  });

  it("that fails under continue-on-error has a failed outcome, a good conclusion, and stops nothing", async () => {
    const run = await runBench(
      job(`
      - { id: soft, name: soft, continue-on-error: true, run: exit 1 }
      - { name: next, run: 'test "\${{ steps.soft.outcome }}-\${{ steps.soft.conclusion }}" = failure-success' }
`),
    );
    expect(stepConclusions(jobNamed(run, "one"))).toEqual(["soft: failure/success", "next: success/success"]);
    expect(run.result.conclusion).toBe("success");
  });

  it("without a shell is not stopped by a failing pipe; shell bash is", async () => {
    const run = await runBench(
      job(`
      - { name: unnamed, run: "false | true; echo $-" }
      - { name: bash, if: always(), shell: bash, run: "false | true" }
      - { name: sh, if: always(), shell: sh, run: 'false; true' }
      - { name: node, if: always(), shell: "node {0}", run: "console.log('by node ' + process.versions.node.split('.')[0])" }
`),
    );
    expect(stepConclusions(jobNamed(run, "one"))).toEqual([
      "unnamed: success/success",
      "bash: failure/failure",
      "sh: failure/failure",
      "node: success/success",
    ]);
    expect(run.log).toContain("by node 24");
  });

  it("takes its directory and shell from defaults, the nearest first", async () => {
    const run = await runBench(`
on: push
defaults: { run: { shell: sh, working-directory: far } }
jobs:
  one:
    runs-on: ubuntu-latest
    defaults: { run: { working-directory: near } }
    steps:
      - { name: make, working-directory: ., run: mkdir near far own }
      - { run: 'echo "$(basename $PWD) \${BASH_VERSION:-plain}"' }
      - { working-directory: own, shell: bash, run: 'echo "$(basename $PWD) \${BASH_VERSION:+bash}"' }
`);
    expect(run.log).toMatch(/near (plain|\d)/);
    expect(run.log).toContain("own bash");
    expect(run.result.conclusion).toBe("success");
  });

  it("that passes its time limit fails, and what it wrote before counts", async () => {
    const run = await runBench(
      job(`
      - id: slow
        name: slow
        timeout-minutes: 1
        run: |
          echo early=yes >> "$GITHUB_OUTPUT"
          echo "# early" >> "$GITHUB_STEP_SUMMARY"
          trap '' INT TERM
          while true; do sleep 0.05; done
      - { if: always(), run: 'test "\${{ steps.slow.outputs.early }}" = yes' }
`),
    );
    const { steps } = jobNamed(run, "one");
    expect(stepConclusions(jobNamed(run, "one")).map((line) => line.split(": ")[1])).toEqual([
      "failure/failure",
      "success/success",
    ]);
    expect(steps[0]?.summary).toBe("# early\n");
    expect(steps[0]?.annotations.at(-1)?.message).toBe("The action 'slow' has timed out after 1 minutes.");
  });

  it("that writes a broken output file fails", async () => {
    const run = await runBench(job(`      - { name: broken, run: 'echo words >> "$GITHUB_OUTPUT"' }`));
    const [step] = jobNamed(run, "one").steps;
    expect(step?.conclusion).toBe("failure");
    expect(step?.annotations[0]?.message).toContain("Invalid format 'words'");
  });

  it("sees the minimum of its host, and what the request gives", async () => {
    process.env["npm_config_userconfig"] = "/nowhere";
    process.env["NODE_EXTRA_CA_CERTS"] = "/nowhere";
    const run = await runBench(job(`      - run: env | sort`), { request: { env: { GIVEN: "yes" } } });
    expect(run.log).not.toMatch(/npm_config|NODE_EXTRA_CA|GITHUB_TOKEN|ACTIONS_RUNTIME/i);
    for (const line of ["CI=true", "GITHUB_ACTIONS=true", "GIT_TERMINAL_PROMPT=0", "GIVEN=yes", "RUNNER_OS=Linux"]) {
      expect(run.log).toContain(line);
    }
  });

  it("a background process lives until its job ends, and no longer", async () => {
    const run = await runBench(
      job(
        `
      - run: (sleep 300 & echo "pid=$!" >> "$GITHUB_OUTPUT")
        id: start
      - run: kill -0 \${{ steps.start.outputs.pid }}
`,
        "    outputs: { pid: '${{ steps.start.outputs.pid }}' }",
      ),
    );
    const pid = Number(jobNamed(run, "one").outputs["pid"]);
    expect(run.result.conclusion).toBe("success");
    await expect.poll(() => isAlive(pid)).toBe(false);
  });

  it("whose expression cannot be evaluated fails with the reason", async () => {
    const run = await runBench(job(`      - run: echo "\${{ fromJSON('') }}"`));
    expect(jobNamed(run, "one").steps[0]?.annotations[0]?.message).toMatch(/empty input/);
    expect(run.result.conclusion).toBe("failure");
  });
});

/** A process that ended but was not waited for is not alive. */
function isAlive(pid: number): boolean {
  const stat = existsSync(`/proc/${pid}/stat`) ? readFileSync(`/proc/${pid}/stat`, "utf8") : "";
  return stat !== "" && stat.split(") ").at(-1)?.startsWith("Z") === false;
}

describe("a secret", () => {
  it("is masked in log, annotations and summary, and an output that holds it is dropped", async () => {
    const run = await runBench(
      job(
        `
      - id: leak
        run: |
          echo "plain $S"; echo "encoded $(printf %s "$S" | base64)"
          echo "::error::oh $S"
          echo "sum $S" >> "$GITHUB_STEP_SUMMARY"
          echo "::add-mask::later-secret"
          echo "late later-secret"
          echo "leaked=my $S" >> "$GITHUB_OUTPUT"
          echo "late=later-secret" >> "$GITHUB_OUTPUT"
          echo "fine=fine" >> "$GITHUB_OUTPUT"
        env: { S: "\${{ secrets.DEEP }}" }
      - run: echo "\${{ github.token }} \${{ secrets.GITHUB_TOKEN }}"
`,
        "    outputs: { leaked: '${{ steps.leak.outputs.leaked }}', late: '${{ steps.leak.outputs.late }}', fine: '${{ steps.leak.outputs.fine }}' }",
      ),
      { request: { secrets: { DEEP: "sunken-treasure" } } },
    );
    const one = jobNamed(run, "one");
    expect(JSON.stringify(run.events)).not.toMatch(/sunken-treasure|later-secret|ghs_token/);
    expect(JSON.stringify(run.result)).not.toMatch(/sunken-treasure|later-secret|ghs_token/);
    expect(one.outputs).toEqual({ fine: "fine" });
    expect(one.annotations.map(({ message }) => message)).toContain(
      "Skip output 'leaked' since it may contain secret.",
    );
    expect(one.steps[0]?.summary).toBe("sum ***\n");
    expect(run.log).toContain("plain ***");
  });
});

describe("a composite action", () => {
  const files = (steps: string, more = "") => ({
    ".github/workflows/w.yml": job(`
      - { id: c, name: outer, uses: $/act, with: { who: moon } }
      - { if: always(), run: 'echo "got \${{ steps.c.outputs.greeting }}"' }
`),
    "act/action.yml": `
name: greet
description: Greets.
inputs: { who: { description: whom, default: world }, punctuation: { description: end, default: "!" } }
outputs: { greeting: { description: said, value: "\${{ steps.say.outputs.text }}" } }
runs:
  using: composite
  steps:
${steps}
${more}`,
    "node/action.yml": "name: n\ndescription: d\nruns: { using: node24, main: main.cjs, post: post.cjs }\n",
    "node/main.cjs": `console.log("inner node at " + process.env.GITHUB_ACTION_REPOSITORY)`,
    "node/post.cjs": `console.log("inner post")`,
  });

  it("has its own inputs, steps and outputs, and its inner actions clean up after the job", async () => {
    const run = await runBench(
      files(`
    - id: say
      shell: bash
      run: echo "text=hello \${{ inputs.who }}\${{ inputs.punctuation }} $(basename "$GITHUB_ACTION_PATH")" >> "$GITHUB_OUTPUT"
    - uses: $/node
`),
    );
    expect(run.log).toContain("got hello moon! act");
    expect(run.log).toMatch(/inner node at ships\/harbour[\s\S]*got hello[\s\S]*inner post/);
    expect(
      jobNamed(run, "one")
        .steps.map(({ name }) => name)
        .at(-1),
    ).toBe("Post Run $/node");
  });

  it("fails with its inner step, goes on inside where a condition says so, and keeps its outputs", async () => {
    const run = await runBench(
      files(`
    - { id: say, shell: bash, run: 'echo "text=partial" >> "$GITHUB_OUTPUT"; exit 4' }
    - { shell: bash, run: echo not-this }
    - { if: failure(), shell: bash, run: echo cleaned-up }
`),
    );
    expect(run.log).toContain("cleaned-up");
    expect(run.log).not.toMatch(/^not-this$/m);
    expect(run.log).toContain("got partial");
    expect(jobNamed(run, "one").steps[0]?.conclusion).toBe("failure");
  });
});

describe("a node action", () => {
  it("that crashes fails its step with its exit code, and its post phase still runs", async () => {
    const run = await runBench(
      {
        ".github/workflows/w.yml": job(`      - { name: crash, uses: ./local, with: { unknown: 1 } }`).replace(
          "steps:",
          `steps:
      - run: mkdir local && cp -r "$SOURCE"/local/. local/
        env: { SOURCE: "\${{ vars.SOURCE }}" }`,
        ),
        seed: "",
      },
      { request: { vars: { SOURCE: await localAction() } } },
    );
    const one = jobNamed(run, "one");
    expect(stepConclusions(one).slice(1)).toEqual(["crash: failure/failure", "Post crash: success/success"]);
    expect(one.steps[1]?.annotations.map(({ message }) => message)).toEqual([
      "Unexpected input(s) 'unknown', valid inputs are []",
      "Process completed with exit code 7.",
    ]);
    expect(run.result.conclusion).toBe("failure");
  });
});

async function localAction(): Promise<string> {
  return folderWith({
    "local/action.yml":
      "name: l\ndescription: d\nruns: { using: node24, pre: no-such.cjs, main: main.cjs, post: post.cjs }\n",
    "local/main.cjs": "process.exit(7)",
    "local/post.cjs": "",
  });
}
