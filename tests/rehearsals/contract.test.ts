import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import * as z from "zod";
import { titledFaults } from "../../rehearsal/faults/catalogue.ts";
import { aFolder, drive, type Ending, verdictIn } from "./drive.ts";
import { endsAsExpected, expectReleased } from "./endings.ts";

const example = ["--example", "release-manager"];
const record = z.object({ checks: z.array(z.object({ id: z.string(), result: z.string(), because: z.string() })) });

describe("a release by an explicit contract", () => {
  let live: Ending;
  let planned: Ending;

  beforeAll(async () => {
    [live, planned] = await Promise.all([drive(aFolder(), example), drive(aFolder(), [...example, "--rehearsal"])]);
  });

  it("GAT-20 GAT-23 GAT-24 GAT-25 GAT-26 GAT-27 GAT-28: ends Released over its named gates", () => {
    expectReleased(live);
    const { checks } = record.parse(JSON.parse(readFileSync(join(live.folder, "evidence/release-gates.json"), "utf8")));
    expect(checks.map(({ id, result }) => `${id} ${result}`)).toEqual([
      "topology pass",
      "dependencies not-applicable",
      "memory-safety not-applicable",
      "concurrency pass",
      "performance pass",
      "stability pass",
      "documentation pass",
      "bindings pass",
      "ui-security pass",
      "licences pass",
      "ci pass",
      "chain-configured pass",
      "blockers-none-open pass",
    ]);
    expect(checks[1]?.because).toContain("depends on nothing");
  });

  it("ALL-05: planned in a rehearsal writes nothing and has the digest of the live plan", () => {
    expect(planned.output).toContain("every server is as it was before");
    expect(planned.code, planned.output).toBe(0);
    expect(verdictIn(planned.folder)["plan-digest"]).toBe(verdictIn(live.folder)["plan-digest"]);
  });

  it("PLN-01: has its own inputs overlaid by those that are given", async () => {
    const ended = await drive(aFolder(), [...example, "--input", "target=v1.2.0"]);
    expect(verdictIn(ended.folder).reason.code, ended.output).toBe("plan.target-invalid");
  });
});

describe.concurrent("a release by an explicit contract in which one thing goes wrong", () => {
  it.each(titledFaults("release-manager"))("%s", async (_title, fault) => {
    await endsAsExpected(fault);
  });
});
