import type * as z from "zod";
import { milliseconds } from "#src/contract/config/fields";
import type { WatchedPolicy } from "#src/contract/config/watch";
import { Failure } from "#src/domain/failure";
import { formatInstant } from "#src/domain/instant";
import { judgeReliance } from "#src/domain/reliance";
import type { StageReport } from "#src/domain/report";
import { type Check, conclude, type StageVerdict } from "#src/domain/verdict";
import type { Progress } from "#src/ports/progress";
import { requirePlan, type StageContext } from "#src/stage-context";
import { type Baseline, isBaseline } from "./baseline.ts";
import { concludeWatch } from "./conclude-watch.ts";
import type { contract } from "./contract.ts";
import { type JudgedLook, judgeLook } from "./decide.ts";
import { beforeDeployment, judgeBeforeDeployment } from "./deployment.ts";
import { describeWatch, lineOf, rowOf, tableOf, type WatchRow } from "./describe-watch.ts";
import { gatherBaseline, looksIn, takeLook, type WatchPorts } from "./gather.ts";
import { isNotApplicable, judgeBaseline, judgePolicy, judgeProbe } from "./preflight.ts";

/** What the stage works with. */
export type StagePorts = WatchPorts & { progress: Progress };

/** Watches the release, look by look, to the end of its window or to the first hard breach; a rehearsal checks the sources only. */
export async function watchWindow(
  given: z.output<typeof contract.inputs>,
  context: StageContext,
  ports: StagePorts,
): Promise<StageReport> {
  const { config, release } = requirePlan(context);
  const before = beforeDeployment(given["deployed-at"], context.ledger);
  const entry = [
    judgeReliance(context.ledger, "publish-verify", "watch.stage-not-passed"),
    judgeReliance(context.ledger, "smoke-test", "watch.stage-not-passed"),
    judgePolicy(config.watch),
  ];
  if (!config.watch || isNotApplicable(config.watch)) return reportOf(entry, []);
  entry.push(judgeBeforeDeployment(before, context.ledger));
  if (!before || conclude(entry).result !== "pass") return reportOf(entry, []);

  const policy = config.watch;
  const start = startOf(given["deployed-at"], ports.clock.now());
  const lagging = ports.clock.now().getTime() - milliseconds(policy.lag);
  const until = new Date(Math.min(before.at.getTime(), lagging));
  const baseline = await gatherBaseline(policy, until, ports);
  const checks = [...entry, judgeBaseline(baseline)];
  const rows: WatchRow[] = [];
  if (release.mode === "rehearsal") {
    checks.push(judgeProbe(await ports.health.probe(policy.health.url, milliseconds(policy.health.timeout))));
  } else if (isBaseline(baseline)) {
    const judged = await watch(policy, { baseline, start, rows }, ports);
    const expected = looksIn(policy.window, policy.interval);
    checks.push(...concludeWatch({ judged, expected, baseline, wantsLatency: policy.prometheus.p99 !== undefined }));
  }
  return { ...reportOf(checks, rows), attachments: describeWatch(policy, { start, until }, { baseline, rows }) };
}

async function watch(
  policy: WatchedPolicy,
  { baseline, start, rows }: { baseline: Baseline; start: Date; rows: WatchRow[] },
  { progress, ...ports }: StagePorts,
): Promise<JudgedLook[]> {
  const expected = looksIn(policy.window, policy.interval);
  const judged: JudgedLook[] = [];
  while (judged.length < expected && judged.at(-1)?.grade !== "hard") {
    const look = await takeLook(policy, { number: judged.length + 1, start }, ports);
    judged.push(judgeLook(baseline, [...judged.map((earlier) => earlier.look), look]));
    const row = rowOf(judged);
    rows.push(row);
    progress.say(lineOf(row));
  }
  return judged;
}

function reportOf(checks: Check[], rows: WatchRow[]): StageReport {
  const { result } = conclude(checks);
  return {
    checks,
    summary: tableOf(rows),
    outputs: { looks: String(rows.length), breach: rows.length > 0 ? worstOf(rows, checks) : "unknown" },
    next: adviceFor(result, rows.length > 0),
  };
}

function adviceFor(result: StageVerdict, watched: boolean): string {
  if (result === "pass") return "Let the verdict conclude the release.";
  if (!watched) return "Nothing was watched. Correct what blocks, and run this stage again.";
  return result === "fail"
    ? "Roll back."
    : "A person decides: accept, watch again, or roll back. Without an answer, roll back.";
}

/** Traffic is judged over the whole watch, and so stands in no row. */
function worstOf(rows: WatchRow[], checks: Check[]): "none" | "soft" | "hard" {
  const classes = new Set(rows.map((row) => row.class));
  if (classes.has("hard")) return "hard";
  return classes.has("soft") || checks.some(({ code }) => code === "watch.soft-traffic") ? "soft" : "none";
}

function startOf(given: string | undefined, now: Date): Date {
  const start = given === undefined ? now : new Date(given);
  if (start <= now) return start;
  throw new Failure({
    kind: "input",
    code: "all.input-invalid",
    message: `expected deployed-at in the past, found ${formatInstant(start)} at ${formatInstant(now)}`,
    hint: "Pass the instant at which the deployment ended, in UTC.",
  });
}
