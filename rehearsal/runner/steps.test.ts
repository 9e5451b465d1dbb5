import { existsSync, readFileSync } from "node:fs";
import { afterEach, describe, expect, it, vi } from "vitest";
import { jobNamed, oneJob, runBench, stepConclusions } from "./testing.ts";

afterEach(() => vi.unstubAllEnvs());

describe("a step", () => {
  it("runs after a failure only when its condition says so", async () => {
    const run = await runBench(
      oneJob(`
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
      oneJob(`
      - { id: soft, name: soft, continue-on-error: true, run: exit 1 }
      - { name: next, run: 'test "\${{ steps.soft.outcome }}-\${{ steps.soft.conclusion }}" = failure-success' }
`),
    );
    expect(stepConclusions(jobNamed(run, "one"))).toEqual(["soft: failure/success", "next: success/success"]);
    expect(run.result.conclusion).toBe("success");
  });

  it("without a shell is not stopped by a failing pipe; shell bash is", async () => {
    const run = await runBench(
      oneJob(`
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
      - { run: 'echo "$(basename $PWD) $(cat /proc/$$/comm)"' }
      - { working-directory: own, shell: bash, run: 'echo "$(basename $PWD) $(cat /proc/$$/comm)"' }
`);
    expect(run.log).toMatch(/^near sh$/m);
    expect(run.log).toMatch(/^own bash$/m);
    expect(run.result.conclusion).toBe("success");
  });

  it("that passes its time limit fails, and what it wrote before counts", async () => {
    const run = await runBench(
      oneJob(`
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

  it("cannot hand NODE_OPTIONS on, and fails when it tries", async () => {
    const run = await runBench(
      oneJob(`
      - { name: sets, run: 'echo "NODE_OPTIONS=--no-deprecation" >> "$GITHUB_ENV"' }
      - { if: always(), run: 'echo "<$NODE_OPTIONS>"' }
`),
    );
    expect(jobNamed(run, "one").steps[0]).toMatchObject({ name: "sets", conclusion: "failure" });
    expect(run.log).toMatch(/^<>$/m);
  });

  it("that writes a broken output file fails", async () => {
    const run = await runBench(oneJob(`      - { name: broken, run: 'echo words >> "$GITHUB_OUTPUT"' }`));
    const [step] = jobNamed(run, "one").steps;
    expect(step?.conclusion).toBe("failure");
    expect(step?.annotations[0]?.message).toContain("Invalid format 'words'");
  });

  it("sees the minimum of its host, and what the request gives", async () => {
    vi.stubEnv("npm_config_userconfig", "/nowhere");
    vi.stubEnv("NODE_EXTRA_CA_CERTS", "/nowhere");
    const run = await runBench(oneJob(`      - run: env | sort`), { request: { env: { GIVEN: "yes" } } });
    expect(run.log).not.toMatch(/npm_config|NODE_EXTRA_CA|GITHUB_TOKEN|ACTIONS_RUNTIME/i);
    for (const line of ["CI=true", "GITHUB_ACTIONS=true", "GIT_TERMINAL_PROMPT=0", "GIVEN=yes", "RUNNER_OS=Linux"]) {
      expect(run.log).toContain(line);
    }
  });

  it("a background process lives until its job ends, and no longer", async () => {
    const run = await runBench(
      oneJob(
        `
      - run: (sleep 300 & echo "pid=$!" >> "$GITHUB_OUTPUT")
        id: start
      - run: kill -0 \${{ steps.start.outputs.pid }}
`,
        "    outputs: { pid: '${{ steps.start.outputs.pid }}' }",
      ),
    );
    const pid = Number(jobNamed(run, "one").outputs.pid);
    expect(run.result.conclusion).toBe("success");
    await expect.poll(() => isAlive(pid)).toBe(false);
  });

  it("with a summary above one mebibyte keeps its conclusion and loses the summary", async () => {
    const run = await runBench(oneJob(`      - run: head -c 1048577 /dev/zero | tr '\\0' x >> "$GITHUB_STEP_SUMMARY"`));
    const [step] = jobNamed(run, "one").steps;
    expect(step).toMatchObject({ conclusion: "success", annotations: [{ level: "error" }] });
    expect(step?.summary).toBeUndefined();
  });

  it("in a directory that is not there fails and names it", async () => {
    const run = await runBench(oneJob(`      - { working-directory: nowhere, run: "true" }`));
    expect(jobNamed(run, "one").steps[0]?.annotations[0]?.message).toMatch(/the directory '.*nowhere' does not exist/);
  });

  it("that a signal ends fails with the code of that signal", async () => {
    const run = await runBench(oneJob(`      - run: kill -9 $$`));
    expect(jobNamed(run, "one").steps[0]?.annotations[0]?.message).toBe("Process completed with exit code 137.");
  });

  it("hashes files of its workspace, and nothing when there are none", async () => {
    const run = await runBench(
      oneJob(`
      - run: mkdir d && echo a > d/a && echo b > d/b
      - run: 'echo "<\${{ hashFiles(''d/*'', ''!d/b'') }}> <\${{ hashFiles(''none'') }}>"'
`),
    );
    expect(run.log).toContain("<225f1bbbc4b1a3d97c622a492d91ea8d6858d7e1164bbbb5953f74311d6d222e> <>");
  });

  it("whose expression cannot be evaluated fails with the reason", async () => {
    const run = await runBench(oneJob(`      - run: echo "\${{ fromJSON('') }}"`));
    expect(jobNamed(run, "one").steps[0]?.annotations[0]?.message).toMatch(/empty input/);
    expect(run.result.conclusion).toBe("failure");
  });
});

/** A process that ended but was not waited for is not alive. */
function isAlive(pid: number): boolean {
  const stat = existsSync(`/proc/${pid}/stat`) ? readFileSync(`/proc/${pid}/stat`, "utf8") : "";
  return stat !== "" && stat.split(") ").at(-1)?.startsWith("Z") === false;
}
