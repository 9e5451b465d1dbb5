import { describe, expect, it } from "vitest";
import { legAttachment } from "#src/domain/chain";
import { canonicalJson } from "#src/domain/digest";
import { aContext, anArrival, aRecord } from "#src/testing/builders";
import { gatherFacts } from "./facts.ts";

const linux = anArrival(aRecord({ stage: "build-manifest", leg: "linux" }));
const arm = anArrival(aRecord({ stage: "build-manifest", leg: "arm" }));
const links = [linux, arm].map(({ artifact, digest, record: { leg } }) => ({
  ...{ stage: "build-manifest" as const, leg, artifact, digest },
}));
const joined = anArrival(
  aRecord({ stage: "build-manifest", consumed: links }),
  Object.fromEntries([linux, arm].map(({ record }) => [legAttachment(record.leg), canonicalJson(record)])),
);
const names = (records: { artifact: string }[]) => records.map(({ artifact }) => artifact);

describe("the legs of a build", () => {
  it("BLD-12: are legs of the record that joined them, which carries them along", () => {
    const facts = gatherFacts("", aContext({}, [joined]));
    expect(names(facts.legs)).toEqual(["seaworthy-build-manifest-arm-1", "seaworthy-build-manifest-linux-1"]);
    expect(names(facts.admitted)).toContain("seaworthy-build-manifest-1");
    expect(facts.refused).toEqual([]);
  });

  it("are counted once where they were handed over as well", () => {
    const facts = gatherFacts("", aContext({}, [joined, linux, arm]));
    expect(names(facts.legs)).toEqual(["seaworthy-build-manifest-arm-1", "seaworthy-build-manifest-linux-1"]);
    expect(names(facts.admitted).filter((name) => name.includes("linux"))).toEqual([]);
  });

  it("stand for themselves where nothing has joined them", () => {
    const facts = gatherFacts("", aContext({}, [linux, arm]));
    expect([facts.legs, names(facts.admitted).length]).toEqual([[], 3]);
  });

  it("F32: are refused where another record of the same leg was handed over beside them", () => {
    const other = anArrival(aRecord({ stage: "build-manifest", leg: "linux", next: "Another." }));
    expect(gatherFacts("", aContext({}, [joined, other])).refused).toMatchObject([{ code: "all.evidence-doubled" }]);
  });
});
