import type { ModuleProxy } from "../registries/go-proxy.ts";
import type { RunEvent } from "../runner/contract.ts";
import type { World } from "../world.ts";
import type { Fault } from "./fault.ts";

const released = "example.com/bearing@v1.1.0";
const shared = { example: "go-cli-homebrew", stage: "publish-verify" } as const;
const met = (line: Record<string, string | number>) => ({
  journal: "registry-requests" as const,
  line: { registry: "go", ...line },
});

/** Faults of the proxy that modules come from. */
export const moduleFaults: Fault[] = [
  {
    ...shared,
    name: "module-other-bytes",
    proves: "PUB-30 PUB-34 F31",
    title: "the proxy serves another module than the tag holds, while release and formula are live",
    expected: { verdict: "Aborted", reason: "publish.partial" },
    trace: met({ fault: "other-bytes" }),
    arrange: (world) => modulesOf(world).faults.otherBytes(released),
  },
  {
    ...shared,
    name: "module-list-lag",
    proves: "PUB-31 PUB-32 F46",
    title: "the version is served at once, and is the latest one only four minutes later",
    expected: { verdict: "Released", reason: "" },
    trace: met({ fault: "lag" }),
    arrange: (world) => modulesOf(world).faults.lag(4, "list"),
  },
  {
    ...shared,
    name: "module-unavailable",
    proves: "ALL-08 F50",
    title: "the proxy answers 503 to every question once the tag is there",
    expected: { verdict: "Aborted", reason: "publish.remote-unknown" },
    trace: met({ code: 503, fault: "unavailable" }),
    during: (world, event) => {
      if (ended(event, "publish")) modulesOf(world).faults.unavailable();
    },
  },
];

function modulesOf({ registries }: World): ModuleProxy {
  if (!registries.modules) throw new Error("expected a proxy of modules in this world, found none");
  return registries.modules;
}

function ended(event: RunEvent, job: string): boolean {
  return event.type === "job-finished" && event.job.id === job;
}
