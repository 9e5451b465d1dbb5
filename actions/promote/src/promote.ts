import type * as z from "zod";
import type { RequiredChecks } from "#src/await-checks";
import type { PromotePolicy } from "#src/contract/config/promote";
import type { Config } from "#src/contract/config/schema";
import { readConfig } from "#src/contract/read-config";
import { Failure } from "#src/domain/failure";
import type { StageReport } from "#src/domain/report";
import { type Check, conclude } from "#src/domain/verdict";
import type { RemoteRefs, RemoteSilence } from "#src/ports/remote-refs";
import { type Applied, applyHops, statesBefore } from "./apply.ts";
import { judgeBackmergeOf } from "./backmerge.ts";
import { promoteByPull } from "./by-pull-request.ts";
import { compileReport, type Ending, type Promotion } from "./compile-report.ts";
import type { contract } from "./contract.ts";
import { gatherDivergences, gatherHops, isTipKnown } from "./gather.ts";
import { type Hop, isForward } from "./hops.ts";
import { idleGates, judgeGates } from "./judge-gates.ts";
import { isIdle, judgeHops } from "./judge-hops.ts";
import { judgeStart } from "./judge-start.ts";
import type { Ports } from "./promote-ports.ts";

/** The run as the runner tells it, as far as a promotion needs it. */
export interface Run {
  repository: string;
  ref: string;
  sha: string;
  attempt: number;
}

type Given = z.output<typeof contract.inputs>;

/**
 * Promotes the checked-out branch along its chain: all questions first, then one move after the other, or one pull request.
 * Throws `promote.not-configured`.
 */
export async function promote(given: Given, run: Run, ports: Ports): Promise<StageReport> {
  const checkout = await ports.local.look();
  const config = readConfig(await ports.local.read(given.config, checkout.head), given.config);
  const policy = policyOf(config, given.config);
  const source = given.branch || branchOf(run.ref);
  const remote = await ports.remote.refs();
  const tipKnown = await isTipKnown(source, checkout.head, { remote, history: ports.history });
  const start = judgeStart({ source, chain: policy.chain, run, checkout, remote, tipKnown });

  const way = { source, chain: policy.chain, sha: checkout.head };
  const before = remote.known ? remote.heads : new Map<string, string>();
  const ground = { start, remote, policy, attempt: run.attempt, mode: given["release-mode"] };
  const { repository } = run;
  const story = { repository, mode: ground.mode, config, ...way, before };
  return policy.via === "pull-request" && remote.known && conclude(start).result === "pass"
    ? compileReport({ ...story, ...(await handOver(way, { ...ground, remote, before }, ports)) })
    : compileReport({ ...story, ...(await moveAlong(way, { ...ground, before }, ports)) });
}

interface Ground {
  start: Check[];
  remote: RemoteRefs | RemoteSilence;
  policy: PromotePolicy;
  attempt: number;
  mode: Given["release-mode"];
  before: Map<string, string>;
}

type Way = Pick<Promotion, "source" | "chain" | "sha">;
type Course = Pick<Promotion, "hops" | "applied" | "ending" | "pulled">;

async function moveAlong(way: Way, ground: Ground, ports: Ports): Promise<Course> {
  const { before, mode, attempt } = ground;
  const { hops, checks } = await judgeWay(way, ground, ports);
  const applied = await act({ hops, decided: { checks, heads: before }, mode, source: way.source }, ports);
  return { hops, applied, ending: endingOf({ hops, applied, mode, attempt }) };
}

async function handOver(way: Way, ground: Ground & { remote: RemoteRefs }, ports: Ports): Promise<Course> {
  const { start, before, mode, attempt } = ground;
  const pulled = await promoteByPull(way, ground, ports);
  const checks = [...start, ...pulled.checks];
  const [hop] = pulled.hops;
  const idle = attempt > 1 && hop?.from === hop?.to ? "already" : "nothing-to-ship";
  const open = mode === "rehearsal" ? "planned" : "handed-over";
  const ending = conclude(checks).result !== "pass" ? "blocked" : isIdle(pulled.hops) ? idle : open;
  return { hops: pulled.hops, applied: { checks, heads: before, states: new Map() }, ending, pulled };
}

/** Judges the way only where there is one: a start that was refused leads nowhere. */
async function judgeWay(
  way: Way,
  { start, remote, policy, attempt }: Ground,
  ports: Ports,
): Promise<{ hops: Hop[]; checks: Check[] }> {
  if (!remote.known || conclude(start).result !== "pass") return { hops: [], checks: start };
  const hops = await gatherHops(way, remote, ports.history);
  const divergences = await gatherDivergences(hops, ports.history);
  const forward = judgeHops({ ...way, hops, divergences });
  const backmerge = await judgeBackmergeOf(policy, { way, hops, remote }, ports);
  const free = conclude([...start, ...forward, backmerge]).result === "pass";
  const idle = isIdle(hops) && attempt === 1;
  const gates = idle ? idleGates() : await judgeGates(patiently(policy, free), way.sha, ports);
  return { hops, checks: [...start, ...forward, gates, backmerge] };
}

/** Waits only where a pass would lead anywhere. */
function patiently({ checks, wait }: PromotePolicy, free: boolean): RequiredChecks {
  return { checks, wait: free ? wait : undefined };
}

async function act(
  plan: {
    hops: Hop[];
    decided: Pick<Applied, "checks" | "heads">;
    mode: Given["release-mode"];
    source: string;
  },
  { branches, remote }: Ports,
): Promise<Applied> {
  const { hops, decided, mode, source } = plan;
  if (conclude(decided.checks).result !== "pass") return { ...decided, states: statesBefore(hops) };
  if (mode === "rehearsal") return { ...decided, states: statesBefore(hops, "planned") };
  const applied = await applyHops(hops, decided.heads, { source, branches, remote });
  return { ...applied, checks: [...decided.checks, ...applied.checks] };
}

/** In a rerun, an end of the chain that stands on the commit counts as moved, so that the release goes on: its checks were asked for. */
function endingOf(plan: { hops: Hop[]; applied: Applied; mode: Given["release-mode"]; attempt: number }): Ending {
  const { hops, applied, mode, attempt } = plan;
  if (conclude(applied.checks).result !== "pass") return "blocked";
  if (hops.some(isForward)) return mode === "rehearsal" ? "planned" : "moved";
  const end = hops.at(-1);
  return attempt > 1 && end?.from === end?.to ? "already" : "nothing-to-ship";
}

function branchOf(ref: string): string {
  return ref.startsWith("refs/heads/") ? ref.slice("refs/heads/".length) : "";
}

function policyOf({ promote: policy }: Config, file: string): PromotePolicy {
  if (policy) return policy;
  throw new Failure({
    kind: "input",
    code: "promote.not-configured",
    message: `expected a section \`promote\` in ${file}, found none`,
    hint: "Add `promote` with `chain` and `checks`; the action's README has an example.",
  });
}
