import { describe, expect, it } from "vitest";
import { npmAnswer } from "#src/adapters/npm-answers";
import { anExecution } from "#src/testing/fake-shell";

const error = (code: string) => JSON.stringify({ error: { code, summary: "as it is" } });

describe("an answer of the npm client", () => {
  it.each([
    ["is its JSON", { output: '{"latest":"1.1.0"}' }, { value: { latest: "1.1.0" } }],
    ["is absent when the registry has no such thing", { exit: 1, output: error("E404") }, { absent: true }],
    ["is absent when no version fits", { exit: 1, output: error("ETARGET") }, { absent: true }],
    [
      "is corrupt when the digest differs",
      { exit: 1, output: error("EINTEGRITY") },
      { corrupt: "npm answered EINTEGRITY: as it is" },
    ],
    ["is unknown with any other error", { exit: 1, output: error("E503") }, { unknown: "npm answered E503: as it is" }],
  ])("%s", (_what, execution, expected) => {
    expect(npmAnswer(anExecution(execution))).toEqual(expected);
  });

  it.each([
    ["that is silent and succeeded", { exit: 0, output: "" }],
    ["that is blank and succeeded", { exit: 0, output: "\n" }],
    ["that is silent and failed", { exit: 1, output: "" }],
    ["that is JSON and failed", { exit: 1, output: "{}" }],
    ["that is no JSON", { exit: 0, output: "<html>" }],
    ["that is cut off", { exit: 0, output: '{"latest":' }],
    ["that was stopped", { ending: "timed-out" as const, exit: undefined, output: '{"latest":"1.1.0"}' }],
  ])("ALL-08: %s is unknown", (_what, execution) => {
    expect(npmAnswer(anExecution(execution))).toHaveProperty("unknown");
  });
});
