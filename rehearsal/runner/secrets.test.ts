import { describe, expect, it } from "vitest";
import { jobNamed, oneJob, runBench } from "./testing.ts";

describe("a secret", () => {
  it("is masked in log, annotations and summary, and an output that holds it is dropped", async () => {
    const run = await runBench(
      oneJob(
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
