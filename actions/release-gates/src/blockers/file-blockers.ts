import { catalogue } from "#src/domain/catalogue";
import type { Effect } from "#src/domain/effect";
import { toFailure } from "#src/domain/failure";
import { readJobResults } from "#src/domain/job-results";
import type { StageReport } from "#src/domain/report";
import { type Check, decidingCode } from "#src/domain/verdict";
import type { IssueTracker } from "#src/ports/issues";
import type { LedgerStore } from "#src/ports/ledger-store";
import type { WorkflowRuns } from "#src/ports/workflow-runs";
import type { StageContext } from "#src/stage-context";
import { applySteps, plannedEffects } from "./apply-filing.ts";
import { type Board, readBoard, readDrafts } from "./board.ts";
import { findCauses } from "./causes.ts";
import { decideDrafts, decideFiling, type Filing } from "./decide-filing.ts";
import { type FilingScene, readScene } from "./filing-scene.ts";
import { gatherDetails, readFailedJobs, type Surroundings } from "./gather-evidence.ts";
import { judgeFiled, judgeMetadata, judgeRefused } from "./judge-filing.ts";
import type { Step } from "./steps.ts";
import { blockersText } from "./text.ts";

/** What the filing run asks and writes. */
export interface FilingPorts {
  tracker: IssueTracker;
  runs: Pick<WorkflowRuns, "failedJobs">;
  store: LedgerStore;
  run: { id: string; attempt: number; url: string };
}

interface Room {
  given: { results: string; "github-token": string };
  context: StageContext;
  ports: FilingPorts;
}

/**
 * Files what blocks the release, and closes what has passed. Whatever keeps it from doing so makes it fail, and the text
 * stands in the summary; the release is blocked all the same, by what the blockers speak of.
 */
export async function fileBlockers(room: Room): Promise<StageReport> {
  const { context, given, ports } = room;
  const findings = findCauses(context.ledger, readJobResults(given.results));
  const scene = readScene(context.ledger, ports.run.id);
  const around = await surround(room, scene, findings.causes);
  const { check, effects } = await conclude(scene, { findings, around }, room);
  const checks = [check, ...judgeMetadata(around)];
  const code = decidingCode(checks);
  return {
    checks,
    effects,
    noRelease: scene.idle,
    summary: blockersText(scene.target, findings.causes, around),
    next: code ? catalogue[code].remedy : nextStep(findings.causes.length),
  };
}

type Found = Pick<Filing, "findings" | "around">;

async function surround(
  { given, context, ports }: Room,
  { gates, commit }: FilingScene,
  causes: Found["findings"]["causes"],
): Promise<Surroundings> {
  const { expected } = context;
  const results = readJobResults(given.results);
  const jobs = causes.length === 0 ? undefined : await readFailedJobs(ports.run.id, results, ports.runs);
  const sources = { store: ports.store, gates, expected, secrets: [given["github-token"]] };
  const details = await gatherDetails(causes, jobs?.failed ?? [], sources);
  return { repository: expected.repository, commit, run: ports.run, jobs, details };
}

async function conclude(scene: FilingScene, found: Found, room: Room): Promise<{ check: Check; effects: Effect[] }> {
  const { tracker } = room.ports;
  try {
    const { steps, own } = await decideSteps(scene, found, room);
    if (room.context.expected.mode === "rehearsal")
      return { check: judgeFiled(scene, found.findings, steps.length), effects: plannedEffects(steps) };
    const { effects, failure } = await applySteps(steps, { target: scene.target, tracker, own });
    return { check: failure ? judgeRefused(failure) : judgeFiled(scene, found.findings, steps.length), effects };
  } catch (thrown) {
    return { check: judgeRefused(toFailure(thrown)), effects: [] };
  }
}

/** Asks the tracker only where the policy or an audit wants something of it. */
async function decideSteps(
  { target, named, drafts, finding }: FilingScene,
  found: Found,
  { ports }: Room,
): Promise<{ steps: Step[]; own: Board["own"] }> {
  const board = target.policy.file && named ? await readBoard(target, ports.tracker) : undefined;
  const wanted = drafts.file.length + drafts.close.length > 0;
  const audited = wanted ? await readDrafts(target, ports.tracker) : new Map();
  return {
    steps: [
      ...(board ? decideFiling({ ...found, target, board, finding }) : []),
      ...(wanted ? decideDrafts(drafts, target, audited) : []),
    ],
    own: new Map([...(board?.own ?? []), ...audited]),
  };
}

function nextStep(causes: number): string {
  return causes === 0
    ? "Nothing is left to file."
    : "Repair the causes, and run the gates again; the filing run closes what has passed.";
}
