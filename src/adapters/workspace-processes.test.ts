import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, readFile, realpath, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { systemShell } from "#src/adapters/system-shell";
import { endProcesses } from "#src/adapters/workspace-processes";

let folder = "";
beforeEach(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), "processes-")));
  for (const name of ["one", "other"]) await mkdir(join(folder, name));
});
afterEach(async () => {
  for (const name of ["one", "other"]) await endProcesses(join(folder, name));
  await rm(folder, { recursive: true, force: true });
});

/** Starts a process in a session of its own, which the end of its command does not reach; returns its id. */
async function leave(name: string, { env = "", place = "." } = {}): Promise<number> {
  const directory = join(folder, name);
  const detached = `cd ${place}; exec setsid ${env} sh -c 'echo $$ > ${directory}/pid; exec sleep 60'`;
  const line = `(${detached}) >/dev/null 2>&1 </dev/null & for n in 1 2 3 4 5 6 7 8 9; do test -s pid || sleep 0.1; done`;
  const environment = { PATH: process.env.PATH ?? "", HOME: join(directory, "home") };
  await systemShell().run({ line, directory, environment, timeout: 10_000 });
  return Number(await readFile(join(directory, "pid"), "utf8"));
}

/** Nobody may be there to take note of an orphan's end. */
async function runs(id: number): Promise<boolean> {
  const stat = await readFile(`/proc/${id}/stat`, "utf8").catch(() => "(gone) Z");
  return !/\(.*\) Z/.test(stat);
}

describe("a process that left the session of its command", () => {
  it.each([
    ["its environment", { place: "/" }],
    ["its place", { env: "env -i" }],
  ])("is known by %s, and ended", async (_by, how) => {
    const id = await leave("one", how);
    expect(await runs(id)).toBe(true);
    expect(await endProcesses(join(folder, "one"))).toEqual(["sleep"]);
    expect(await runs(id)).toBe(false);
  });

  it("is not named where it ends by itself at once, as what carried the command's output does", async () => {
    const child = spawn("sleep", ["0.1"], { cwd: join(folder, "one") });
    const ended = once(child, "exit");
    expect(await endProcesses(join(folder, "one"))).toEqual([]);
    expect(await ended).toEqual([0, null]);
  });

  it("is left alone where it is another folder's", async () => {
    const id = await leave("other");
    expect(await endProcesses(join(folder, "one"))).toEqual([]);
    expect(await endProcesses(join(folder, "oth"))).toEqual([]);
    expect(await runs(id)).toBe(true);
  });
});
