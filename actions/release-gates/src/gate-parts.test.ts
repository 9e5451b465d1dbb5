import { describe, expect, it } from "vitest";
import * as z from "zod";
import { presets } from "#src/contract/presets";
import { conclude, decidingCode } from "#src/domain/verdict";
import type { Execution } from "#src/ports/shell";
import { anExecution } from "#src/testing/fake-shell";
import { gateTrial } from "#src/testing/gate-trial";
import { releaseGates } from "./release-gates.ts";

async function judge(gate: object, lines: Record<string, Execution>) {
  const { given, context, ports } = gateTrial({ id: "bindings", kind: "command", ...gate }, { lines });
  const report = await releaseGates(given, context, ports);
  return { report, code: decidingCode(report.checks), lines: ports.shell.commands.map(({ line }) => line) };
}

const ok = anExecution({ output: "fine\n" });
const bad = anExecution({ exit: 1, output: "broken\n" });
const parts = [
  { id: "node", run: "try node" },
  { id: "python", run: "try python" },
];

const presetForm = z.object({
  gates: z.array(z.object({ id: z.string(), parts: z.array(z.looseObject({ id: z.string() })).default([]) })),
});

describe("GAT-27: a gate of parts", () => {
  it("passes when each of them does, each with a check and a log of its own", async () => {
    const { report } = await judge({ parts }, { "try node": ok, "try python": ok });
    expect(report.checks.map(({ id, result }) => `${id} ${result}`)).toEqual([
      "bindings pass",
      "bindings:node pass",
      "bindings:python pass",
    ]);
    expect(report.attachments?.map(({ name }) => name)).toEqual(["log-node.txt", "log-python.txt"]);
    expect(report.checks[0]?.because).toBe("parts node, python passed");
  });

  it("runs all of them, and fails by one with the gate's own code", async () => {
    const { code, report, lines } = await judge(
      { parts, "fails-as": "gates.bindings" },
      { "try node": bad, "try python": ok },
    );
    expect(code).toBe("gates.bindings");
    expect(lines.slice(1)).toEqual(["try node", "try python"]);
    expect(report.checks[0]?.because).toMatch(/^part node: expected exit code 0, found 1/);
    expect(report.checks[1]?.evidence).toContain("told by gates.failed");
  });

  it.each([
    ["invariants", "gates.unsafe-invariant-unclear"],
    ["tests", "gates.unsafe-untested"],
  ])("GAT-22: fails by the code of its part, as the preset names it for memory safety: %s", async (failing, code) => {
    const { gates } = presetForm.parse(presets["release-manager"].config);
    const safety = gates.find(({ id }) => id === "memory-safety") ?? { parts: [] };
    const lines = Object.fromEntries(safety.parts.map(({ id }) => [`try ${id}`, id === failing ? bad : ok]));
    const tried = safety.parts.map((part) => ({ ...part, run: `try ${part.id}` }));
    expect((await judge({ parts: tried, "fails-as": "gates.bindings" }, lines)).code).toBe(code);
  });

  it("GAT-06: says of an index that is out of reach that the environment failed", async () => {
    const outage = anExecution({ exit: 1, output: "npm error code ENOTFOUND\n" });
    const { report } = await judge({ parts }, { "try node": outage, "try python": ok });
    expect(report.checks[1]?.evidence).toContain("class environment");
  });

  it.each([
    ["counts no test at all", {}, "gates.zero-tests"],
    ["counts none of the number it must execute", { "min-executed": 2 }, "gates.zero-tests"],
  ])("GAT-06: proves nothing by a part that %s", async (_how, more, expected) => {
    const none = anExecution({
      output: "test result: ok. 0 passed; 0 failed; 0 ignored; 0 measured; 12 filtered out\n",
    });
    const { code, report } = await judge({ parts: [{ id: "node", run: "try node", ...more }] }, { "try node": none });
    expect(code).toBe(expected);
    expect(conclude(report.checks).result).toBe("inconclusive");
  });

  it("asks each part for its own least number of tests", async () => {
    const three = anExecution({ output: "test result: ok. 3 passed; 0 failed; 0 ignored; 0 measured\n" });
    const ask = (least: number) =>
      judge({ parts: [{ id: "node", run: "try node", "min-executed": least }] }, { "try node": three });
    expect((await ask(3)).code).toBeUndefined();
    expect((await ask(4)).code).toBe("gates.too-few-tests");
    const silent = [{ id: "node", run: "try node", "min-executed": 1 }];
    expect((await judge({ parts: silent }, { "try node": ok })).code).toBe("gates.tests-uncounted");
  });

  it("refuses a least number for a part that has no command of its own", async () => {
    const told = { run: "just all", parts: [{ id: "node", "min-executed": 1 }] };
    await expect(judge(told, { "just all": ok })).rejects.toThrow(/expected `run`, whose tests are counted/);
  });

  it("records a part that is not applicable, with its reason", async () => {
    const without = [parts[0], { id: "python", "not-applicable": "nothing is bound to Python" }];
    const { report, lines } = await judge({ parts: without }, { "try node": ok });
    expect(report.checks[2]).toMatchObject({ result: "not-applicable", because: "nothing is bound to Python" });
    expect(conclude(report.checks).result).toBe("pass");
    expect(lines).not.toContain("try python");
  });

  it("that is advisory has parts that never decide", async () => {
    const { report } = await judge({ parts, required: false }, { "try node": bad, "try python": ok });
    expect(conclude(report.checks)).toEqual({ result: "pass", decidedBy: ["bindings:reported"] });
  });
});

describe("GAT-30: a recipe", () => {
  const recipe = { run: "just release-gate", parts: [{ id: "check" }, { id: "abi" }] };
  const tells = (output: string, exit = 0) => judge(recipe, { "just release-gate": anExecution({ exit, output }) });

  it("passes when it tells each of its parts as passed", async () => {
    expect((await tells("part check: passed\nx\npart abi: passed\n")).code).toBeUndefined();
  });

  it.each([
    ["a part of which it says nothing", "part check: passed\n"],
    ["a part of a longer name", "part check: passed\npart abi-2: passed\n"],
    ["a part in the middle of a line", "part check: passed\nno part abi: passed\n"],
  ])("proves nothing of %s", async (_what, output) => {
    const { code, report } = await tells(output);
    expect(code).toBe("gates.recipe-part-missing");
    expect(conclude(report.checks).result).toBe("inconclusive");
  });

  it("reads what it tells in colour", async () => {
    const red = "\u001b[31mpart abi: failed\u001b[0m\n";
    expect((await tells(`${red}part abi: passed\npart check: passed\n`)).code).toBe("gates.failed");
    expect((await tells("\u001b[32mpart abi: passed\u001b[0m\npart check: passed\n")).code).toBeUndefined();
  });

  it("fails by a part that it tells as failed, even once", async () => {
    const { code } = await tells("part abi: failed\npart abi: passed\npart check: passed\n");
    expect(code).toBe("gates.failed");
  });

  it("fails by its own exit code, whatever it tells", async () => {
    expect((await tells("part check: passed\npart abi: passed\n", 2)).code).toBe("gates.failed");
  });
});

describe("GAT-04: a gate that names its failure", () => {
  const gate = { run: "go test", "fails-as": "gates.local-check-failed" };

  it("fails by that name, and keeps the other in its evidence", async () => {
    const { code, report } = await judge(gate, { "go test": bad });
    expect(code).toBe("gates.local-check-failed");
    expect(report.checks[0]?.evidence).toContain("told by gates.failed");
  });

  it("GAT-31: fails by a clean place in which the product does not start", async () => {
    const undeclared = anExecution({ exit: 1, output: "Error [ERR_MODULE_NOT_FOUND]: Cannot find package 'tides'\n" });
    const install = { run: "install and import", "fails-as": "gates.clean-install" };
    expect((await judge(install, { "install and import": undeclared })).code).toBe("gates.clean-install");
  });

  it("has not failed where cached results are all there is", async () => {
    const cached = anExecution({ output: "ok  \tgithub.example/tide\t(cached)\n" });
    expect((await judge(gate, { "go test": cached })).code).toBe("gates.zero-tests");
  });
});

describe("GAT-05 F22: a gate that writes to a folder", () => {
  const gate = { run: "pack", scratch: [".scratch/it's"] };
  const attempt = 'mkdir -p "$folder" && file=$(mktemp "$folder/probe.XXXXXX") && rm "$file"';
  const probe = `for folder in "\${TMPDIR:-/tmp}" '.scratch/it'\\''s'; do ${attempt} || exit 1; done`;

  it("runs once the folder is there", async () => {
    expect((await judge(gate, { [probe]: ok, pack: ok })).code).toBeUndefined();
  });

  it("runs nothing where it cannot be written", async () => {
    const refused = anExecution({ exit: 1, output: "mkdir: cannot create directory: Read-only file system\n" });
    const { code, lines } = await judge({ ...gate, "fails-as": "gates.bindings" }, { [probe]: refused, pack: ok });
    expect(code).toBe("gates.scratch-unwritable");
    expect(lines).not.toContain("pack");
  });

  it.each([
    ["with a failure", 1],
    ["with success", 0],
  ])("is blocked by a tool that misses its temporary directory and ends %s", async (_how, exit) => {
    const output = "mktemp: failed to create directory via template '/x/tmp.XXX': No such file or directory\n";
    expect((await judge({ run: "pack" }, { pack: anExecution({ exit, output }) })).code).toBe(
      "gates.scratch-unwritable",
    );
  });
});
