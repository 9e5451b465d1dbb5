import type * as z from "zod";
import { awaitChecks } from "#src/await-checks";
import type { PromotePolicy } from "#src/contract/config/promote";
import type { Config } from "#src/contract/config/schema";
import { readConfig } from "#src/contract/read-config";
import { Failure } from "#src/domain/failure";
import { question } from "#src/domain/question";
import type { StageReport } from "#src/domain/report";
import { joinFindings } from "#src/domain/required-checks";
import { type Check, conclude } from "#src/domain/verdict";
import type { BranchHistory } from "#src/ports/branch-history";
import type { Branches } from "#src/ports/branches";
import type { CheckRuns } from "#src/ports/check-runs";
import type { Checkout } from "#src/ports/checkout";
import type { Clock } from "#src/ports/clock";
import type { ProjectFiles } from "#src/ports/project-files";
import type { RemoteRefs, RemoteRepository, RemoteSilence } from "#src/ports/remote-refs";
import { type Applied, applyHops, statesBefore } from "./apply.ts";
import { compileReport, type Ending } from "./compile-report.ts";
import type { contract } from "./contract.ts";
import { gatherDivergences, gatherHops, gatherNeighbours, isTipKnown } from "./gather.ts";
import { type Hop, isForward } from "./hops.ts";
import { judgeBackmerge } from "./judge-backmerge.ts";
import { isIdle, judgeHops } from "./judge-hops.ts";
import { judgeStart } from "./judge-start.ts";

/** The run as the runner tells it, as far as a promotion needs it. */
export interface Run {
  repository: string;
  ref: string;
  sha: string;
  attempt: number;
}

/** What a promotion asks, and the one thing that it writes through. */
export interface Ports {
  local: Checkout & ProjectFiles;
  history: BranchHistory;
  remote: RemoteRepository;
  checkRuns: CheckRuns;
  branches: Branches;
  clock: Clock;
}

type Given = z.output<typeof contract.inputs>;

/** Promotes the checked-out branch along its chain: all questions first, then one move after the other. Throws `promote.not-configured`. */
export async function promote(given: Given, run: Run, ports: Ports): Promise<StageReport> {
  const checkout = await ports.local.look();
  const config = readConfig(await ports.local.read(given.config, checkout.head), given.config);
  const policy = policyOf(config, given.config);
  const source = given.branch || branchOf(run.ref);
  const remote = await ports.remote.refs();
  const tipKnown = await isTipKnown(source, checkout.head, { remote, history: ports.history });
  const start = judgeStart({ source, chain: policy.chain, run, checkout, remote, tipKnown });

  const way = { source, chain: policy.chain, sha: checkout.head };
  const { hops, checks } = await judgeWay(way, { start, remote, policy, attempt: run.attempt }, ports);
  const before = remote.known ? remote.heads : new Map<string, string>();
  const decided = { checks, heads: before };
  const applied = await act({ hops, decided, mode: given["release-mode"], source }, ports);
  const ending = endingOf({ hops, applied, mode: given["release-mode"], attempt: run.attempt });
  return compileReport({
    repository: run.repository,
    mode: given["release-mode"],
    config,
    ...way,
    hops,
    before,
    applied,
    ending,
  });
}

/** Judges the way only where there is one: a start that was refused leads nowhere. */
async function judgeWay(
  way: { source: string; chain: string[]; sha: string },
  ground: { start: Check[]; remote: RemoteRefs | RemoteSilence; policy: PromotePolicy; attempt: number },
  ports: Ports,
): Promise<{ hops: Hop[]; checks: Check[] }> {
  const { start, remote, policy, attempt } = ground;
  if (!remote.known || conclude(start).result !== "pass") return { hops: [], checks: start };
  const hops = await gatherHops(way, remote, ports.history);
  const divergences = await gatherDivergences(hops, ports.history);
  const forward = judgeHops({ ...way, hops, divergences });
  const pairs = await gatherNeighbours({ ...way, hops }, remote, ports.history);
  const backmerge = judgeBackmerge(policy, pairs);
  const free = conclude([...start, ...forward, backmerge]).result === "pass";
  const idle = isIdle(hops) && attempt === 1;
  const gates = idle ? idleGates() : await judgeGates(policy, { sha: way.sha, patient: free }, ports);
  return { hops, checks: [...start, ...forward, gates, backmerge] };
}

const gatesQuestion = () => question("gates", "The required checks have succeeded on exactly this commit");

function idleGates(): Check {
  return gatesQuestion().notApplicable(
    "promote.nothing-to-ship",
    "no branch is to move, so nothing needs to be proven",
  );
}

/** Waits only where a pass would lead anywhere. */
async function judgeGates(
  { checks, wait }: PromotePolicy,
  { sha, patient }: { sha: string; patient: boolean },
  ports: Ports,
): Promise<Check> {
  const findings = await awaitChecks({ checks, wait: patient ? wait : undefined }, sha, ports);
  const { result, code, because, evidence } = joinFindings(findings, sha);
  const ask = gatesQuestion();
  if (result === "pass") return ask.pass(because, evidence);
  const found = `expected success on ${sha}, found: ${because} (${code})`;
  return result === "fail"
    ? ask.fail("promote.gates-not-passed", found, evidence)
    : ask.unsure("promote.gates-not-passed", found, evidence);
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
