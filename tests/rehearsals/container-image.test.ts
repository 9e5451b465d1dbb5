import { describe, expect, it } from "vitest";
import { titledFaults } from "../../rehearsal/faults/catalogue.ts";
import { aFolder, drive, verdictIn } from "./drive.ts";
import { endsAsExpected, expectReleased } from "./endings.ts";

describe.concurrent("a release of the image", () => {
  it("ALL-25 PUB-30: ends Released, and planned in a rehearsal pushes nothing and has the same plan", async () => {
    const example = ["--example", "container-image"];
    const [live, planned] = await Promise.all([
      drive(aFolder(), example),
      drive(aFolder(), [...example, "--rehearsal"]),
    ]);
    expectReleased(live);
    expect(planned.output).toContain("every server is as it was before");
    expect(verdictIn(planned.folder), planned.output).toMatchObject({ verdict: null, outcome: "no-release" });
    expect(verdictIn(planned.folder)["plan-digest"]).toBe(verdictIn(live.folder)["plan-digest"]);
  });

  it.each(titledFaults("container-image"))("%s", async (_title, fault) => {
    await endsAsExpected(fault);
  });
});
