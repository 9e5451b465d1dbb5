import { describe, expect, it } from "vitest";
import { conclusions, jobNamed, runBench } from "./testing.ts";

describe("failed jobs that run again", () => {
  const workflow = `
on: push
jobs:
  good: { runs-on: ubuntu-latest, outputs: { at: "\${{ steps.s.outputs.at }}" }, steps: [{ id: s, run: 'echo "ran good"; echo at=\${{ github.run_attempt }} >> "$GITHUB_OUTPUT"' }] }
  legs:
    needs: good
    strategy: { fail-fast: false, matrix: { n: [1, 2] } }
    runs-on: ubuntu-latest
    outputs: { one: "\${{ steps.s.outputs.one }}" }
    steps: [{ id: s, run: 'echo "ran leg \${{ matrix.n }}"; test \${{ matrix.n }} = 1 || test $GITHUB_RUN_ATTEMPT = 2; echo one=leg\${{ matrix.n }} >> "$GITHUB_OUTPUT"' }]
  side: { needs: good, runs-on: ubuntu-latest, steps: [{ run: echo ran side }] }
  last: { needs: [legs, side], runs-on: ubuntu-latest, steps: [{ run: 'echo "ran last \${{ needs.legs.result }}"' }] }
  optional: { if: false, runs-on: ubuntu-latest, steps: [{ run: "true" }] }
  behind: { needs: optional, if: always(), runs-on: ubuntu-latest, steps: [{ run: echo ran behind }] }
  closing: { needs: last, if: always(), runs-on: ubuntu-latest, steps: [{ run: echo ran closing }] }
`;
  it("keep what succeeded with its outputs, and run the rest with all dependents", async () => {
    const first = await runBench(workflow);
    expect(conclusions(first)).toEqual({
      good: "success",
      "legs (1)": "success",
      "legs (2)": "failure",
      side: "success",
      last: "skipped",
      closing: "success",
      optional: "skipped",
      behind: "success",
    });
    const again = await runBench(workflow, {
      request: { previous: first.result, run: { id: 7, number: 3, attempt: 2 } },
    });
    const ran = again.log.split("\n").filter((line) => line.startsWith("ran "));
    expect(ran).toEqual(["ran leg 2", "ran last success", "ran closing"]);
    expect(again.result.conclusion).toBe("success");
    expect(jobNamed(again, "good")).toEqual(jobNamed(first, "good"));
    expect(again.result.jobs.map(({ name, attempt }) => `${name} ${attempt}`).sort()).toEqual([
      "behind 1",
      "closing 2",
      "good 1",
      "last 2",
      "legs (1) 1",
      "legs (2) 2",
      "optional 2",
      "side 1",
    ]);
  });

  it("continue inside a called workflow", async () => {
    const files = {
      ".github/workflows/w.yml": "on: push\njobs:\n  suite:\n    uses: ./.github/workflows/s.yml\n",
      ".github/workflows/s.yml": `
on: workflow_call
jobs:
  tag: { runs-on: ubuntu-latest, steps: [{ run: echo ran tag }] }
  publish: { needs: tag, runs-on: ubuntu-latest, steps: [{ run: 'echo ran publish; test $GITHUB_RUN_ATTEMPT = 2' }] }
`,
    };
    const first = await runBench(files);
    const again = await runBench(files, { request: { previous: first.result, run: { id: 7, number: 3, attempt: 2 } } });
    expect(again.log.split("\n").filter((line) => line.startsWith("ran "))).toEqual(["ran publish"]);
    expect(again.result.conclusion).toBe("success");
  });
});
