/** Finds and ends the processes below a process, or those that a job left behind. */
import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";

/** Ends a process with everything below it, at once. The group catches what a race would miss. */
export function killTree(root: number): void {
  for (const pid of [...descendants(root), root]) send(pid, "SIGKILL");
  send(-root, "SIGKILL");
}

/** Ends what a job left running: every process whose environment holds this tracking id. Linux only, as it reads `/proc`. */
export function killTracked(trackingId: string): void {
  if (!existsSync("/proc/self/environ")) return;
  const found = readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .filter((name) => readQuietly(`/proc/${name}/environ`).split("\0").includes(`RUNNER_TRACKING_ID=${trackingId}`));
  for (const name of found) send(Number(name), "SIGKILL");
}

/** Signals one process; one that has already ended is no error. */
export function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // Ended in the meantime.
  }
}

function descendants(root: number): number[] {
  const children = new Map<number, number[]>();
  for (const [pid, parent] of parents()) children.set(parent, [...(children.get(parent) ?? []), pid]);
  const found: number[] = [];
  const open = [root];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const below = children.get(next) ?? [];
    found.push(...below);
    open.push(...below);
  }
  return found;
}

function parents(): [pid: number, parent: number][] {
  if (!existsSync("/proc/self/stat")) return parentsFromPs();
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      // The name of the program may hold spaces and brackets: the fields follow the last bracket.
      const fields = readQuietly(`/proc/${name}/stat`).split(") ").at(-1)?.split(" ") ?? [];
      return fields.length > 1 ? [[Number(name), Number(fields[1])] satisfies [number, number]] : [];
    });
}

function parentsFromPs(): [pid: number, parent: number][] {
  const lines = execFileSync("ps", ["-A", "-o", "pid=,ppid="], { encoding: "utf8" }).trim().split("\n");
  return lines.map((line) => {
    const [pid, parent] = line.trim().split(/\s+/).map(Number);
    return [pid ?? 0, parent ?? 0];
  });
}

function readQuietly(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}
