import { describe, expect, it } from "vitest";
import { configSchema } from "#src/contract/config/schema";
import { expectation } from "#src/contract/config/smoke-expectations";
import { anExecution } from "#src/testing/fake-shell";
import { judgeFiles, judgeOutput } from "./expectations.ts";
import { judgeEnding } from "./judge-command.ts";
import { hasOracle } from "./scenario-steps.ts";

const scenarioOf = (given: object = {}) => {
  const [scenario] = configSchema.parse({
    smoke: { scenarios: [{ id: "one", run: "buoy", timeout: "90s", expect: given }] },
  }).smoke.scenarios;
  if (!scenario) throw new Error("expected a scenario, found none");
  return scenario;
};
const expectOf = (given: object) => expectation.parse(given);
const bytes = (text: string) => new TextEncoder().encode(text);

describe("SMK-06: an oracle", () => {
  it.each([
    ["is an exit code", { exit: 0 }, true],
    ["is a text", { "output-contains": ["ok"] }, true],
    ["is the version", { version: true }, true],
    ["is a file", { files: ["out.txt"] }, true],
    ["is a value in a JSON-lines file", { "json-lines": [{ file: "a", pointer: "/a", equals: 1 }] }, true],
    ["is missing where nothing is stated", {}, false],
    ["is missing where all lists are empty", { "output-contains": [], files: [], version: false }, false],
  ])("%s", (_rule, given, found) => {
    expect(hasOracle(scenarioOf(given))).toBe(found);
  });
});

describe("the ending of a command", () => {
  it.each([
    ["is as expected with exit code 0 where none is stated", {}, { exit: 0 }, undefined],
    ["is as expected with the stated exit code", { exit: 3 }, { exit: 3 }, undefined],
    ["fails with another exit code", {}, { exit: 1 }, "smoke.case-failed"],
    ["fails with 0 where another is stated", { exit: 3 }, { exit: 0 }, "smoke.case-failed"],
    ["fails by a signal", {}, { ending: "signalled", exit: undefined }, "smoke.case-failed"],
    ["hangs", {}, { ending: "timed-out", exit: undefined }, "smoke.hung"],
    ["falls silent", {}, { ending: "idle", exit: undefined }, "smoke.hung"],
    ["is the harness's where it never started", {}, { ending: "not-started", exit: undefined }, "smoke.harness-failed"],
  ] as const)("%s", (_rule, { exit: wanted = 0 }: { exit?: number }, execution, code) => {
    const limits = { timeout: "90s", idle: "10s" };
    expect(judgeEnding(anExecution(execution), { wanted, limits })[0]?.code).toBe(code);
  });
});

describe("the output", () => {
  it("SMK-05 ALL-10: version 0.1.1 is not found in 0.1.10", () => {
    const findings = judgeOutput(expectOf({ version: true }), "buoy 0.1.10", "0.1.1");
    expect(findings.map(({ code }) => code)).toEqual(["smoke.wrong-version"]);
  });

  it("holds the version in colour", () => {
    expect(judgeOutput(expectOf({ version: true }), "buoy \u001b[32m0.1.1\u001b[0m", "0.1.1")).toEqual([]);
  });

  it("is not asked for the version unless the scenario says so", () => {
    expect(judgeOutput(expectOf({ exit: 0 }), "nothing", "0.1.1")).toEqual([]);
  });

  it("reports every text that is missing", () => {
    const findings = judgeOutput(expectOf({ "output-contains": ["one", "two", "three"] }), "two", "0.1.1");
    expect(findings.map(({ because }) => because).join()).toMatch(/"one".*"three"/);
    expect(findings).toHaveLength(2);
  });
});

describe("files", () => {
  const line = (pointer: string, equals: unknown) => ({ "json-lines": [{ file: "log.jsonl", pointer, equals }] });
  const log = new Map([["log.jsonl", bytes('{"completed":false}\n{"completed":true,"tries":[1]}\n')]]);

  it("SMK-01: a missing file fails, an empty one is there", () => {
    const files = new Map([["b", bytes("")]]);
    expect(judgeFiles(expectOf({ files: ["a", "b"] }), files)).toEqual([
      { code: "smoke.case-failed", class: "product", because: "expected the file a, found none" },
    ]);
  });

  it.each([
    ["the last line decides, not an earlier one", line("/completed", true), 0],
    ["a value of an earlier line does not count", line("/completed", false), 1],
    ["a nested value is found", line("/tries/0", 1), 0],
    ["a number is not a text", line("/tries/0", "1"), 1],
    ["a structure is compared whole", line("/tries", [1]), 0],
    ["a pointer that leads nowhere fails", line("/absent", true), 1],
    ["null is not absence", line("/absent", null), 1],
  ])("%s", (_rule, given, count) => {
    expect(judgeFiles(expectOf(given), log)).toHaveLength(count);
  });

  it.each([
    ["alternate as expected", ["one", "two", "one"], 0],
    ["are in another order", ["two", "one", "one"], 1],
    ["are more than expected", ["one", "two"], 1],
    ["lack one of those expected", ["one", "two", "one", "two"], 1],
  ])("SMK-13 F53: the values of all lines %s", (_rule, equals, count) => {
    const runs = ["one", "two", "one"].map((agent) => JSON.stringify({ agent })).join("\n");
    const sequence = { sequences: [{ file: "runs.jsonl", pointer: "/agent", equals }] };
    expect(judgeFiles(expectOf(sequence), new Map([["runs.jsonl", bytes(`${runs}\n`)]]))).toHaveLength(count);
    expect(judgeFiles(expectOf(sequence), new Map())).toHaveLength(1);
  });

  it.each([
    ["an instant", "2026-03-01T10:00:00Z", 0],
    ["another text", "yesterday", 1],
    ["no text", 20260301, 1],
    ["nothing", null, 1],
  ])("SMK-13: where the value cannot be known, its form is: %s", (_what, ended, count) => {
    const lines = { "json-lines": [{ file: "log.jsonl", pointer: "/ended_at", matches: "^\\d{4}-\\d\\d-" }] };
    const files = new Map([["log.jsonl", bytes(JSON.stringify({ ended_at: ended }))]]);
    expect(judgeFiles(expectOf(lines), files)).toHaveLength(count);
  });

  it("wants a value or its form, one of them", () => {
    const both = { file: "a", pointer: "/a", equals: 1, matches: "1" };
    expect(expectation.safeParse({ "json-lines": [both] }).success).toBe(false);
    expect(expectation.safeParse({ "json-lines": [{ file: "a", pointer: "/a" }] }).success).toBe(false);
  });

  it.each([
    ["absent", new Map()],
    ["empty", new Map([["log.jsonl", bytes("")]])],
    ["not JSON", new Map([["log.jsonl", bytes("{")]])],
  ])("a JSON-lines file that is %s fails", (_what, files) => {
    expect(judgeFiles(expectOf(line("", {})), files)).toHaveLength(1);
  });
});
