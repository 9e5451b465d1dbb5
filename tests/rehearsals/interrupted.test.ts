import { type ChildProcess, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { root } from "../root.ts";
import { aFolder, drive, verdictIn } from "./drive.ts";

describe.concurrent("a rehearsal that is interrupted", () => {
  it("by Ctrl-C cancels its run once: the verdict speaks, and everything is printed", async () => {
    const folder = aFolder();
    const { child, ended, said } = start(folder);
    await said("✓ Prepare / What are we releasing?");
    process.kill(-(child.pid ?? 0), "SIGINT");
    const { code, output } = await ended;
    expect(verdictIn(join(folder, "latest")).verdict, output).toBe("Aborted");
    expect(output).toContain("Verdict: Aborted (");
    expect(existsSync(join(folder, "latest/report.html")), output).toBe(true);
    expect(code, output).toBe(1);
  });

  it("by SIGKILL goes on with --resume, and only what was lost runs again", async () => {
    const folder = aFolder();
    const { child, ended, said } = start(folder);
    await said("✓ Prepare / What are we releasing?");
    process.kill(-(child.pid ?? 0), "SIGKILL");
    await ended;
    const resumed = await drive(folder, ["--resume"]);
    expect(resumed.output).not.toContain("What are we releasing?");
    expect(verdictIn(resumed.folder).verdict, resumed.output).toBe("Released");
  });
});

/** Starts the command in a process group of its own, as a terminal does. */
function start(folder: string) {
  const child: ChildProcess = spawn(process.execPath, [join(root, "scripts/rehearse.mjs"), "--output", folder], {
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  const listeners = new Set<() => void>();
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on("data", (chunk: Buffer) => {
      output += chunk.toString();
      for (const listener of listeners) listener();
    });
  }
  const ended = new Promise<{ code: number | null; output: string }>((resolve) => {
    child.on("close", (code) => resolve({ code, output }));
  });
  const said = (text: string) =>
    new Promise<void>((resolve) => {
      listeners.add(() => {
        if (output.includes(text)) resolve();
      });
    });
  return { child, ended, said };
}
