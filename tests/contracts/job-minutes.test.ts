import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import * as z from "zod";
import { contract } from "../../actions/plan-release/src/contract.ts";
import { root } from "../root.ts";

const jobsForm = z.object({
  jobs: z.record(
    z.string(),
    z.object({
      "timeout-minutes": z.union([z.int(), z.string()]),
      outputs: z.record(z.string(), z.string()).optional(),
      strategy: z.object({ matrix: z.record(z.string(), z.string()) }).optional(),
    }),
  ),
});
const { jobs } = jobsForm.parse(parse(readFileSync(join(root, ".github/workflows/prepare-release.yml"), "utf8")));

describe("the time of the jobs of prepare-release", () => {
  it.each([
    ["gate", "matrix.minutes"],
    ["approve", "fromJSON(needs.plan.outputs.job-minutes).approval"],
    ["tag", "fromJSON(needs.plan.outputs.job-minutes).tag"],
  ])("GAT-01: is for %s what the plan computed from the configuration's own limits", (job, key) => {
    expect(jobs[job]?.["timeout-minutes"]).toBe(`\${{ ${key} }}`);
  });

  it("has a leg of the matrix for each gate with its minutes, and for no other", () => {
    expect(jobs.gate?.strategy?.matrix).toEqual({
      include: "${{ fromJSON(needs.plan.outputs.job-minutes).gates }}",
    });
  });

  it("comes from an output that the plan has, and that its job hands on", () => {
    expect(Object.keys(contract.outputs.shape)).toContain("job-minutes");
    expect(jobs.plan?.outputs?.["job-minutes"]).toBe("${{ steps.plan.outputs.job-minutes }}");
  });
});
