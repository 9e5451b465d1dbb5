import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { faultNamed } from "../../rehearsal/faults/catalogue.ts";
import { aFolder, drive, verdictIn } from "./drive.ts";
import { expectMet } from "./endings.ts";

it("TAG-12 F02: a machine that vanishes right after the tag was written leaves no verdict, and --resume converges to Released with one tag", async () => {
  const folder = aFolder();
  const lost = await drive(folder, ["--fault", "killed-after-tag"]);
  expect(lost.code, lost.output).toBe(1);
  expect(lost.output).toContain("Verdict: lost");
  expectMet(faultNamed("killed-after-tag"), lost.folder);

  const resumed = await drive(folder, ["--resume"]);
  expect(verdictIn(resumed.folder).verdict, resumed.output).toBe("Released");
  expect(resumed.code).toBe(0);
  const journal = readFileSync(join(resumed.folder, "requests.jsonl"), "utf8").split("\n");
  expect(journal.filter((line) => line.includes('"git/create-ref"') && line.includes('"status":201'))).toHaveLength(1);
});
