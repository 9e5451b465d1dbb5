import * as z from "zod";
import { duration, milliseconds, words } from "#src/contract/config/fields";

const address = () => z.url({ protocol: /^https?$/ });

/** A query that ignores the interval gives the same number whatever happens. */
const queryOfInterval = () =>
  z.string().includes("{interval}", "expected a query of one interval, which contains {interval}");

const prometheus = z.strictObject({
  url: address().describe("Base address of the Prometheus query API."),
  requests: queryOfInterval().describe(
    "Query for the number of requests in one interval; `{interval}` stands for its length.",
  ),
  errors: queryOfInterval().describe(
    "Query for the number of failed requests in one interval; it must give 0, not nothing, where none failed.",
  ),
  p99: z.string().min(1).optional().describe("Query for the 99th percentile of latency in one interval, in seconds."),
});

const health = z.strictObject({
  url: address().describe("Address that answers 2xx while the service is healthy."),
  timeout: duration().default("5s").describe("Time within which it must answer."),
});

const sources = z.strictObject({
  window: duration()
    .default("60m")
    .describe("How long the release is watched: a whole multiple of `interval`, so that nothing of it goes unseen."),
  interval: duration().default("1m").describe("Time between two looks."),
  lag: duration()
    .default("30s")
    .describe("How long after the end of an interval its numbers are complete at the backend."),
  baseline: duration().default("60m").describe("How much time before the deployment the release is compared with."),
  prometheus: prometheus.describe("Where requests and errors are counted."),
  health: health.describe("How health is probed."),
});

const watched = sources.superRefine(({ window, interval }, context) => {
  const readable = [window, interval].every((text) => duration().safeParse(text).success);
  if (!readable || milliseconds(window) % milliseconds(interval) === 0) return;
  const message = `expected a whole multiple of the interval ${interval}`;
  context.addIssue({ code: "custom", path: ["window"], message });
});

const notApplicable = z.strictObject({
  "not-applicable": words(10).describe(
    "Why there is nothing to watch, such as `a library has no host`. Stated in the report.",
  ),
});

/** How the release is watched, or why it cannot be. There is no default: silence is not a reason. */
export const watchSection = z.union([notApplicable, watched]);

/** The watch of the configuration. */
export type WatchPolicy = z.infer<typeof watchSection>;

/** The watch of a service. */
export type WatchedPolicy = z.infer<typeof watched>;
