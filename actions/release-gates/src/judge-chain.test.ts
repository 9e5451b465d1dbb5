import { describe, expect, it } from "vitest";
import { configSchema } from "#src/contract/config/schema";
import { judgeChain } from "./judge-chain.ts";

const whole = {
  channels: [{ id: "npm", kind: "npm", package: "tide" }],
  smoke: { scenarios: [{ id: "version", run: "tide --version", expect: { version: true } }] },
  watch: { "not-applicable": "a library has no host" },
};
const judged = (config: object) => judgeChain(configSchema.parse(config));

describe("ALL-15: the stages behind the tag", () => {
  it("pass when each has something to prove its part with", () => {
    expect(judged(whole)).toMatchObject({ result: "pass", required: true });
  });

  it.each([
    ["no channel", { channels: [] }, "channels"],
    ["only optional channels", { channels: [{ ...whole.channels[0], required: false }] }, "channels"],
    ["no scenario", { smoke: {} }, "smoke.scenarios"],
    [
      "no scenario that takes the product",
      { smoke: { scenarios: [{ ...whole.smoke.scenarios[0], install: "none" }] } },
      "smoke.scenarios",
    ],
    [
      "only scenarios that do not decide",
      { smoke: { scenarios: [{ ...whole.smoke.scenarios[0], required: false }] } },
      "smoke.scenarios",
    ],
    ["no word on watching", { watch: undefined }, "watch"],
  ])("are unproven before the tag with %s", (_what, change, named) => {
    const check = judged({ ...whole, ...change });
    expect(check).toMatchObject({ result: "inconclusive", code: "gates.chain-incomplete" });
    expect(check.because).toContain(named);
  });

  it("are told all at once", () => {
    expect(judged({}).because.split(";")).toHaveLength(4);
  });
});
