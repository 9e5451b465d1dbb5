import { git } from "../git.ts";
import type { Fault } from "./fault.ts";

const shared = { example: "npm-package" } as const;
const released = "@example/tide-table@1.1.0";

/** Faults of what surrounds the candidate: CI, tags, the registry, the service and its metrics. */
export const worldFaults: Fault[] = [
  {
    ...shared,
    name: "ci-never-ran",
    stage: "release-gates",
    title: "CI never ran on the commit",
    expected: { verdict: "Aborted", reason: "gates.ci-no-run" },
    withoutCi: true,
  },
  {
    ...shared,
    name: "tag-elsewhere",
    stage: "auto-tag",
    title: "the tag names another commit already",
    expected: { verdict: "Aborted", reason: "tag.exists-other-commit" },
    arrange: async ({ folders }, { head }) => {
      await git(["update-ref", "refs/tags/v1.1.0", `${head}~1`], folders.git);
    },
  },
  {
    ...shared,
    name: "registry-other-bytes",
    stage: "publish-verify",
    title: "the registry serves other bytes than were built",
    expected: { verdict: "Aborted", reason: "publish.hash-mismatch" },
    arrange: ({ npm }) => npm.faults.otherBytes(released),
  },
  {
    ...shared,
    name: "registry-lag",
    stage: "publish-verify",
    title: "the version becomes visible ten minutes after the upload",
    expected: { verdict: "Released", reason: "" },
    arrange: ({ npm }) => npm.faults.lag(10),
  },
  {
    ...shared,
    name: "registry-unavailable",
    stage: "publish-verify",
    title: "the registry answers 503 to every question",
    expected: { verdict: "Aborted", reason: "publish.remote-unknown" },
    during: ({ npm }, event) => {
      if (event.type === "job-started" && event.job.id === "verify") npm.faults.unavailable();
    },
  },
  {
    name: "health-fails-twice",
    stage: "watch-window",
    title: "the health address fails in two intervals in a row",
    example: "service",
    expected: { verdict: "Aborted", reason: "watch.hard-health" },
    during: (_world, event, { service }) => {
      if (event.type === "step-started" && event.job.id === "watch") service?.stop();
    },
  },
  {
    name: "no-metrics",
    stage: "watch-window",
    title: "the metrics backend has nothing to say of the new version",
    example: "service",
    expected: { verdict: "Aborted", reason: "watch.no-data" },
    during: (_world, event, { service }) => {
      if (event.type === "job-finished" && event.job.id === "smoke") service?.metrics.faults.noData();
    },
  },
];
