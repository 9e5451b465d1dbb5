import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import type { Config } from "#src/contract/config/schema";
import { listenOnLoopback } from "./clock/loopback.ts";
import { Complaint } from "./complaint.ts";
import { git } from "./git.ts";
import { releaseBefore } from "./release-before.ts";
import type { World } from "./world.ts";

/** The folder in which the repository's own deploy script keeps what runs on this machine. */
export function hostFolder(world: World): string {
  return join(world.folders.world, "host");
}

/** Throws a `Complaint` where something listens already: a process of another time or another program is never taken for ours. */
export async function requireFreePort(port: number, purpose: string): Promise<void> {
  try {
    const { close } = await listenOnLoopback(createServer(), port);
    await close();
  } catch (cause) {
    throw new Complaint(
      `expected port ${port} of this machine to be free for ${purpose}, found: ${cause instanceof Error ? cause.message : String(cause)}`,
      "Stop what listens there, or name another loopback port in the configuration's `watch` section.",
    );
  }
}

/** Deploys the release before with its own script. Throws a `Complaint` where there is no tag, or the version does not start. */
export async function deployReleased(world: World, config: Config, port: number): Promise<void> {
  const tag = await releaseBefore(world.folders.git, config);
  if (tag === undefined) {
    throw new Complaint(
      "expected a released version to watch against, found no tag",
      "Tag the version that is deployed now.",
    );
  }
  const released = join(world.folders.world, "released");
  const quiet = ["--quiet", "--config", "advice.detachedHead=false"];
  await git(["clone", ...quiet, "--branch", tag, world.folders.git, released]);
  runDeployScript(world, released, port);
}

/** What the deploy script says is deployed: the process and the version's folder; two equal texts mean that nothing was. */
export function deployed(home: string): string {
  const read = (name: string) => (existsSync(join(home, name)) ? readFileSync(join(home, name), "utf8").trim() : "");
  return ["pid", "current", "previous"].map(read).join(" ");
}

/** Starts what was deployed when the rehearsal ended, and leaves what it would be rolled back to as it was. */
export function deployAgain(world: World, port: number): void {
  const home = hostFolder(world);
  const previous = existsSync(join(home, "previous")) ? readFileSync(join(home, "previous"), "utf8") : undefined;
  runDeployScript(world, readFileSync(join(home, "current"), "utf8").trim(), port);
  if (previous !== undefined) writeFileSync(join(home, "previous"), previous);
}

function runDeployScript(world: World, directory: string, port: number): void {
  const script = join(world.folders.world, "released/scripts/deploy.sh");
  const env = { ...process.env, ...world.machine };
  try {
    execFileSync("bash", [script, "--directory", directory, "--port", String(port)], {
      env,
      stdio: ["ignore", "ignore", "inherit"],
    });
  } catch (cause) {
    throw new Complaint(
      `expected scripts/deploy.sh to start the version that users have, found: ${cause instanceof Error ? cause.message : String(cause)}`,
      "Its own messages stand above.",
    );
  }
}

/** Ends what the deploy script has started, by the process id that it wrote down; an id that others use now is left alone. */
export function stopDeployed(home: string, signal: "SIGTERM" | "SIGKILL" = "SIGTERM"): void {
  const pid = runningIn(home);
  if (pid === undefined) return;
  try {
    process.kill(pid, signal);
  } catch {
    // It has ended by itself.
  }
}

/** Ends it and waits until it has gone, so that its port is free again. */
export async function awaitStopped(home: string): Promise<void> {
  stopDeployed(home);
  for (let waited = 0; runningIn(home) !== undefined && waited < 40; waited += 1) await pause(50);
  stopDeployed(home, "SIGKILL");
}

function runningIn(home: string): number | undefined {
  const file = join(home, "pid");
  if (!existsSync(file)) return undefined;
  const pid = readFileSync(file, "utf8").trim();
  try {
    const command = execFileSync("ps", ["-o", "args=", "-p", pid], {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    });
    return command.includes(join(home, "releases")) ? Number(pid) : undefined;
  } catch {
    return undefined;
  }
}
