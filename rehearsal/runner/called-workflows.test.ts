import { describe, expect, it } from "vitest";
import { conclusions, jobNamed, runBench } from "./testing.ts";

const suite = {
  ".github/workflows/gates.yml": `
name: gates
on:
  workflow_call:
    inputs:
      strict: { type: boolean, default: true }
      count: { type: number, required: true }
      legs: { type: string, default: '["a"]' }
    secrets: { key: { required: false } }
    outputs:
      verdict: { value: "\${{ jobs.judge.outputs.verdict }}" }
      how: { value: "\${{ jobs.judge.result }}" }
permissions: {}
env: { OWN: suite }
jobs:
  judge:
    permissions: { contents: read }
    runs-on: ubuntu-latest
    outputs: { verdict: "\${{ steps.v.outputs.verdict }}" }
    steps:
      - { id: act, uses: $/actions/say }
      - id: v
        run: |
          echo "verdict=strict:\${{ inputs.strict }} count:\${{ inputs.count }} said:\${{ steps.act.outputs.said }}" >> "$GITHUB_OUTPUT"
          echo "files \${{ github.workflow }} \${{ job.workflow_repository }} \${{ job.workflow_file_path }} \${{ job.workflow_sha == github.sha }} \${{ env.TOP }}$OWN"
          echo "key \${{ secrets.key == 'opens' }}"
          exit \${{ inputs.strict && 1 || 0 }}
`,
  "actions/say/action.yml": "name: say\ndescription: d\nruns: { using: node24, main: ../../dist/say.cjs }\n",
  "dist/say.cjs": `require("node:fs").appendFileSync(process.env.GITHUB_OUTPUT, "said=" + process.env.GITHUB_ACTION_REF + "\\n")`,
};

const caller = (more: string, top = "") => `
name: release
on: push
env: { TOP: top }
${top}
jobs:
  gates:
    uses: sea/worthy/.github/workflows/gates.yml@v1
${more}
  after:
    needs: gates
    if: always()
    runs-on: ubuntu-latest
    steps:
      - run: 'echo "after \${{ needs.gates.result }} \${{ needs.gates.outputs.verdict }} \${{ needs.gates.outputs.how }}"'
`;

const granted = "permissions: { contents: read }";

describe("a called workflow", () => {
  it("keeps its outputs when it fails, and its jobs' results can be outputs", async () => {
    const run = await runBench(caller("    with: { count: 3 }"), { repositories: { "sea/worthy": suite } });
    expect(run.log).toContain("after failure strict:true count:3 said:v1 failure");
    expect(conclusions(run)).toEqual({ "gates / judge": "failure", after: "success" });
    expect(jobNamed(run, "gates / judge").workflowFile).toBe("sea/worthy/.github/workflows/gates.yml@v1");
    expect(run.result.conclusion).toBe("failure");
  });

  it("sees the caller's github context, its own job context, and not the caller's env", async () => {
    const more = "    with: { count: 3, strict: false }\n    secrets: { key: '${{ secrets.DEEP }}' }";
    const options = { repositories: { "sea/worthy": suite }, request: { secrets: { DEEP: "opens" } } };
    const run = await runBench(caller(more), options);
    expect(run.log).toContain("files release sea/worthy .github/workflows/gates.yml false suite");
    expect(run.log).toContain("key true");
    expect(run.result.conclusion).toBe("success");
  });

  it("gets secrets only when they are handed on", async () => {
    const options = { repositories: { "sea/worthy": suite }, request: { secrets: { key: "opens" } } };
    const without = await runBench(caller("    with: { count: 1, strict: false }"), options);
    const inherited = await runBench(caller("    with: { count: 1, strict: false }\n    secrets: inherit"), options);
    expect(without.log).toContain("key false");
    expect(inherited.log).toContain("key true");
  });

  it("may be nested and called by a matrix; needs can be handed on as JSON", async () => {
    const run = await runBench({
      ".github/workflows/w.yml": `
on: push
jobs:
  plan: { runs-on: ubuntu-latest, outputs: { x: "\${{ steps.p.outputs.x }}" }, steps: [{ id: p, run: 'echo x=1 >> "$GITHUB_OUTPUT"' }] }
  mid:
    needs: plan
    strategy: { max-parallel: 1, matrix: { n: [1, 2] } }
    uses: ./.github/workflows/mid.yml
    with: { needs: "\${{ toJSON(needs) }}", n: "\${{ matrix.n }}" }
  end: { needs: mid, runs-on: ubuntu-latest, steps: [{ run: 'echo "end \${{ needs.mid.outputs.deep }}"' }] }
`,
      ".github/workflows/mid.yml": `
on: { workflow_call: { inputs: { needs: { type: string }, n: { type: number } }, outputs: { deep: { value: "\${{ jobs.low.outputs.deep }}" } } } }
jobs:
  low: { uses: ./.github/workflows/low.yml, with: { n: "\${{ format('{0}', inputs.n) }}", x: "\${{ fromJSON(inputs.needs).plan.outputs.x }}" } }
`,
      ".github/workflows/low.yml": `
on: { workflow_call: { inputs: { n: { type: string }, x: { type: string } }, outputs: { deep: { value: "\${{ jobs.it.outputs.deep }}" } } } }
jobs:
  it:
    runs-on: ubuntu-latest
    outputs: { deep: "\${{ steps.s.outputs.deep }}" }
    steps: [{ id: s, run: 'echo "deep=\${{ inputs.x }}-\${{ inputs.n == ''2'' && ''two'' || '''' }}" >> "$GITHUB_OUTPUT"' }]
`,
    });
    const deep = { "mid (1) / low / it": "success", "mid (2) / low / it": "success" };
    expect(conclusions(run)).toEqual({ plan: "success", ...deep, end: "success" });
    expect(run.log).toMatch(/^end 1-two$/m);
  });

  it.each([
    [
      "a job above the ceiling",
      "permissions: { contents: write }",
      "The nested job 'judge' is requesting 'contents: write', but is only allowed 'contents: read'.",
    ],
    [
      "a scope the caller does not name",
      "permissions: { issues: read, contents: read }",
      "The nested job 'judge' is requesting 'issues: read', but is only allowed 'issues: none'.",
    ],
  ])("that asks for more than its caller grants refuses the whole run: %s", async (_case, asked, message) => {
    const gates = suite[".github/workflows/gates.yml"];
    expect(gates).toContain(granted);
    const files = { ...suite, ".github/workflows/gates.yml": gates.replace(granted, asked) };
    const run = await runBench(caller("    with: { count: 3 }\n    permissions: { contents: read }\n    if: false"), {
      repositories: { "sea/worthy": files },
    });
    expect(run.result.startupFailure).toBe(
      `.github/workflows/w.yml (Line: 8): Error calling workflow 'sea/worthy/.github/workflows/gates.yml@v1'. ${message} Grant it under 'permissions' of the calling job.`,
    );
    expect(run.result.jobs).toEqual([]);
    expect(run.events.map(({ type }) => type)).toEqual(["run-finished"]);
  });

  it("gives each job's token exactly the scopes it asked for", async () => {
    const more = "    with: { count: 3 }\n    permissions: { contents: write, issues: write }";
    const run = await runBench(caller(more, "permissions: { checks: read }"), {
      repositories: { "sea/worthy": suite },
    });
    expect(run.tokens).toEqual({ "gates/judge": { contents: "read" }, after: { checks: "read" } });
  });

  it.each([
    ["an undeclared input", "    with: { count: 3, nope: 1 }", "Invalid input, nope is not defined"],
    ["a missing required input", "    with: { strict: false }", "Input count is required, but not provided"],
    [
      "an undeclared secret",
      "    with: { count: 3 }\n    secrets: { other: x }",
      "Invalid secret, other is not defined",
    ],
  ])("refuses %s before anything starts", async (_case, more, message) => {
    const run = await runBench(caller(more), { repositories: { "sea/worthy": suite } });
    expect(run.result.startupFailure).toContain(message);
    expect(run.events).toHaveLength(1);
  });

  it("an input of the wrong type fails the calling job", async () => {
    const run = await runBench(caller('    with: { count: "${{ github.ref }}" }'), {
      repositories: { "sea/worthy": suite },
    });
    expect(jobNamed(run, "gates").annotations[0]?.message).toContain(
      "Input count must be a number, found 'refs/heads/main'.",
    );
    expect(conclusions(run)).toEqual({ gates: "failure", after: "success" });
  });

  it("that calls itself is refused", async () => {
    const run = await runBench({
      ".github/workflows/w.yml": "on: push\njobs:\n  a:\n    uses: ./.github/workflows/b.yml\n",
      ".github/workflows/b.yml": "on: workflow_call\njobs:\n  a:\n    uses: ./.github/workflows/b.yml\n",
    });
    expect(run.result.startupFailure).toContain(
      ".github/workflows/b.yml (Line: 4): './.github/workflows/b.yml' calls itself",
    );
  });
});

describe("a dispatched workflow", () => {
  const workflow = `
on:
  workflow_dispatch:
    inputs:
      rehearsal: { type: boolean }
      size: { type: number, default: 2 }
      mode: { type: choice, options: [fast, slow], default: fast }
      tag: { type: string, required: true }
jobs:
  one:
    runs-on: ubuntu-latest
    steps: [{ run: 'echo "\${{ inputs.rehearsal == false }} \${{ inputs.size }} \${{ inputs.mode }} \${{ github.event.inputs.tag }}"' }]
`;
  const event = { name: "workflow_dispatch", payload: {} };

  it("types its inputs and fills in what is missing", async () => {
    const run = await runBench(workflow, { request: { event, inputs: { tag: "v1" } } });
    expect(run.log).toContain("true 2 fast v1");
  });

  it.each([
    [{ tag: "v1", rehearsal: "maybe" }, "Input rehearsal must be a boolean, found 'maybe'."],
    [{ tag: "v1", mode: "slowly" }, "Input mode must be one of fast, slow, found 'slowly'."],
    [
      { tag: "v1", rehersal: "true" },
      "Invalid input, rehersal is not defined in the referenced workflow. Did you mean 'rehearsal'? Its inputs are ",
    ],
    [{ tag: "v1", nope: "x" }, "Invalid input, nope is not defined in the referenced workflow. Its inputs are "],
    [{}, "Input tag is required, but not provided"],
  ])("refuses the inputs %j", async (inputs, message) => {
    const run = await runBench(workflow, { request: { event, inputs } });
    expect(run.result.startupFailure).toContain(message);
  });

  it("is refused when the event is another", async () => {
    expect((await runBench(workflow)).result.startupFailure).toContain("not triggered by 'push'");
  });
});
