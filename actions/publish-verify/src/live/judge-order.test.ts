import { describe, expect, it } from "vitest";
import { configSchema } from "#src/contract/config/schema";
import { anArrival, aRecord } from "#src/testing/builders";
import { judgeOrder } from "./judge-order.ts";

const looked = (leg: string, result: "pass" | "fail" = "pass") =>
  anArrival(aRecord({ stage: "publish-verify", leg, verdict: { result, "decided-by": ["one"] } }));
const judged = (config: object, ...admitted: ReturnType<typeof looked>[]) =>
  judgeOrder({ admitted, refused: [] }, configSchema.parse(config));

const npm = { id: "npm", kind: "npm", package: "tide", publishing: { by: "token" } };

describe("what has to come before the upload", () => {
  it.each<[mode: string, config: object]>([
    ["provenance", { provenance: { workflow: "release.yml" } }],
    ["preflight", { channels: [npm] }],
  ])("BLD-14 BLD-18: is the look in the mode %s where the configuration asks for it", (mode, config) => {
    expect(judged(config)).toMatchObject([{ result: "fail", code: "publish.order-violated" }]);
    expect(judged(config, looked(mode, "fail"))).toMatchObject([{ result: "fail", code: "publish.order-violated" }]);
    expect(judged(config, looked(mode))).toMatchObject([{ result: "pass" }]);
  });

  it("BLD-14: is nothing where the configuration asks for nothing, or only for an optional channel", () => {
    expect(judged({})).toEqual([]);
    expect(judged({ channels: [{ ...npm, required: false }] })).toEqual([]);
  });
});
