import { describe, expect, it } from "vitest";
import { readInputs, secretValues } from "#src/contract/read-inputs";
import { contract } from "./contract.ts";

describe("the inputs of release-gates", () => {
  it("collect in live mode, without a token, where nothing is given", () => {
    expect(readInputs(contract.inputs, {})).toEqual({
      given: { "release-mode": "live", records: "", gate: "", "github-token": "" },
    });
  });

  it("hold the token as a secret", () => {
    expect(secretValues(contract.inputs, { "INPUT_GITHUB-TOKEN": "t0ken" })).toEqual(["t0ken"]);
  });

  it.each(["../up", "A", "a b", "a/b", "x".repeat(61)])("refuse the gate %j, as it names an artifact", (gate) => {
    expect(readInputs(contract.inputs, { INPUT_GATE: gate })).toMatchObject({ complaints: [{ input: "gate" }] });
  });
});
