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
