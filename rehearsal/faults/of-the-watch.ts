import type { VirtualClock } from "../clock/clock.ts";
import type { RunEvent } from "../runner/contract.ts";
import { ends } from "./events.ts";
import { aborted, type Fault } from "./fault.ts";

const shared = { example: "service", stage: "watch-window" } as const;

/** Faults of the service after its deployment, of its users, and of the backend that tells of both. */
export const watchFaults: Fault[] = [
  {
    ...shared,
    name: "health-fails-twice",
    proves: "WAT-04",
    title: "the health address fails in two intervals in a row",
    expected: aborted("watch.hard-health"),
    trace: { journal: "metrics-requests", line: { kind: "scrape", path: "http://127.0.0.1:18080/metrics" } },
    during: (_world, event, { service }) => {
      if (watches(event)) service?.stop();
    },
  },
  {
    ...shared,
    name: "errors-appear",
    proves: "WAT-07",
    title: "a tenth of users' requests fails during the watch, where none did before",
    expected: aborted("watch.floor-breach"),
    trace: { journal: "metrics-requests", line: { kind: "users", code: 501, count: 3 } },
    during: ({ clock }, event, { service }) => {
      if (watches(event)) afterBaseline(clock, () => service?.fail(0.1));
    },
  },
  {
    ...shared,
    name: "errors-triple",
    proves: "WAT-04",
    title: "the error rate rises to three times its baseline during the watch",
    errorShare: 0.05,
    expected: aborted("watch.hard-error-rate"),
    trace: { journal: "metrics-requests", line: { kind: "users", code: 501, count: 5 } },
    during: ({ clock }, event, { service }) => {
      if (watches(event)) afterBaseline(clock, () => service?.fail(0.15));
    },
  },
  {
    ...shared,
    name: "no-metrics",
    proves: "WAT-06",
    title: "the metrics backend has nothing to say of the new version",
    expected: aborted("watch.no-data"),
    trace: { journal: "metrics-requests", line: { kind: "query", fault: "no-data" } },
    during: (_world, event, { service }) => {
      if (ends(event, "smoke")) service?.metrics.faults.noData();
    },
  },
  {
    ...shared,
    name: "metrics-unreachable",
    proves: "WAT-10",
    title: "the metrics backend goes away once the watch has begun",
    expected: aborted("watch.backend-unreachable"),
    trace: { journal: "metrics-requests", line: { kind: "query", fault: "unreachable" } },
    during: ({ clock }, event, { service }) => {
      if (watches(event)) afterBaseline(clock, () => service?.metrics.faults.unreachable());
    },
  },
];

/** The baseline is read at once; the first time that passes is that of the first look. */
function afterBaseline(clock: VirtualClock, act: () => void): void {
  const stop = clock.onAdvance(() => {
    stop();
    act();
  });
}

const watches = (event: RunEvent) => event.type === "step-started" && event.job.id === "watch";
