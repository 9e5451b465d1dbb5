import { describe, expect, it } from "vitest";
import { conclusions, jobNamed, runBench } from "./testing.ts";

const steps = (run: string) => `runs-on: ubuntu-latest, steps: [{ run: "${run}" }]`;

describe("jobs that need each other", () => {
  it("a failure skips dependents, runs failure() and always(), and hides nothing", async () => {
    const run = await runBench(`
on: push
jobs:
  breaks: { ${steps("exit 1")} }
  after: { needs: breaks, ${steps("true")} }
  later: { needs: after, ${steps("true")} }
  on-failure: { needs: [after], if: failure(), ${steps("true")} }
  closing: { needs: [breaks, later], if: always(), runs-on: ubuntu-latest, outputs: { seen: "\${{ steps.s.outputs.seen }}" }, steps: [{ id: s, run: 'echo "seen=$N" >> "$GITHUB_OUTPUT"', env: { N: "\${{ needs.breaks.result }} \${{ needs.later.result }}" } }] }
  independent: { ${steps("true")} }
`);
    expect(conclusions(run)).toEqual({
      breaks: "failure",
      after: "skipped",
      later: "skipped",
      "on-failure": "success",
      closing: "success",
      independent: "success",
    });
    expect(jobNamed(run, "closing").outputs).toEqual({ seen: "failure skipped" });
    expect(run.result.conclusion).toBe("failure");
  });

  it("a skipped job anywhere before it skips a job without an own status function", async () => {
    const run = await runBench(`
on: push
jobs:
  optional: { if: false, ${steps("true")} }
  joins: { needs: optional, if: always(), ${steps("true")} }
  last: { needs: joins, ${steps("true")} }
  insists: { needs: joins, if: "!failure() && !cancelled()", ${steps("true")} }
`);
    expect(conclusions(run)).toEqual({ optional: "skipped", joins: "success", last: "skipped", insists: "success" });
    expect(run.result.conclusion).toBe("success");
  });

  it("a job that fails under continue-on-error counts as success for its dependents and its run", async () => {
    const run = await runBench(`
on: push
jobs:
  soft: { continue-on-error: true, ${steps("exit 1")} }
  after: { needs: soft, ${steps("test ${{ needs.soft.result }} = success")} }
`);
    expect(conclusions(run)).toEqual({ soft: "failure", after: "success" });
    expect(run.result.conclusion).toBe("success");
  });

  it("a job keeps the outputs of a step before its failure", async () => {
    const run = await runBench(`
on: push
jobs:
  one:
    runs-on: ubuntu-latest
    outputs: { verdict: "\${{ steps.v.outputs.verdict }}" }
    steps:
      - { id: v, run: 'echo verdict=fail >> "$GITHUB_OUTPUT"; exit 1' }
`);
    expect(jobNamed(run, "one").outputs).toEqual({ verdict: "fail" });
  });

  it("a time limit cancels the job, and its always() steps run", async () => {
    const run = await runBench(`
on: push
jobs:
  slow:
    runs-on: ubuntu-latest
    timeout-minutes: 1
    steps:
      - run: sleep 60
      - { if: always(), run: echo closing }
`);
    expect(jobNamed(run, "slow").conclusion).toBe("cancelled");
    expect(jobNamed(run, "slow").annotations[0]?.message).toContain("exceeded the maximum execution time of 1 minutes");
    expect(run.log).toMatch(/^closing$/m);
  });
});

describe("a matrix of jobs", () => {
  it("TAG fan-out: comes from fromJSON, names its legs, and merges its outputs by name", async () => {
    const run = await runBench(`
on: push
jobs:
  plan:
    runs-on: ubuntu-latest
    outputs: { legs: "\${{ steps.p.outputs.legs }}" }
    steps: [{ id: p, run: 'echo ''legs={"gate":["unit","lint"]}'' >> "$GITHUB_OUTPUT"' }]
  gate:
    needs: plan
    strategy: { fail-fast: false, matrix: "\${{ fromJSON(needs.plan.outputs.legs) }}" }
    runs-on: ubuntu-latest
    outputs: { unit: "\${{ steps.g.outputs.unit }}", lint: "\${{ steps.g.outputs.lint }}" }
    steps: [{ id: g, run: 'echo "\${{ matrix.gate }}=\${{ strategy.job-index }}/\${{ strategy.job-total }}" >> "$GITHUB_OUTPUT"' }]
  collect:
    needs: gate
    runs-on: ubuntu-latest
    steps: [{ run: 'test "\${{ needs.gate.outputs.unit }} \${{ needs.gate.outputs.lint }}" = "0/2 1/2"' }]
`);
    expect(conclusions(run)).toEqual({
      plan: "success",
      "gate (unit)": "success",
      "gate (lint)": "success",
      collect: "success",
    });
  });

  it("fail-fast cancels the other legs; without it they go on", async () => {
    const matrix = (fast: boolean) => `
on: push
jobs:
  leg:
    strategy: { fail-fast: ${fast}, matrix: { n: [1, 2, 3] } }
    runs-on: ubuntu-latest
    steps: [{ run: 'if [ \${{ matrix.n }} = 1 ]; then sleep 0.3; exit 1; fi; sleep \${{ matrix.n == 2 && ${fast} && 30 || 0.5 }}' }]
`;
    const [fast, slow] = await Promise.all([runBench(matrix(true)), runBench(matrix(false))]);
    expect(conclusions(fast)).toEqual({ "leg (1)": "failure", "leg (2)": "cancelled", "leg (3)": "cancelled" });
    expect(fast.result.conclusion).toBe("failure");
    expect(conclusions(slow)).toEqual({ "leg (1)": "failure", "leg (2)": "success", "leg (3)": "success" });
  });

  it("max-parallel holds legs back", async () => {
    const run = await runBench(`
on: push
jobs:
  leg:
    strategy: { max-parallel: 1, matrix: { n: [1, 2, 3] } }
    runs-on: ubuntu-latest
    steps: [{ run: sleep 0.1 }]
`);
    const order = run.events.flatMap((event) =>
      event.type === "job-started" || event.type === "job-finished" ? [event.type] : [],
    );
    expect(order).toEqual(Array.from({ length: 3 }, () => ["job-started", "job-finished"]).flat());
  });

  it("that is empty fails its job", async () => {
    const run = await runBench(`
on: push
jobs:
  leg:
    strategy: { matrix: { n: "\${{ fromJSON('[]') }}" } }
    runs-on: ubuntu-latest
    steps: [{ run: "true" }]
`);
    expect(jobNamed(run, "leg").annotations[0]?.message).toBe("Matrix vector does not contain any values");
    expect(run.result.conclusion).toBe("failure");
  });
});

describe("an environment with reviewers", () => {
  const gated = `
on: push
jobs:
  gate:
    runs-on: ubuntu-latest
    environment: { name: "\${{ github.ref_name }}-gate", url: "https://example.test/\${{ github.run_id }}" }
    steps: [{ run: echo approved }]
`;
  it("waits for its approval", async () => {
    const run = await runBench(gated, {
      services: { environmentProtection: async () => ({ reviewers: ["captain"] }) },
    });
    const seen = run.events.filter((event) => event.type.startsWith("job-"));
    expect(seen).toMatchObject([
      { type: "job-waiting", because: "environment", name: "main-gate" },
      { type: "job-started", environment: "main-gate" },
      { type: "job-finished", conclusion: "success", environmentUrl: "https://example.test/7" },
    ]);
  });

  it("fails its job when it is rejected, without starting it", async () => {
    const run = await runBench(gated, {
      services: { environmentProtection: async () => ({ reviewers: ["captain"] }), review: async () => "rejected" },
    });
    expect(conclusions(run)).toEqual({ gate: "failure" });
    expect(run.log).toBe("");
  });
});
