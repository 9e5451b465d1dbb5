import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Config } from "#src/contract/config/schema";
import { Complaint } from "./complaint.ts";
import { git } from "./git.ts";
import { type Metrics, startMetrics } from "./metrics/metrics.ts";
import type { Traffic } from "./metrics/traffic.ts";
import type { World } from "./world.ts";

/** The service that users have before the release, with its users and its metrics. */
export interface StagedService {
  metrics: Metrics;
  traffic: Traffic;
  /** Origin of the service. */
  url: string;
  /** Ends the service, as a crash would. */
  stop(): void;
  close(): Promise<void>;
}

const loopback = new Set(["127.0.0.1", "localhost", "[::1]"]);

/**
 * For a staged example, deploys the released version of a watched service with the repository's own script, gives it users, and lets the baseline
 * pass in virtual time. For another repository nothing is deployed: its watch asks whatever stands on this machine at the addresses
 * of its configuration. Undefined where nothing was staged. Throws a `Complaint` for addresses beyond this machine.
 */
export async function stageService(
  world: World,
  config: Config | undefined,
  staged: boolean,
): Promise<StagedService | undefined> {
  const { watch } = config ?? {};
  if (!watch || "not-applicable" in watch) return undefined;
  const health = local(watch.health.url);
  const prometheus = local(watch.prometheus.url);
  if (!staged) return undefined;
  const home = join(world.folders.world, "host");
  mkdirSync(home, { recursive: true });
  world.machine.TIDE_GAUGE_HOME = home;
  if (!existsSync(join(home, "pid"))) await deployReleased(world, health.port);

  const metrics = await openMetrics(world, Number(prometheus.port));
  await metrics.target("service", `${health.origin}/metrics`);
  const traffic = metrics.traffic({ url: health.origin, perMinute: 120, requests: userRequests });
  await world.clock.sleep(70 * 60_000);
  return {
    metrics,
    traffic,
    url: health.origin,
    stop: () => stop(join(home, "pid")),
    close: async () => {
      await metrics.close();
      stop(join(home, "pid"));
    },
  };
}

const userRequests = [
  { method: "POST", path: "/gauges/quay/readings", body: { metres: 1.2, at: "2026-11-20T10:00:00Z", test: true } },
  { path: "/gauges/quay/readings" },
];

async function openMetrics(world: World, port: number): Promise<Metrics> {
  try {
    return await startMetrics({ clock: world.clock, port });
  } catch (cause) {
    throw new Complaint(
      `expected port ${port} of this machine to be free for the metrics backend, found: ${cause instanceof Error ? cause.message : String(cause)}`,
      "Stop what listens there, or name another loopback port in the configuration's `watch` section.",
    );
  }
}

async function deployReleased(world: World, port: string): Promise<void> {
  const tags = await git(["tag", "--list", "--sort=-version:refname"], world.folders.git);
  const [tag] = tags.split("\n").filter(Boolean);
  if (!tag)
    throw new Complaint(
      "expected a released version to watch against, found no tag",
      "Tag the version that is deployed now.",
    );
  const released = join(world.folders.world, "released");
  await git([
    "clone",
    "--quiet",
    "--branch",
    tag,
    "--config",
    "advice.detachedHead=false",
    world.folders.git,
    released,
  ]);
  const env = { ...process.env, TIDE_GAUGE_HOME: world.machine.TIDE_GAUGE_HOME };
  execFileSync("bash", [join(released, "scripts/deploy.sh"), "--directory", released, "--port", port], {
    env,
    stdio: ["ignore", "ignore", "inherit"],
  });
}

function local(address: string): URL {
  const url = new URL(address);
  if (loopback.has(url.hostname) && url.port !== "") return url;
  throw new Complaint(
    `expected an address of this machine in the configuration's \`watch\` section, found ${url.origin}`,
    "A rehearsal sends traffic to loopback only. Rehearse with a configuration whose addresses are on 127.0.0.1, with a port.",
  );
}

/** Ends the service by the process id that its own script wrote down. */
function stop(pidFile: string): void {
  if (!existsSync(pidFile)) return;
  try {
    process.kill(Number(readFileSync(pidFile, "utf8").trim()), "SIGTERM");
  } catch {
    // It has ended by itself.
  }
}
