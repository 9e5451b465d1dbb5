import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import * as z from "zod";
import { auditedProject } from "./audited-project.ts";
import { aFolder, drive, type Ending, verdictIn } from "./drive.ts";

const github = z.object({
  issues: z.array(
    z.object({
      number: z.number(),
      title: z.string(),
      body: z.string(),
      state: z.string(),
      labels: z.array(z.string()),
    }),
  ),
  comments: z.array(z.object({ body: z.string() })),
});
const held = ({ folder }: Ending) => github.parse(JSON.parse(readFileSync(join(folder, "world/github.json"), "utf8")));
const states = (ending: Ending) => held(ending).issues.map(({ title, state }) => `${title} ${state}`);
const effects = ({ folder }: Ending) =>
  z
    .object({ effects: z.array(z.object({ kind: z.string(), target: z.string(), state: z.string() })) })
    .parse(JSON.parse(readFileSync(join(folder, "verdict.json"), "utf8")))
    .effects.map(({ kind, target, state }) => `${kind} ${target} ${state}`);

describe.concurrent("a release with a commit that no issue asks for", () => {
  it("PLN-40 PLN-42 GAT-42: files the issue once, closed with its fix, finds it again when it is run again, and passes", async () => {
    const project = auditedProject();
    const sha = execFileSync("git", ["-C", project, "rev-parse", "HEAD"], { encoding: "utf8" }).trim();
    const folder = aFolder();
    const blocked = await drive(folder, ["--repo", project]);
    expect(verdictIn(blocked.folder), blocked.output).toMatchObject({
      verdict: "Aborted",
      reason: { code: "plan.commit-without-issue" },
    });
    const filed = held(blocked).issues.find(({ labels }) => labels.includes("release-audit"));
    expect(filed).toMatchObject({ title: "feat: greet", state: "closed", labels: ["release-audit", "enhancement"] });
    expect(filed?.body).toMatch(/^<!-- seaworthy:draft none [0-9a-f]{64} /);
    expect(held(blocked).comments.map(({ body }) => body)).toEqual([expect.stringContaining(`Fixed by ${sha}`)]);

    const again = await drive(folder, ["--resume"]);
    expect(verdictIn(again.folder).verdict, again.output).toBe("Released");
    expect(states(again)).toEqual([
      "Release blockers: v1.0.0 closed",
      "[release-blocker][v1.0.0] Every commit since the release before refers to an issue closed",
      "feat: greet closed",
    ]);
  });

  it("ALL-05 PLN-42: rehearsed, plans the same and files nothing", async () => {
    const project = auditedProject();
    const [planned, live] = [
      await drive(aFolder(), ["--repo", project, "--rehearsal"]),
      await drive(aFolder(), ["--repo", project]),
    ];
    expect(states(planned), planned.output).toEqual([]);
    expect(effects(planned)).toEqual(
      expect.arrayContaining([
        "issue feat: greet planned",
        "issue-comment feat: greet planned",
        "issue-state feat: greet planned",
      ]),
    );
    expect(verdictIn(planned.folder)["plan-digest"]).toBe(verdictIn(live.folder)["plan-digest"]);
  });
});
