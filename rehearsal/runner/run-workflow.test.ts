import { describe, expect, it } from "vitest";
import { conclusions, jobNamed, runBench, stepConclusions } from "./testing.ts";

describe("a workflow with steps", () => {
  it("runs scripts, hands outputs on, and keeps the last line of a heredoc", async () => {
    const run = await runBench(`
on: push
env: { TOP: top, SHARED: workflow }
jobs:
  first:
    runs-on: ubuntu-latest
    env: { SHARED: job }
    outputs:
      plain: \${{ steps.say.outputs.plain }}
      long: \${{ steps.say.outputs.long }}
    steps:
      - id: say
        env: { SHARED: step }
        run: |
          echo "plain=$TOP-$SHARED-\${{ github.ref_name }}" >> "$GITHUB_OUTPUT"
          cat <<'TEXT' >> "$GITHUB_OUTPUT"
          long<<END
          one=1

          two<<x
          END
          TEXT
      - run: echo "FROM_FILE=yes" >> "$GITHUB_ENV"; mkdir -p bin; printf '#!/bin/sh\\necho found' > bin/tool; chmod +x bin/tool; echo "$PWD/bin" >> "$GITHUB_PATH"
      - run: test "$FROM_FILE$(tool)" = yesfound && test "\${{ env.FROM_FILE }}" = yes
  second:
    needs: first
    runs-on: ubuntu-latest
    steps:
      - run: test "$P" = top-step-main
        env: { P: "\${{ needs.first.outputs.plain }}" }
`);
    expect(run.result.startupFailure).toBeUndefined();
    expect(run.result.conclusion).toBe("success");
    expect(jobNamed(run, "first").outputs).toEqual({ plain: "top-step-main", long: "one=1\n\ntwo<<x" });
    expect(conclusions(run)).toEqual({ first: "success", second: "success" });
  });

  it("a node action gets its inputs, keeps state, and its post phase runs last-in first-out", async () => {
    const action = `
name: probe
description: Shows what it was given.
inputs:
  some-input: { default: "\${{ github.repository }}" }
  two words: { required: true }
outputs: { seen: { description: what was seen } }
runs: { using: node24, pre: pre.cjs, main: main.cjs, post: post.cjs }
`;
    const main = `const fs = require("node:fs");
fs.appendFileSync(process.env.GITHUB_OUTPUT, "seen=" + process.env["INPUT_SOME-INPUT"] + "|" + process.env["INPUT_TWO_WORDS"] + "|" + process.env.STATE_early + "\\n");
fs.appendFileSync(process.env.GITHUB_STATE, "who=" + process.env["INPUT_TWO_WORDS"] + "\\n");`;
    const run = await runBench({
      ".github/workflows/w.yml": `
on: push
jobs:
  probe:
    runs-on: ubuntu-latest
    outputs: { seen: "\${{ steps.one.outputs.seen }}" }
    steps:
      - { id: one, uses: $/actions/probe, with: { two words: first } }
      - { name: again, uses: $/actions/probe, with: { two words: second, some-input: given } }
      - run: exit 3
`,
      "actions/probe/action.yml": action,
      "actions/probe/pre.cjs": `require("node:fs").appendFileSync(process.env.GITHUB_STATE, "early=bird\\n")`,
      "actions/probe/main.cjs": main,
      "actions/probe/post.cjs": `console.log("post of " + process.env.STATE_who)`,
    });
    const job = jobNamed(run, "probe");
    expect(job.outputs).toEqual({ seen: "ships/harbour|first|bird" });
    expect(stepConclusions(job)).toEqual([
      "Pre Run $/actions/probe: success/success",
      "Pre again: success/success",
      "Run $/actions/probe: success/success",
      "again: success/success",
      "Run exit 3: failure/failure",
      "Post again: success/success",
      "Post Run $/actions/probe: success/success",
    ]);
    expect(run.log).toMatch(/post of second\npost of first/);
    expect(run.result.conclusion).toBe("failure");
  });
});
