import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import * as z from "zod";
import { root } from "../root.ts";
import { aFolder, drive, type Ending, verdictIn } from "./drive.ts";
import { expectReleased } from "./endings.ts";

const request = z.object({ stage: z.string(), route: z.string() });

describe("a release of the package", () => {
  let live: Ending;
  let planned: Ending;

  beforeAll(async () => {
    [live, planned] = await Promise.all([drive(aFolder(), []), drive(aFolder(), ["--rehearsal"])]);
  });

  it("ALL-25: ends Released with exit code 0, few requests, a report and every record", () => {
    expectReleased(live);
    for (const name of ["report.html", "report.md", "verdict.json", "requests.jsonl", "evidence/plan-release.json"]) {
      expect(existsSync(join(live.folder, name)), name).toBe(true);
    }
  });

  it("shows nothing red, and nothing advisory that failed", () => {
    const page = readFileSync(join(live.folder, "report.html"), "utf8");
    expect(page).toContain('class="pill pass"');
    expect(page).not.toMatch(/class="pill (fail|refused|advisory)"/);
  });

  it("VER-18: is verified again by a stranger from its folder alone", () => {
    const output = execFileSync(process.execPath, [join(root, "scripts/verify-evidence.ts"), live.folder], {
      encoding: "utf8",
    });
    expect(output).toContain("Released");
  });

  it("ALL-05: planned in a rehearsal writes nothing, is no release, and has the digest of the live plan", () => {
    expect(planned.output).toContain("every server is as it was before");
    expect(planned.code, planned.output).toBe(0);
    expect(verdictIn(planned.folder)).toMatchObject({ verdict: null, outcome: "no-release" });
    expect(verdictIn(planned.folder)["plan-digest"]).toBe(verdictIn(live.folder)["plan-digest"]);
  });

  it("TAG-18: writes its tag and reads it back by three API requests, within its budget of four", () => {
    const lines = readFileSync(join(live.folder, "requests.jsonl"), "utf8").split("\n").filter(Boolean);
    const ofTag = lines.map((line) => request.parse(JSON.parse(line))).filter(({ stage }) => stage === "tag");
    const routes = ofTag.map(({ route }) => route).filter((route) => !route.startsWith("git/git-"));
    expect(routes).toEqual(["git/create-tag", "git/create-ref", "git/get-tag"]);
  });
});

describe("other releases", () => {
  it("Seaworthy releases itself with itself", async () => {
    const checkout = join(aFolder(), "checkout");
    execFileSync("git", ["clone", "--quiet", root, checkout]);
    finaliseChangelog(checkout);
    const ended = await drive(aFolder(), ["--repo", checkout]);
    expect(verdictIn(ended.folder).verdict, ended.output).toBe("Released");
  });
});

/** Leaves out what is noted for a version after this one, which no release of this one may hold. */
function finaliseChangelog(checkout: string): void {
  const file = join(checkout, "CHANGELOG.md");
  const text = readFileSync(file, "utf8");
  const finalised = text.replace(/(?<=^## \[Unreleased\]\n)[\s\S]*?(?=^## \[\d)/m, "\n");
  if (finalised === text) return;
  writeFileSync(file, finalised);
  const identity = ["-c", "user.name=Ada", "-c", "user.email=ada@example.org"];
  execFileSync("git", [
    "-C",
    checkout,
    ...identity,
    "commit",
    "--quiet",
    "--all",
    "--message=chore: finalise the changelog",
  ]);
}
