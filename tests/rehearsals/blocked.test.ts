import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import * as z from "zod";
import { blockedProject } from "./blocked-project.ts";
import { aFolder, drive, type Ending, verdictIn } from "./drive.ts";

const github = z.object({
  issues: z.array(
    z.object({ id: z.number(), title: z.string(), body: z.string(), state: z.string(), parent: z.number().nullable() }),
  ),
  comments: z.array(z.object({ body: z.string() })),
});
const held = ({ folder }: Ending) => github.parse(JSON.parse(readFileSync(join(folder, "world/github.json"), "utf8")));
const effects = ({ folder }: Ending) =>
  z
    .object({ effects: z.array(z.object({ kind: z.string(), target: z.string(), state: z.string() })) })
    .parse(JSON.parse(readFileSync(join(folder, "verdict.json"), "utf8")))
    .effects.map(({ kind, target, state }) => `${kind} ${target} ${state}`);

describe.concurrent("a release that a gate blocks", () => {
  it("GAT-40 GAT-41 GAT-42 GAT-43 GAT-44 ALL-04: files its blocker once, and closes it with its epic when the gate has passed", async () => {
    const { project, harbour } = blockedProject();
    const folder = aFolder();
    const blocked = await drive(folder, ["--repo", project]);
    expect(verdictIn(blocked.folder), blocked.output).toMatchObject({
      verdict: "Aborted",
      reason: { code: "gates.failed" },
    });
    const [epic, task, ...more] = held(blocked).issues;
    expect([epic?.title, epic?.state, more]).toEqual(["Release blockers: v1.0.0", "open", []]);
    expect(task).toMatchObject({
      title: "[release-blocker][v1.0.0] The harbour is open",
      state: "open",
      parent: epic?.id,
      body: expect.stringContaining("looking for the harbour master"),
    });
    expect(task?.body).toContain("Failed jobs: `Prepare / Gate harbour");
    expect(task?.body).toMatch(/gh run rerun \d+ --failed --repo /);
    expect(effects(blocked)).toContain("issue Release blockers: v1.0.0 done");

    writeFileSync(harbour, "");
    const mended = await drive(folder, ["--resume"]);
    expect(verdictIn(mended.folder).verdict, mended.output).toBe("Released");
    const after = held(mended);
    expect(after.issues.map(({ title, state }) => `${title} ${state}`)).toEqual([
      "Release blockers: v1.0.0 closed",
      "[release-blocker][v1.0.0] The harbour is open closed",
    ]);
    expect(after.comments[0]?.body).toMatch(/It has passed in run .*Evidence: `seaworthy-release-gates-2@sha256:/s);
    expect(after.comments).toHaveLength(2);
  });

  it("ALL-05 GAT-41: rehearsed, plans the same and files nothing", async () => {
    const { project } = blockedProject();
    const [planned, live] = [
      await drive(aFolder(), ["--repo", project, "--rehearsal"]),
      await drive(aFolder(), ["--repo", project]),
    ];
    expect(held(planned).issues, planned.output).toEqual([]);
    expect(effects(planned)).toContain("issue Release blockers: v1.0.0 planned");
    expect(verdictIn(planned.folder)["plan-digest"]).toBe(verdictIn(live.folder)["plan-digest"]);
    expect(readFileSync(join(planned.folder, "summaries/blockers-file.md"), "utf8")).toContain(
      "#### Acceptance Criteria",
    );
  });
});
