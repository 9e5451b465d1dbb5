import { beforeAll, describe, expect, it } from "vitest";
import { titledFaults } from "../../rehearsal/faults/catalogue.ts";
import { aFolder, drive, type Ending, verdictIn } from "./drive.ts";
import { endsAsExpected, expectReleased } from "./endings.ts";

describe("a release of the module", () => {
  let live: Ending;
  let planned: Ending;

  beforeAll(async () => {
    const example = ["--example", "go-cli-homebrew"];
    [live, planned] = await Promise.all([drive(aFolder(), example), drive(aFolder(), [...example, "--rehearsal"])]);
  });

  it("ALL-25 PUB-23 PUB-30 SMK-10: ends Released, with module, assets and formula alike, and the program installed from the proxy", () => {
    expectReleased(live, { ownRelease: true });
  });

  it("PUB-22 ALL-05: planned in a rehearsal writes nothing, also not to the proxy, and has the digest of the live plan", () => {
    expect(planned.output).toContain("every server is as it was before");
    expect(planned.code, planned.output).toBe(0);
    expect(verdictIn(planned.folder)).toMatchObject({ verdict: null, outcome: "no-release" });
    expect(verdictIn(planned.folder)["plan-digest"]).toBe(verdictIn(live.folder)["plan-digest"]);
  });
});

describe.concurrent("a release of the module in which one thing goes wrong", () => {
  it.each(titledFaults("go-cli-homebrew"))("%s", async (_title, fault) => {
    await endsAsExpected(fault);
  });
});
