/** Runs the process of a step: its output line by line, and its end by itself, by interruption or with its machine. */
import { type ChildProcessByStdio, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { constants } from "node:os";
import type { Readable } from "node:stream";
import { StringDecoder } from "node:string_decoder";
import type { Delays } from "./contract.ts";
import { killTree, send } from "./process-tree.ts";

type Child = ChildProcessByStdio<null, Readable, Readable>;

/** What to start. `interrupt` begins SIGINT, SIGTERM, kill; `kill` ends the tree at once. */
export interface StepProcess {
  command: string;
  args: string[];
  cwd: string;
  env: Record<string, string>;
  interrupt: AbortSignal;
  kill: AbortSignal;
  delays: Delays;
  onLine(line: string): void;
}

/** How a process ended. An interrupted one is `interrupted`, whatever its exit code. */
export type Ending =
  | { how: "exited"; code: number }
  | { how: "interrupted" | "killed" }
  | { how: "not-started"; because: string };

/** Runs a process to its end. Nothing is thrown: a process that cannot start is an ending too. */
export async function runProcess(wanted: StepProcess): Promise<Ending> {
  if (wanted.kill.aborted) return { how: "killed" };
  if (wanted.interrupt.aborted) return { how: "interrupted" };
  if (!existsSync(wanted.cwd)) return { how: "not-started", because: `the directory '${wanted.cwd}' does not exist` };
  const child = spawn(wanted.command, wanted.args, {
    cwd: wanted.cwd,
    env: wanted.env,
    stdio: ["ignore", "pipe", "pipe"],
    // An own group: a key pressed in the terminal of the rehearsal must not reach the step directly.
    detached: true,
  });
  const flush = [lines(child.stdout, wanted.onLine), lines(child.stderr, wanted.onLine)];
  const stopSignals = passSignals(child, wanted);
  const exit = await ended(child, wanted.delays.drain);
  stopSignals();
  for (const rest of flush) rest();
  if (wanted.kill.aborted) return { how: "killed" };
  if (wanted.interrupt.aborted) return { how: "interrupted" };
  return exit;
}

/** GitHub signals the process itself, not its group: a shell waits for its child, and only the final kill takes the tree. */
function passSignals(child: Child, { interrupt, kill, delays }: StepProcess): () => void {
  const timers: NodeJS.Timeout[] = [];
  const { pid } = child;
  if (pid === undefined) return () => undefined;
  const onInterrupt = () => {
    send(pid, "SIGINT");
    timers.push(setTimeout(() => send(pid, "SIGTERM"), delays.interrupt));
    timers.push(setTimeout(() => killTree(pid), delays.interrupt + delays.terminate));
  };
  const onKill = () => killTree(pid);
  interrupt.addEventListener("abort", onInterrupt, { once: true });
  kill.addEventListener("abort", onKill, { once: true });
  return () => {
    interrupt.removeEventListener("abort", onInterrupt);
    kill.removeEventListener("abort", onKill);
    for (const timer of timers) clearTimeout(timer);
  };
}

function ended(child: Child, drain: number): Promise<Ending> {
  return new Promise((resolve) => {
    child.once("error", (error) => resolve({ how: "not-started", because: error.message }));
    child.once("exit", (code, signal) => {
      const ending: Ending = { how: "exited", code: code ?? 128 + (signal === null ? 0 : constants.signals[signal]) };
      // A process in the background may hold the pipes for as long as the job lives.
      const waited = setTimeout(() => {
        for (const stream of [child.stdout, child.stderr]) letGo(stream);
        resolve(ending);
      }, drain);
      child.once("close", () => {
        clearTimeout(waited);
        resolve(ending);
      });
    });
  });
}

/** A process that outlives its job must not keep this one waiting; what it says is still read meanwhile. */
function letGo(stream: Readable): void {
  if ("unref" in stream && typeof stream.unref === "function") stream.unref();
}

/** Splits a stream into lines; the returned function hands over what stands after the last line break. */
function lines(stream: Readable, onLine: (line: string) => void): () => void {
  const decoder = new StringDecoder("utf8");
  let rest = "";
  stream.on("data", (chunk: Buffer) => {
    const parts = (rest + decoder.write(chunk)).split(/\r?\n/);
    rest = parts.pop() ?? "";
    for (const line of parts) onLine(line);
  });
  return () => {
    if (rest !== "") onLine(rest);
    rest = "";
  };
}
