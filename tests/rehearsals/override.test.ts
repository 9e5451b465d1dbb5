import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import * as z from "zod";
import { root } from "../root.ts";
import { aFolder, drive, type Ending, verdictIn } from "./drive.ts";

const code = "plan.changelog-history-edited";
const fileIn = ({ folder }: Ending, name: string) => readFileSync(join(folder, name), "utf8");

const published = z.object({ releases: z.array(z.looseObject({ tag: z.string(), body: z.string() })) });

describe("a release with an override that people approved", () => {
  let live: Ending;
  let planned: Ending;

  beforeAll(async () => {
    const overridden = ["--fault", "override-approved"];
    [live, planned] = await Promise.all([
      drive(aFolder(), overridden),
      drive(aFolder(), [...overridden, "--rehearsal"]),
    ]);
  });

  it("ALL-07 VER-17: ends Released-with-override, which is no plain success for whoever reads the exit code", () => {
    expect(verdictIn(live.folder)).toMatchObject({
      verdict: "Released-with-override",
      outcome: "release",
      reason: { code: "verdict.overridden" },
      overrides: [{ code, actor: "rehearsal", reason: "the order of two words" }],
      leftovers: [{ code: "verdict.retrospective-missing" }],
    });
    expect(live.output).toContain("Verdict: Released-with-override (verdict.overridden)");
    expect(live.output).toContain("no plain success");
    expect(live.code, live.output).toBe(1);
  });

  it.each(["report.html", "report.md", "summaries/conclude-verdict.md"])(
    "ALL-07: %s says what was overridden, by whom, why, and who approved",
    (name) => {
      const text = fileIn(live, name);
      expect(text).toContain("Released-with-override: example/npm-package v1.1.0");
      expect(text).toContain(`${code} by rehearsal`);
      expect(text).toContain("the order of two words");
      expect(text).toMatch(new RegExp(`${code}; the release that bears it: approved by grace`));
    },
  );

  it("ALL-07: the people who are asked see the override once, and what it overrides", () => {
    const summary = fileIn(live, "summaries/prepare-collect.md");
    const row = summary.split("\n").find((line) => line.startsWith("| Risks |"));
    expect(row).toContain("overridden by rehearsal: the order of two words");
    expect(summary.split("\n").filter((line) => line.split("overridden by rehearsal").length > 2)).toEqual([]);
  });

  it("VER-17: the GitHub release names what was overridden, and carries the report that tells the rest", () => {
    const { releases } = published.parse(JSON.parse(fileIn(live, "world/github.json")));
    const text = releases.find((one) => one.tag === "v1.1.0")?.body;
    expect(text).toContain(`Released with an override of ${code}; report.html tells by whom and why.`);
  });

  it("VER-18: is verified again by a stranger", () => {
    const script = join(root, "scripts/verify-evidence.ts");
    const told = execFileSync(process.execPath, [script, live.folder], { encoding: "utf8" });
    expect(told).toContain("Released-with-override: example/npm-package v1.1.0 (verdict.overridden)");
  });

  it("ALL-05: rehearsed, asks nobody, says what a live run would be, and has the digest of the live plan", () => {
    expect(planned.code, planned.output).toBe(0);
    expect(planned.output).toContain("would be Released-with-override");
    expect(verdictIn(planned.folder)).toMatchObject({ verdict: null, outcome: "no-release" });
    expect(verdictIn(planned.folder)["plan-digest"]).toBe(verdictIn(live.folder)["plan-digest"]);
    expect(fileIn(planned, "requests.jsonl")).not.toContain("actions/get-reviews-for-run");
  });
});
