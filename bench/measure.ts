import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";

/** A command to be measured; `code` is how it ends where it does what it is measured for. */
export interface Command {
  argv: [program: string, ...rest: string[]];
  directory: string;
  environment?: NodeJS.ProcessEnv;
  code?: number;
}

/** What a command took: the median of its runs, and the largest resident size of one of its processes where the system tells it. */
export interface Cost {
  milliseconds: number;
  megabytes: number | undefined;
}

/** Why a command has no cost. */
export interface Unmeasured {
  because: string;
}

/** Milliseconds after which a run is given up. */
const patience = 180_000;
const lookEvery = 15;

/** Measures a command: three runs for the time, or one where it takes long, and another one for the memory, as looking costs time. */
export async function measure(command: () => Command): Promise<Cost | Unmeasured> {
  const first = await run(command());
  if ("because" in first) return first;
  const times = [first.milliseconds];
  while (times.length < 3 && first.milliseconds < 10_000) {
    const next = await run(command());
    if ("because" in next) return next;
    times.push(next.milliseconds);
  }
  const looked = await run(command(), true);
  const milliseconds = times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? Number.NaN;
  return { milliseconds, megabytes: "because" in looked ? undefined : looked.megabytes };
}

function run(
  { argv: [program, ...rest], directory, environment = process.env, code = 0 }: Command,
  looks = false,
): Promise<Cost | Unmeasured> {
  return new Promise((resolve) => {
    const start = performance.now();
    const child = spawn(program, rest, {
      cwd: directory,
      env: environment,
      stdio: ["ignore", "pipe", "pipe"],
      timeout: patience,
      killSignal: "SIGKILL",
    });
    let said = "";
    const hear = (text: string) => {
      said = (said + text.slice(-2_000)).slice(-2_000);
    };
    child.stdout.setEncoding("utf8").on("data", hear);
    child.stderr.setEncoding("utf8").on("data", hear);
    let largest = 0;
    const watch = looks
      ? setInterval(() => {
          largest = Math.max(largest, peakOf(child.pid));
        }, lookEvery)
      : undefined;
    child.once("error", ({ message }) => resolve({ because: message }));
    child.once("close", (exit, signal) => {
      clearInterval(watch);
      const milliseconds = performance.now() - start;
      if (exit === code) resolve({ milliseconds, megabytes: largest > 0 ? largest / 1024 : undefined });
      else resolve({ because: `it ended with ${signal ?? `exit code ${exit}`}: ${said.trim().replace(/\s+/g, " ")}` });
    });
  });
}

/** Largest resident size so far, in kibibytes, of a process or one of those below it; 0 where the system does not tell. */
function peakOf(pid: number | undefined): number {
  if (pid === undefined) return 0;
  const size = Number(/^VmHWM:\s+(\d+) kB$/m.exec(readQuietly(`/proc/${pid}/status`))?.[1] ?? 0);
  const children = readQuietly(`/proc/${pid}/task/${pid}/children`).split(" ").filter(Boolean);
  return Math.max(size, ...children.map((child) => peakOf(Number(child))));
}

function readQuietly(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}
