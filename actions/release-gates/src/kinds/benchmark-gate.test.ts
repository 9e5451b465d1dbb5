import { describe, expect, it } from "vitest";
import { conclude, decidingCode } from "#src/domain/verdict";
import type { Worktrees } from "#src/ports/worktrees";
import { aSha } from "#src/testing/builders";
import { anExecution } from "#src/testing/fake-shell";
import { fakeWorktrees } from "#src/testing/fake-worktrees";
import { type GateWorld, gateTrial } from "#src/testing/gate-trial";
import { releaseGates } from "../release-gates.ts";

const base = aSha("b");
const gate = { id: "speed", kind: "benchmark", run: "bench", key: ["bench"], value: "ms" };
const result = (ms: number) => JSON.stringify([{ bench: "append", ms }]);
const tags = { "v1.0.0": base };
const measuring = (ms: number) => fakeWorktrees(tags, (commit) => result(commit === base ? 1 : ms));
const fine = { lines: { bench: anExecution() } };

async function sit(changes: object, worktrees: Worktrees, world: GateWorld = fine) {
  const { given, context, ports } = gateTrial({ ...gate, ...changes }, world);
  const report = await releaseGates(given, context, { ...ports, worktrees });
  return { report, directories: ports.shell.commands.slice(1).map(({ directory }) => directory) };
}

describe("GAT-35: a leg of kind benchmark", () => {
  it("measures both sides in turns, in worktrees that it closes", async () => {
    const worktrees = measuring(1.1);
    const { report, directories } = await sit({}, worktrees);
    expect(conclude(report.checks).result).toBe("pass");
    const [old, young] = [`/trees/${base}`, `/trees/${aSha()}`];
    expect(directories).toEqual([old, young, young, old, old, young]);
    expect(worktrees.closed).toEqual([aSha(), base]);
  });

  it("GAT-36: fails by a regression, and shows it", async () => {
    const { report } = await sit({}, measuring(1.2));
    expect(decidingCode(report.checks)).toBe("gates.perf-regressed");
    expect(report.summary).toContain("| `append` | 1 | 1.2 | 20.0 % | regressed |");
    expect(JSON.parse(String(report.attachments?.[0]?.content))).toMatchObject({
      "base-tag": "v1.0.0",
      host: "a machine",
      regressions: ["append"],
      "comparable-scenarios": 1,
    });
  });

  it("prepares each side once, before it measures", async () => {
    const world = { lines: { bench: anExecution(), build: anExecution() } };
    const { directories } = await sit({ prepare: "build", runs: 1 }, measuring(1), world);
    expect(directories).toEqual([base, aSha(), base, aSha()].map((commit) => `/trees/${commit}`));
  });

  it.each([
    ["the base tag is not in the checkout", {}, fakeWorktrees(), fine, "inconclusive", "gates.perf-base-missing"],
    [
      "the configured base is not there",
      { base: "v0.9.0" },
      measuring(1),
      fine,
      "inconclusive",
      "gates.perf-base-missing",
    ],
    ["a run writes no result", {}, fakeWorktrees(tags), fine, "inconclusive", "gates.perf-runs-missing"],
    [
      "a run writes something else",
      {},
      fakeWorktrees(tags, () => "ok"),
      fine,
      "inconclusive",
      "gates.perf-results-unreadable",
    ],
    [
      "the last run writes nothing",
      {},
      fakeWorktrees(tags, (_side, run) => (run < 2 ? result(1) : undefined)),
      fine,
      "inconclusive",
      "gates.perf-runs-missing",
    ],
    [
      "the base does not run",
      {},
      measuring(1),
      { lines: { bench: anExecution({ exit: 1 }) } },
      "inconclusive",
      "gates.perf-runs-missing",
    ],
    [
      "a run takes too long",
      {},
      measuring(1),
      { lines: { bench: anExecution({ ending: "timed-out", exit: undefined }) } },
      "inconclusive",
      "gates.timeout",
    ],
  ] as const)("blocks when %s", async (_why, changes, worktrees, world, expected, code) => {
    const { report } = await sit(changes, worktrees, world);
    expect([conclude(report.checks).result, decidingCode(report.checks)]).toEqual([expected, code]);
  });

  it("fails when the candidate does not run", async () => {
    let turn = 0;
    const bench = () => anExecution({ exit: turn++ === 0 ? 0 : 1 });
    const worktrees = measuring(1);
    const { report } = await sit({}, worktrees, { lines: { bench } });
    expect(decidingCode(report.checks)).toBe("gates.failed");
    expect(worktrees.closed).toHaveLength(2);
  });

  it("is inconclusive when the machine is another one afterwards", async () => {
    let asked = 0;
    const host = () => `machine ${asked++}`;
    const { report } = await sit({}, { ...measuring(1), host });
    expect(decidingCode(report.checks)).toBe("gates.perf-host-differs");
  });
});
