import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import * as z from "zod";
import { root } from "../root.ts";

const text = readFileSync(join(root, ".github/workflows/file-blockers.yml"), "utf8");
const workflow = z
  .looseObject({
    permissions: z.strictObject({}),
    concurrency: z.object({ "cancel-in-progress": z.literal(false) }),
    jobs: z.strictObject({
      file: z.looseObject({
        permissions: z.record(z.string(), z.string()),
        steps: z.array(z.looseObject({ uses: z.string(), with: z.record(z.string(), z.string()) })),
      }),
    }),
  })
  .parse(parse(text));

describe("GAT-40: the workflow that files blockers", () => {
  it("has one job, which may write issues and read the run, and nothing else", () => {
    expect(workflow.jobs.file.permissions).toEqual({ issues: "write", actions: "read" });
  });

  it("is cut off by no other run, and runs nothing but the action, of its own commit", () => {
    expect(workflow.jobs.file.steps.map(({ uses, with: given }) => [uses, given.mode])).toEqual([
      ["$/actions/release-gates", "file"],
    ]);
  });

  it("plans alone in a rehearsal", () => {
    expect(workflow.jobs.file.steps[0]?.with["release-mode"]).toBe("${{ inputs.rehearsal && 'rehearsal' || 'live' }}");
  });

  it("says what it promises, what it needs, and what it never does", () => {
    for (const heading of ["# Promises: ", "# Needs: ", "# Never: "]) expect(text).toContain(`\n${heading}`);
  });

  it("GAT-45: is the only workflow of a release that may write issues", () => {
    const others = ["prepare-release.yml", "conclude-release.yml", "promote-branch.yml"];
    for (const file of others)
      expect(readFileSync(join(root, ".github/workflows", file), "utf8")).not.toMatch(/^ +issues: write/m);
  });
});
