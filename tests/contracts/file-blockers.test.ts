import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import * as z from "zod";
import { root } from "../root.ts";

const folder = join(root, ".github/workflows");
const text = readFileSync(join(folder, "file-blockers.yml"), "utf8");
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

  it("GAT-45: is the only workflow that may write issues, besides the one that hands them on to it", () => {
    const others = readdirSync(folder).filter((file) => !["file-blockers.yml", "verify-later.yml"].includes(file));
    expect(others).toContain("promote-by-pull-request.yml");
    for (const file of others) expect(readFileSync(join(folder, file), "utf8"), file).not.toMatch(/^ +issues: write/m);
  });
});

describe("PUB-36: the workflow that looks at a release again", () => {
  const jobs = z
    .record(z.string(), z.looseObject({ permissions: z.record(z.string(), z.string()), uses: z.string().optional() }))
    .parse(parse(readFileSync(join(folder, "verify-later.yml"), "utf8")).jobs);

  it("files what it has found itself, whatever became of the look, through the one workflow that files", () => {
    expect(jobs.blockers).toMatchObject({
      needs: "later",
      if: "always()",
      uses: "./.github/workflows/file-blockers.yml",
    });
    expect(jobs.blockers?.permissions).toEqual(workflow.jobs.file.permissions);
  });

  it("writes nothing in the job that asks the channels", () => {
    expect(Object.keys(jobs)).toEqual(["later", "blockers"]);
    expect(jobs.later?.permissions).toEqual({ contents: "read", actions: "read" });
  });
});

describe("the suite's own manifest", () => {
  it("holds every workflow that consumers call", () => {
    const called = readdirSync(folder).filter((file) =>
      /^ {2}workflow_call:/m.test(readFileSync(join(folder, file), "utf8")),
    );
    expect(called).toContain("file-blockers.yml");
    const release = readFileSync(join(folder, "release.yml"), "utf8");
    const listed = [...release.matchAll(/^ +\.github\/workflows\/(\S+)$/gm)].map(([, file]) => file);
    expect(listed.toSorted()).toEqual(called.toSorted());
  });
});
