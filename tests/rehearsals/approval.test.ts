import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { root } from "../root.ts";
import { aFolder, drive, type Ending, verdictIn } from "./drive.ts";

const evidence = ({ folder }: Ending, name: string) => readFileSync(join(folder, "evidence", name), "utf8");
const journalOf = ({ folder }: Ending) => readFileSync(join(folder, "requests.jsonl"), "utf8");

describe("a release that waits for a person", () => {
  let live: Ending;
  let planned: Ending;

  beforeAll(async () => {
    const awaited = ["--fault", "approval-awaited"];
    [live, planned] = await Promise.all([drive(aFolder(), awaited), drive(aFolder(), [...awaited, "--rehearsal"])]);
  });

  it("GAT-54 GAT-57 ALL-21: ends Released, with who agreed in the report and in the record", () => {
    expect(verdictIn(live.folder).verdict, live.output).toBe("Released");
    const report = readFileSync(join(live.folder, "report.html"), "utf8");
    expect(report).toContain("approved by grace (environment release, by 20");
    expect(evidence(live, "release-gates-approval_answer.json")).toContain("approved by grace");
    expect(evidence(live, "auto-tag.json")).toContain("approved by grace");
  });

  it("GAT-57: shows what is decided about before it asks", () => {
    const summary = readFileSync(join(live.folder, "summaries/prepare-collect.md"), "utf8");
    expect(summary).toContain("### Before you decide about v1.1.0");
    expect(summary).toContain("review environment `release` on the page of this run");
  });

  it("VER-18: is verified again by a stranger, the people's answers included", () => {
    const script = join(root, "scripts/verify-evidence.ts");
    expect(execFileSync(process.execPath, [script, live.folder], { encoding: "utf8" })).toContain("Released");
  });

  it("ALL-05: rehearsed, asks nobody, counts nothing as an approval, and has the digest of the live plan", () => {
    expect(planned.code, planned.output).toBe(0);
    expect(verdictIn(planned.folder)).toMatchObject({ verdict: null, outcome: "no-release" });
    expect(verdictIn(planned.folder)["plan-digest"]).toBe(verdictIn(live.folder)["plan-digest"]);
    expect(journalOf(live)).toContain("actions/get-reviews-for-run");
    expect(journalOf(planned)).not.toContain("actions/get-reviews-for-run");
    expect(evidence(planned, "release-gates-approval_answer.json")).toContain("gates.approval-rehearsed");
  });
});
