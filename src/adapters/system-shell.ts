import { type ChildProcessByStdio, spawn } from "node:child_process";
import { once } from "node:events";
import type { Readable } from "node:stream";
import { findProgram } from "#src/adapters/find-program";
import { type OutputTape, outputTape } from "#src/adapters/output-tape";
import { type ProcessGroup, processGroup } from "#src/adapters/process-group";
import type { Execution, Shell, ShellCommand } from "#src/ports/shell";

/** Where programs are looked for, and how long endings may take, in milliseconds. */
export interface ShellLimits {
  path: string;
  /** From TERM to KILL. */
  killAfter: number;
  /** From the end of the command to the TERM for what it left running in the background. */
  drainFor: number;
}

type Child = ChildProcessByStdio<null, Readable, Readable>;

const outputLimit = 256 * 1024;
const longestTimer = 2 ** 31 - 1;
const flags = ["--noprofile", "--norc"];

/**
 * Gives the line one true pipe for both of its outputs: Node would hand it sockets, which keep no order between them and
 * which `tee /dev/stderr` cannot open. The copier is born deaf to TERM and outlives it, so that last words are heard.
 */
const onePipe = `trap "" TERM; exec > >(exec cat) 2>&1; trap - TERM; exec "$BASH" ${flags.join(" ")} -eo pipefail -c "$1"`;

/**
 * Runs command lines by bash, each in a process group of its own; where no bash is found, nothing is started. Whatever a
 * command leaves in its group is killed when it ends.
 */
export function systemShell(limits: Partial<ShellLimits> = {}): Shell {
  const { path = process.env.PATH ?? "", killAfter = 10_000, drainFor = 1_000 } = limits;
  const which = (program: string) => findProgram(program, path);
  return {
    which,
    async run(command) {
      const bash = await which("bash");
      if (bash === undefined) return notStarted("expected bash on PATH, found none");
      return execute(bash, command, { path, killAfter, drainFor });
    },
  };
}

async function execute(bash: string, command: ShellCommand, limits: ShellLimits): Promise<Execution> {
  const began = performance.now();
  const tape = outputTape(outputLimit);
  const child = start(bash, command);
  if (child instanceof Error) return notStarted(child.message);
  if (child.pid === undefined) {
    const [reason] = await once(child, "error");
    return notStarted(String(reason));
  }
  const group = processGroup(child.pid);
  try {
    const ended = await attend({ child, group, tape }, command, limits);
    const duration = Math.round(performance.now() - began);
    if (ended.ending === "timed-out" || ended.ending === "idle") await emptied(group, limits.killAfter);
    return { ...ended, output: tape.text(), outputDigest: tape.digest(), duration };
  } finally {
    group.signal("SIGKILL");
    group.release();
  }
}

function start(bash: string, { line, directory, environment }: ShellCommand): Child | Error {
  try {
    return spawn(bash, [...flags, "-c", onePipe, "bash", line], {
      cwd: directory,
      env: environment,
      detached: true,
      stdio: ["ignore", "pipe", "pipe"],
    });
  } catch (thrown) {
    return thrown instanceof Error ? thrown : new Error(String(thrown));
  }
}

/** Follows a command to its end: listens, stops it when its time is up, and sees to what it leaves behind. */
async function attend(
  { child, group, tape }: { child: Child; group: ProcessGroup; tape: OutputTape },
  { timeout, idleTimeout }: ShellCommand,
  { killAfter, drainFor }: ShellLimits,
): Promise<Pick<Execution, "ending" | "exit" | "silence">> {
  let stopped: "timed-out" | "idle" | undefined;
  let [heard, silence] = [performance.now(), 0];
  const listen = () => {
    silence = Math.max(silence, performance.now() - heard);
    heard = performance.now();
  };
  const timers = new Set<NodeJS.Timeout>();
  const after = (milliseconds: number, act: () => void) => {
    const timer = setTimeout(act, Math.min(milliseconds, longestTimer));
    timers.add(timer);
    return timer;
  };
  const end = () => {
    group.signal("SIGTERM");
    after(killAfter, () => group.signal("SIGKILL"));
  };
  const stop = (reason: "timed-out" | "idle") => () => {
    if (stopped !== undefined || hasExited(child)) return;
    stopped = reason;
    end();
  };

  after(timeout, stop("timed-out"));
  const idle = idleTimeout === undefined ? undefined : after(idleTimeout, stop("idle"));
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk: Buffer) => {
      idle?.refresh();
      listen();
      tape.write(chunk);
    });
  }
  // Not with KILL at once: on a busy machine the copier may still have everything to read.
  child.once("exit", () => {
    if (stopped === undefined) after(drainFor, end);
  });

  await once(child, "close");
  timers.forEach(clearTimeout);
  listen();
  return { ...endingOf(child, stopped), silence: Math.round(silence) };
}

function endingOf({ exitCode }: Child, stopped: "timed-out" | "idle" | undefined): Pick<Execution, "ending" | "exit"> {
  if (stopped !== undefined) return { ending: stopped, exit: undefined };
  return exitCode === null ? { ending: "signalled", exit: undefined } : { ending: "exited", exit: exitCode };
}

/** Waits until a stopped group is gone: the first to die is often not the one that needs the time. */
async function emptied(group: ProcessGroup, longest: number): Promise<void> {
  const until = performance.now() + longest;
  while (group.lives() && performance.now() < until) await new Promise((resolve) => setTimeout(resolve, 20));
}

function hasExited(child: Child): boolean {
  return child.exitCode !== null || child.signalCode !== null;
}

function notStarted(reason: string): Execution {
  const tape = outputTape(outputLimit);
  tape.write(Buffer.from(reason));
  return {
    ending: "not-started",
    exit: undefined,
    output: reason,
    outputDigest: tape.digest(),
    duration: 0,
    silence: 0,
  };
}
