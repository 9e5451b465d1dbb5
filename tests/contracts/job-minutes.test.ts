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
    }),
  ),
});
const { jobs } = jobsForm.parse(parse(readFileSync(join(root, ".github/workflows/prepare-release.yml"), "utf8")));

describe("the time of the jobs of prepare-release", () => {
  it.each([
    ["gate", "gates[matrix.gate]"],
    ["approve", "approval"],
    ["tag", "tag"],
  ])("GAT-01: is for %s what the plan computed from the configuration's own limits", (job, key) => {
    expect(jobs[job]?.["timeout-minutes"]).toBe(`\${{ fromJSON(needs.plan.outputs.job-minutes).${key} }}`);
  });

  it("comes from an output that the plan has, and that its job hands on", () => {
    expect(Object.keys(contract.outputs.shape)).toContain("job-minutes");
    expect(jobs.plan?.outputs?.["job-minutes"]).toBe("${{ steps.plan.outputs.job-minutes }}");
  });
});
