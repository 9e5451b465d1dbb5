import { readdir, readFile, readlink } from "node:fs/promises";
import { basename } from "node:path";
import { runProgram } from "#src/adapters/run-program";

interface RunningProcess {
  id: number;
  name: string;
}

const rounds = 24;
/** What has only to take note of the command's end does so within these; it is nothing that was left running. */
const patientRounds = 5;
const pause = 50;

/**
 * Ends every process that was started in a folder, also one that left the group and the session of its command; such a one is known
 * by the folder in its environment or as its place. Returns their names. Throws where one does not end.
 */
export async function endProcesses(root: string): Promise<string[]> {
  const ended = new Map<number, string>();
  for (let round = 0; round < rounds; round += 1) {
    const found = await processesOf(root);
    if (found.length === 0) return [...ended.values()];
    for (const { id, name } of round < patientRounds ? [] : found) {
      ended.set(id, name);
      end(id);
    }
    await new Promise((resolve) => setTimeout(resolve, pause));
  }
  throw new Error(
    `expected the processes of ${basename(root)} to end, found ${[...ended.values()].join(", ")} running`,
  );
}

function end(id: number): void {
  try {
    process.kill(id, "SIGKILL");
  } catch {
    // It has ended by itself.
  }
}

async function processesOf(root: string): Promise<RunningProcess[]> {
  const entries = await readdir("/proc").catch(() => []);
  const ids = entries.filter((name) => /^\d+$/.test(name)).map(Number);
  if (ids.length === 0) return listedProcesses(root);
  const found = await Promise.all(ids.map((id) => look(id, root)));
  return found.flatMap((one) => one ?? []);
}

/** What belongs to somebody else, or has just ended, cannot be read, and is none of the folder's. */
async function look(id: number, root: string): Promise<RunningProcess | undefined> {
  const [environment, place, name] = await Promise.all([
    readFile(`/proc/${id}/environ`, "utf8").catch(() => ""),
    readlink(`/proc/${id}/cwd`).catch(() => ""),
    readFile(`/proc/${id}/comm`, "utf8").catch(() => ""),
  ]);
  const within = place === root || place.startsWith(`${root}/`) || environment.includes(`=${root}/`);
  return within && id !== process.pid ? { id, name: name.trim() } : undefined;
}

/** Where there is no `/proc`, `ps` shows the environments of one's own processes. */
async function listedProcesses(root: string): Promise<RunningProcess[]> {
  const call = { program: "ps", args: ["-axEww", "-o", "pid=,command="], directory: "/", variables: {} };
  const listed = await runProgram(call);
  if (listed === "missing" || listed.exit !== 0) throw new Error("expected `ps` to list the processes, found no list");
  const lines = listed.output.split("\n").filter((line) => line.includes(`=${root}/`));
  return lines.map((line) => {
    const [id = "", program = ""] = line.trim().split(/\s+/);
    return { id: Number(id), name: basename(program) };
  });
}
