import { describe, expect, it } from "vitest";
import { gateSchema } from "#src/contract/config/gates";
import { approvalMinutes, gateMinutes, tagMinutes } from "#src/contract/config/job-minutes";
import { tagSection } from "#src/contract/config/tag";

const gateOf = (gate: object) => {
  const parsed = gateSchema.parse({ id: "a", ...gate });
  if (parsed.kind === "not-applicable") throw new Error("expected a gate that runs");
  return parsed;
};

describe("the minutes of a gate's job", () => {
  it.each([
    ["its command's time", { kind: "command", run: "make", timeout: "90s" }, 12],
    ["five hours", { kind: "command", run: "make", timeout: "5h" }, 310],
    [
      "its own command, its parts and both inputs of its self-test",
      {
        kind: "command",
        run: "make",
        timeout: "20m",
        parts: [{ id: "b", run: "b" }, { id: "c" }, { id: "d", run: "d", "not-applicable": "there is no such thing" }],
        "self-test": { good: "a", bad: "b" },
      },
      90,
    ],
    [
      "every run of both sides, and what prepares them",
      { kind: "benchmark", run: "make", prepare: "make", key: ["a"], value: "b", runs: 3, timeout: "10m" },
      90,
    ],
    ["what GitHub gives at most", { kind: "benchmark", run: "make", key: ["a"], value: "b", runs: 50 }, 360],
    ["the wait for checks", { kind: "checks", checks: ["ci"], wait: "2h" }, 130],
    ["the least", { kind: "lockstep" }, 10],
  ])("cover %s", (_what, gate, minutes) => {
    expect(gateMinutes(gateOf(gate))).toBe(minutes);
  });
});

describe("the minutes of the jobs after the gates", () => {
  it("cover the wait for people", () => {
    const ask = { kind: "approval", fallback: "issue", approvers: ["ada"], wait: "2h" };
    expect(approvalMinutes([gateOf({ kind: "lockstep" }), gateOf(ask)])).toBe(130);
    expect(approvalMinutes([])).toBe(10);
  });

  it.each([
    ["nothing where later jobs go on", { mode: "call" }, 10],
    ["the look for the run", { mode: "token", workflow: "a.yml", observe: "5m" }, 15],
    ["a followed run as well", { mode: "dispatch", workflow: "a.yml", follow: true, "follow-timeout": "5h" }, 312],
  ])("cover %s", (_what, next, minutes) => {
    expect(tagMinutes(tagSection.parse({ next }))).toBe(minutes);
  });
});
