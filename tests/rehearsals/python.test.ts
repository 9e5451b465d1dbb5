import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { titledFaults } from "../../rehearsal/faults/catalogue.ts";
import { aFolder, drive, type Ending, verdictIn } from "./drive.ts";
import { endsAsExpected, expectReleased } from "./endings.ts";

describe("a release of the Python package", () => {
  let live: Ending;
  let planned: Ending;

  beforeAll(async () => {
    const example = ["--example", "python-package"];
    [live, planned] = await Promise.all([drive(aFolder(), example), drive(aFolder(), [...example, "--rehearsal"])]);
  });

  it("ALL-25 PUB-30 PUB-37 SMK-10: ends Released, with wheel and sdist on their index and installed from there", () => {
    expectReleased(live);
  });

  it("ALL-05: planned in a rehearsal writes nothing, also not to the index, and has the digest of the live plan", () => {
    expect(planned.output).toContain("every server is as it was before");
    expect(planned.code, planned.output).toBe(0);
    expect(verdictIn(planned.folder)).toMatchObject({ verdict: null, outcome: "no-release" });
    expect(verdictIn(planned.folder)["plan-digest"]).toBe(verdictIn(live.folder)["plan-digest"]);
  });
});

describe.concurrent("a release of the Python package in which one thing goes wrong", () => {
  it.each(titledFaults("python-package"))("%s", async (_title, fault) => {
    await endsAsExpected(fault);
  });
});

it("BLD-16 F45: an upload that broke off is completed by running the failed jobs again, with nothing that was there uploaded anew", async () => {
  const folder = aFolder();
  const broken = await drive(folder, ["--fault", "python-response-lost"]);
  expect(verdictIn(broken.folder).verdict, broken.output).toBe("Aborted");

  const resumed = await drive(folder, ["--resume"]);
  expect(verdictIn(resumed.folder).verdict, resumed.output).toBe("Released");
  const stored = readFileSync(join(resumed.folder, "world/python/files.json"), "utf8");
  expect(stored.match(/"filename": "example_moon_phase-1\.1\.0[^"]*"/g)).toEqual([
    '"filename": "example_moon_phase-1.1.0-py3-none-any.whl"',
    '"filename": "example_moon_phase-1.1.0.tar.gz"',
  ]);
});
