import type { CrateRegistry } from "../registries/crates.ts";
import type { World } from "../world.ts";
import { ends } from "./events.ts";
import { aborted, type Fault } from "./fault.ts";

const name = "example-beaufort";
const released = `${name}@1.1.0`;
const shared = { example: "rust-crate", stage: "publish-verify" } as const;
const met = (line: Record<string, string | number>) => ({
  journal: "registry-requests" as const,
  line: { registry: "crates", ...line },
});
const minutes = (world: World, count: number) => new Date(world.clock.now().getTime() + count * 60_000);

/** Faults of the registry that crates are published to. */
export const crateFaults: Fault[] = [
  {
    ...shared,
    name: "crate-other-bytes",
    proves: "PUB-30",
    title: "the registry serves another crate than was built, and its index announces it",
    expected: aborted("publish.hash-mismatch"),
    trace: met({ fault: "other-bytes" }),
    arrange: (world) => cratesOf(world).faults.otherBytes(released),
  },
  {
    ...shared,
    name: "crate-broken-bytes",
    proves: "PUB-30",
    title: "the registry serves another crate than its own index announces",
    expected: aborted("publish.hash-mismatch"),
    trace: met({ fault: "other-bytes" }),
    arrange: (world) => cratesOf(world).faults.otherBytes(released, "unannounced"),
  },
  {
    ...shared,
    name: "crate-lag",
    proves: "PUB-31",
    title: "the crate is served four minutes after the index lists it",
    expected: { verdict: "Released", reason: "" },
    trace: met({ fault: "lag" }),
    arrange: (world) => cratesOf(world).faults.lag(4, "version"),
  },
  {
    ...shared,
    name: "crate-index-stale",
    proves: "PUB-31 F46",
    title: "a cache before the index still tells of the time before the upload",
    expected: aborted("publish.not-live"),
    trace: met({ fault: "stale" }),
    during: (world, event) => {
      if (ends(event, "publish")) cratesOf(world).faults.stale(minutes(world, -60));
    },
  },
  {
    ...shared,
    name: "crate-limited",
    proves: "PUB-31 F50",
    title: "the registry answers 429 to every question for three minutes",
    expected: { verdict: "Released", reason: "" },
    trace: met({ code: 429, fault: "limited" }),
    during: (world, event) => {
      if (ends(event, "publish")) cratesOf(world).faults.limited(minutes(world, 3));
    },
  },
  {
    ...shared,
    name: "crate-unavailable",
    proves: "ALL-08 F50",
    title: "the registry answers 503 to every question once the crate is uploaded",
    expected: aborted("publish.remote-unknown"),
    trace: met({ code: 503, fault: "unavailable" }),
    during: (world, event) => {
      if (ends(event, "publish")) cratesOf(world).faults.unavailable();
    },
  },
  {
    ...shared,
    name: "crate-yanked",
    proves: "PUB-36",
    title: "somebody yanks the version as soon as it is there",
    expected: aborted("publish.withdrawn"),
    trace: met({ fault: "yanked" }),
    during: (world, event) => {
      if (ends(event, "publish")) cratesOf(world).yank(name, "1.1.0");
    },
  },
  {
    ...shared,
    name: "crate-response-lost",
    proves: "BLD-16 F45",
    title: "the upload arrives, and its answer is lost",
    expected: { verdict: "Released", reason: "" },
    trace: met({ method: "PUT", fault: "lost-response" }),
    arrange: (world) => cratesOf(world).faults.loseResponse(),
  },
];

function cratesOf({ registries }: World): CrateRegistry {
  if (!registries.crates) throw new Error("expected a registry of crates in this world, found none");
  return registries.crates;
}
