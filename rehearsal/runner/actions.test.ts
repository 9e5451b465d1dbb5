import { describe, expect, it } from "vitest";
import { folderWith, jobNamed, oneJob, runBench, stepConclusions } from "./testing.ts";

describe("a composite action", () => {
  const files = (steps: string, more = "") => ({
    ".github/workflows/w.yml": oneJob(`
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
  const probe = {
    "probe/action.yml": "name: p\ndescription: d\nruns: { using: node24, main: main.mjs, post: post.mjs }\n",
    "probe/main.mjs": `
const wanted = /^(GITHUB_|RUNNER_|ACTIONS_|CI$)/;
const volatile = /_(ENV|OUTPUT|STATE|PATH|STEP_SUMMARY|TEMP|WORKSPACE|TOOL_CACHE|TRACKING_ID)$/;
for (const [key, value] of Object.entries(process.env).sort()) {
  if (wanted.test(key)) console.log("env " + key + (volatile.test(key) ? "" : "=" + value));
}
console.log("event " + (await import("node:fs")).readFileSync(process.env.GITHUB_EVENT_PATH, "utf8"));
console.log("cwd is workspace " + (process.cwd() === process.env.GITHUB_WORKSPACE));
setTimeout(() => {}, process.env.HANG ? 60_000 : 0);
if (process.env.HANG) console.log("ready");
`,
    "probe/post.mjs": `console.log("post after " + process.env.GITHUB_JOB)`,
  };

  it("sees what GitHub's runner gives it, the services of its run, and no token", async () => {
    const run = await runBench(
      {
        ".github/workflows/w.yml": oneJob("      - { id: p, uses: $/probe }", "    permissions: { id-token: write }"),
        ...probe,
      },
      {
        request: { event: { name: "push", payload: { repository: { id: 5 } } }, runnerLabels: ["ubuntu-latest"] },
        services: { idToken: async () => ({ url: "http://127.0.0.1:1/id?x=1", token: "identity-token" }) },
      },
    );
    expect(run.log).toContain('event {"repository":{"id":5}}');
    expect(run.log).toContain("cwd is workspace true");
    expect(run.tokens).toEqual({ one: { "id-token": "write" } });
    expect(run.log.split("\n").filter((line) => line.startsWith("env "))).toMatchInlineSnapshot(`
      [
        "env ACTIONS_ID_TOKEN_REQUEST_TOKEN=***",
        "env ACTIONS_ID_TOKEN_REQUEST_URL=http://127.0.0.1:1/id?x=1",
        "env ACTIONS_RESULTS_URL=http://127.0.0.1:1/",
        "env ACTIONS_RUNTIME_TOKEN=***",
        "env ACTIONS_RUNTIME_URL=http://127.0.0.1:1/",
        "env CI=true",
        "env GITHUB_ACTION=p",
        "env GITHUB_ACTIONS=true",
        "env GITHUB_ACTION_REF=refs/heads/main",
        "env GITHUB_ACTION_REPOSITORY=ships/harbour",
        "env GITHUB_ACTOR=mate",
        "env GITHUB_ACTOR_ID=",
        "env GITHUB_API_URL=http://127.0.0.1:1",
        "env GITHUB_BASE_REF=",
        "env GITHUB_ENV",
        "env GITHUB_EVENT_NAME=push",
        "env GITHUB_EVENT_PATH",
        "env GITHUB_GRAPHQL_URL=http://127.0.0.1:1/graphql",
        "env GITHUB_HEAD_REF=",
        "env GITHUB_JOB=one",
        "env GITHUB_OUTPUT",
        "env GITHUB_PATH",
        "env GITHUB_REF=refs/heads/main",
        "env GITHUB_REF_NAME=main",
        "env GITHUB_REF_PROTECTED=false",
        "env GITHUB_REF_TYPE=branch",
        "env GITHUB_REPOSITORY=ships/harbour",
        "env GITHUB_REPOSITORY_ID=5",
        "env GITHUB_REPOSITORY_OWNER=ships",
        "env GITHUB_REPOSITORY_OWNER_ID=",
        "env GITHUB_RETENTION_DAYS=90",
        "env GITHUB_RUN_ATTEMPT=1",
        "env GITHUB_RUN_ID=7",
        "env GITHUB_RUN_NUMBER=3",
        "env GITHUB_SERVER_URL=http://git.localhost:1",
        "env GITHUB_SHA=aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
        "env GITHUB_STATE",
        "env GITHUB_STEP_SUMMARY",
        "env GITHUB_TRIGGERING_ACTOR=mate",
        "env GITHUB_WORKFLOW=.github/workflows/w.yml",
        "env GITHUB_WORKFLOW_REF=ships/harbour/.github/workflows/w.yml@refs/heads/main",
        "env GITHUB_WORKFLOW_SHA=aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
        "env GITHUB_WORKSPACE",
        "env RUNNER_ARCH=X64",
        "env RUNNER_ENVIRONMENT=self-hosted",
        "env RUNNER_NAME=rehearsal",
        "env RUNNER_OS=Linux",
        "env RUNNER_TEMP",
        "env RUNNER_TOOL_CACHE",
        "env RUNNER_TRACKING_ID",
        "env RUNNER_WORKSPACE",
      ]
    `);
  });

  it("gets no identity without id-token: write", async () => {
    const run = await runBench(
      { ".github/workflows/w.yml": oneJob("      - { id: p, uses: $/probe }"), ...probe },
      { services: { idToken: async () => ({ url: "http://127.0.0.1:1/id?x=1", token: "identity-token" }) } },
    );
    expect(run.log).toContain("ACTIONS_RUNTIME_TOKEN");
    expect(run.log).not.toContain("ACTIONS_ID_TOKEN");
  });

  it("cleans up in its post phase after a cancellation", async () => {
    const run = await runBench(
      { ".github/workflows/w.yml": oneJob("      - { name: hang, uses: $/probe, env: { HANG: 1 } }"), ...probe },
      {
        request: { interruptAfter: (event) => (event.type === "log" && event.text === "ready" ? "cancel" : undefined) },
      },
    );
    expect(stepConclusions(jobNamed(run, "one"))).toEqual(["hang: cancelled/cancelled", "Post hang: success/success"]);
    expect(run.log).toContain("post after one");
  });

  it("that crashes fails its step with its exit code, and its post phase still runs", async () => {
    const run = await runBench(
      {
        ".github/workflows/w.yml": oneJob(`      - { name: crash, uses: ./local, with: { unknown: 1 } }`).replace(
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
