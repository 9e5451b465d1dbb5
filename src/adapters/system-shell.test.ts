import { createHash } from "node:crypto";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { digestOfBytes } from "#src/domain/digest";
import type { ShellCommand } from "#src/ports/shell";
import { aProgram } from "#src/testing/a-program";
import { systemShell } from "./system-shell.ts";

const path = process.env.PATH ?? "";
const shell = systemShell({ path, killAfter: 300, drainFor: 200 });
let directory = "";

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "seaworthy-shell-"));
});
afterEach(async () => {
  await rm(directory, { recursive: true, force: true });
});

function aCommand(line: string, overrides: Partial<ShellCommand> = {}): ShellCommand {
  return { line, directory, environment: { PATH: path }, timeout: 15_000, ...overrides };
}

describe("a command line", () => {
  it.each([
    ["exits with 0 when it succeeds", "true", 0],
    ["exits with the code that it gives", "exit 42", 42],
    ["fails when one part of a pipe fails", "false | true", 1],
    ["fails at its first failing command", "false\necho went on", 1],
    ["fails where a program is unknown", "no-such-program-here", 127],
  ])("%s", async (_rule, line, exit) => {
    expect(await shell.run(aCommand(line))).toMatchObject({ ending: "exited", exit });
  });

  it("that kills itself is told from one that exits", async () => {
    expect(await shell.run(aCommand("kill -KILL $$"))).toMatchObject({ ending: "signalled", exit: undefined });
  });

  it("runs in the directory and with nothing but the environment that it was given", async () => {
    const found = await shell.run(aCommand("pwd; env | sort", { environment: { PATH: path, ONLY: "this" } }));
    const [where, ...variables] = found.output.trim().split("\n");
    expect(where).toBe(directory);
    expect(variables.map((line) => line.split("=")[0])).toEqual(["ONLY", "PATH", "PWD", "SHLVL", "_"]);
  });

  it("sees an empty standard input", async () => {
    expect(await shell.run(aCommand("wc -c"))).toMatchObject({ exit: 0, output: expect.stringMatching(/^\s*0\n$/) });
  });
});

describe("the output", () => {
  it("holds standard output and standard error in the order in which they were written", async () => {
    const line = "for n in 1 2 3 4 5 6 7 8; do echo out $n; echo err $n >&2; done";
    const { output } = await shell.run(aCommand(line));
    expect(output).toBe([1, 2, 3, 4, 5, 6, 7, 8].map((n) => `out ${n}\nerr ${n}\n`).join(""));
  });

  it("may be written to by way of /dev/stderr", async () => {
    expect(await shell.run(aCommand("echo twice | tee /dev/stderr"))).toMatchObject({
      exit: 0,
      output: "twice\ntwice\n",
    });
  });

  it("without a last newline is kept as it is", async () => {
    const found = await shell.run(aCommand("printf 'no newline'"));
    expect(found.output).toBe("no newline");
    expect(found.outputDigest).toBe(digestOfBytes("no newline"));
  });

  it("that is no text is digested byte by byte and shown with replacement characters", async () => {
    const found = await shell.run(aCommand("printf '\\377\\000\\001ok'"));
    expect(found.outputDigest).toBe(digestOfBytes(Uint8Array.from([255, 0, 1, 111, 107])));
    expect(found.output).toBe("\u{FFFD}\u0000\u0001ok");
  });

  it("is heard to its end where the machine is so busy that its reader starts long after the command has ended", async () => {
    const busy = join(directory, "busy");
    await aProgram(join(busy, "cat"), `#!/bin/sh\nsleep 0.6\nPATH='${path}' exec cat\n`);
    const hurried = systemShell({ path, killAfter: 10_000, drainFor: 100 });
    const found = await hurried.run(aCommand("echo heard", { environment: { PATH: `${busy}:${path}` } }));
    expect(found).toMatchObject({ ending: "exited", exit: 0, output: "heard\n" });
  });

  it("of many megabytes is digested whole and kept by its head and its tail", async () => {
    const found = await shell.run(aCommand("seq 1 1000000"));
    const whole = `${Array.from({ length: 1_000_000 }, (_, index) => index + 1).join("\n")}\n`;
    expect(found.outputDigest).toBe(`sha256:${createHash("sha256").update(whole).digest("hex")}`);
    expect(Buffer.byteLength(found.output)).toBeLessThanOrEqual(256 * 1024 + 100);
    expect(found.output).toMatch(/^1\n2\n/);
    expect(found.output).toMatch(/\n\[\d+ bytes are left out here\]\n/);
    expect(found.output).toMatch(/\n999999\n1000000\n$/);
  });
});

describe("a command that takes too long", () => {
  it("is stopped after its timeout and says so", async () => {
    const found = await shell.run(aCommand("echo started; sleep 60", { timeout: 200 }));
    expect(found).toMatchObject({ ending: "timed-out", exit: undefined, output: "started\n" });
    expect(found.duration).toBeLessThan(5_000);
  });

  it("is heard while it answers TERM", async () => {
    const line = "trap 'echo last words; exit 0' TERM; echo ready; sleep 60 2>/dev/null & wait";
    expect(await shell.run(aCommand(line, { timeout: 300 }))).toMatchObject({
      ending: "timed-out",
      output: "ready\nlast words\n",
    });
  });

  it("is killed when it ignores TERM", async () => {
    const found = await shell.run(aCommand("trap '' TERM; while :; do sleep 0.05; done", { timeout: 200 }));
    expect(found.ending).toBe("timed-out");
    expect(found.duration).toBeGreaterThanOrEqual(490);
  });

  it("takes its grandchildren with it, those that ignore TERM too", async () => {
    const line = "(trap '' TERM; echo $BASHPID > deaf; sleep 60) & sleep 60 & echo $! > plain; wait";
    const found = await shell.run(aCommand(line, { timeout: 400 }));
    expect(found.ending).toBe("timed-out");
    for (const name of ["deaf", "plain"]) expect(await isRunning(name)).toBe(false);
  });

  it("leaves a child whose output goes elsewhere the time between TERM and KILL", async () => {
    const line = "(trap 'sleep 0.1; echo done > tidied; exit' TERM; while :; do sleep 0.02; done) >/dev/null 2>&1";
    await shell.run(aCommand(line, { timeout: 300 }));
    expect(await readFile(join(directory, "tidied"), "utf8")).toBe("done\n");
  });
});

describe("a command without output", () => {
  it("is stopped after its idle time", async () => {
    const found = await shell.run(aCommand("echo once; sleep 60", { idleTimeout: 250 }));
    expect(found).toMatchObject({ ending: "idle", exit: undefined, output: "once\n" });
    expect(found.silence).toBeGreaterThanOrEqual(240);
  });

  it("goes on as long as any byte comes, from either output", async () => {
    const line = "for n in 1 2 3 4 5 6; do printf . >&2; sleep 0.1; printf .; sleep 0.1; done";
    expect(await shell.run(aCommand(line, { idleTimeout: 700 }))).toMatchObject({ ending: "exited", exit: 0 });
  });
});

describe("what a command leaves running", () => {
  it("is killed and does not hold up the end", async () => {
    const found = await shell.run(aCommand("sleep 60 & echo $! > left; echo done"));
    expect(found).toMatchObject({ ending: "exited", exit: 0, output: "done\n" });
    expect(found.duration).toBeLessThan(5_000);
    expect(await isRunning("left")).toBe(false);
  });
});

describe("nothing to run it with", () => {
  it("ALL-03: a missing bash is a command that was not started, never a passed one", async () => {
    const found = await systemShell({ path: directory }).run(aCommand("true"));
    expect(found).toMatchObject({
      ending: "not-started",
      exit: undefined,
      output: "expected bash on PATH, found none",
    });
  });

  it("a missing directory is a command that was not started", async () => {
    const found = await shell.run(aCommand("true", { directory: join(directory, "gone") }));
    expect(found).toMatchObject({ ending: "not-started", exit: undefined });
  });

  it("a line that no process can be given is a command that was not started", async () => {
    expect(await shell.run(aCommand("echo \u0000"))).toMatchObject({ ending: "not-started", exit: undefined });
  });
});

describe("a program", () => {
  it("is found on PATH with its whole path", async () => {
    expect(await shell.which("bash")).toMatch(/^\/.*\/bash$/);
  });

  it.each(["no-such-program-here", "", ".", "./bash", "etc"])("named %j is not found", async (program) => {
    expect(await systemShell({ path: `:${path}:/` }).which(program)).toBeUndefined();
  });
});

async function isRunning(pidFile: string): Promise<boolean> {
  const pid = Number(await readFile(join(directory, pidFile), "utf8"));
  try {
    const stat = await readFile(`/proc/${pid}/stat`, "utf8");
    return !/^\d+ \(.*\) Z/.test(stat);
  } catch {
    return false;
  }
}
