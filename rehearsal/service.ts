import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Config } from "#src/contract/config/schema";
import { Complaint } from "./complaint.ts";
import {
  awaitStopped,
  deployAgain,
  deployed,
  deployReleased,
  hostFolder,
  requireFreePort,
  stopDeployed,
} from "./deployment.ts";
import { journalTo } from "./journal-to.ts";
import { type Metrics, startMetrics } from "./metrics/metrics.ts";
import { readSeries, writeSeries } from "./metrics/series-file.ts";
import type { World } from "./world.ts";

/** The service that users have before the release, with its users and its metrics. */
export interface StagedService {
  metrics: Metrics;
  /** From now on users ask so that this share of their requests, 0 to 1, is answered with an error. */
  fail(errorShare: number): void;
  /** What is deployed now; two equal texts mean that nothing was deployed between them. */
  deployed(): string;
  /** Ends the service, as a crash would. */
  stop(): void;
  /** Writes the samples so far to disk, for a rehearsal that is resumed. */
  keep(): void;
  close(): Promise<void>;
}

/** Virtual time, in milliseconds, in which the released version has users before the release. */
const BASELINE_MS = 70 * 60_000;

const loopback = new Set(["127.0.0.1", "localhost", "[::1]"]);

/**
 * For a staged example, deploys the released version of a watched service with the repository's own script, gives it users, and lets the baseline
 * pass in virtual time; a resumed rehearsal goes on with what was deployed and with the samples of before. For another
 * repository nothing is deployed: its watch asks whatever stands on this machine at the addresses of its configuration.
 * Undefined where nothing was staged. Throws a `Complaint` for addresses beyond this machine and for a port that is in use.
 */
export async function stageService(
  world: World,
  config: Config | undefined,
  { staged, resumed, errorShare = 0 }: { staged: boolean; resumed: boolean; errorShare?: number | undefined },
): Promise<StagedService | undefined> {
  const { watch } = config ?? {};
  if (!watch || "not-applicable" in watch) return undefined;
  const health = local(watch.health.url);
  const prometheus = local(watch.prometheus.url);
  if (!staged) return undefined;
  const home = hostFolder(world);
  mkdirSync(home, { recursive: true });
  world.machine.TIDE_GAUGE_HOME = home;
  // Detached as it is, it would outlive this process.
  process.once("exit", () => stopDeployed(home, "SIGKILL"));
  await awaitStopped(home);
  await requireFreePort(Number(health.port), "the service");
  await requireFreePort(Number(prometheus.port), "the metrics backend");
  try {
    if (resumed) deployAgain(world, Number(health.port));
    else if (config) await deployReleased(world, config, Number(health.port));
    const service = await withUsers(world, health, { port: Number(prometheus.port), errorShare });
    if (!resumed) await world.clock.sleep(BASELINE_MS);
    return service;
  } catch (cause) {
    await awaitStopped(home);
    throw cause;
  }
}

async function withUsers(
  world: World,
  health: URL,
  { port, errorShare }: { port: number; errorShare: number },
): Promise<StagedService> {
  const home = hostFolder(world);
  const file = join(world.folders.world, "metrics.json");
  const samples = existsSync(file) ? readSeries(file) : [];
  const journal = journalTo(world.folders.report("metrics-requests.jsonl"));
  const metrics = await startMetrics({ clock: world.clock, port, samples, journal });
  const keep = () => writeSeries(file, metrics.samples());
  await metrics.target("service", `${health.origin}/metrics`);
  const asking = { url: health.origin, perMinute: 120, requests: userRequests, failing: failingRequest };
  let users = metrics.traffic({ ...asking, errorShare });
  return {
    metrics,
    fail(share) {
      users.stop();
      users = metrics.traffic({ ...asking, errorShare: share });
    },
    deployed: () => deployed(home),
    stop: () => stopDeployed(home),
    keep,
    close: async () => {
      await metrics.close();
      keep();
      await awaitStopped(home);
    },
  };
}

const userRequests = [
  { method: "POST", path: "/gauges/quay/readings", body: { metres: 1.2, at: "2026-11-20T10:00:00Z", test: true } },
  { path: "/gauges/quay/readings" },
];

/** The service has no such method there, and answers 501. */
const failingRequest = { method: "PATCH", path: "/gauges/quay/readings", body: {} };

function local(address: string): URL {
  const url = new URL(address);
  if (loopback.has(url.hostname) && url.port !== "") return url;
  throw new Complaint(
    `expected an address of this machine in the configuration's \`watch\` section, found ${url.origin}`,
    "A rehearsal sends traffic to loopback only. Rehearse with a configuration whose addresses are on 127.0.0.1, with a port.",
  );
}
