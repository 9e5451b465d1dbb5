import { rmSync } from "node:fs";
import { relative } from "node:path";
import { chronicle } from "./chronicle.ts";
import { Complaint } from "./complaint.ts";
import { consumerConfig } from "./consumer-config.ts";
import { decide, playDispatches } from "./dispatched.ts";
import { eventOf } from "./event.ts";
import type { Fault } from "./faults/fault.ts";
import { pointLatestAt } from "./folders.ts";
import { keepSummaries, logFile } from "./keep-summaries.ts";
import { type Memory, remember } from "./memory.ts";
import { bringOutcome, type Outcome, reportPath } from "./outcome.ts";
import { play } from "./play.ts";
import { problemsOf } from "./problems.ts";
import { type Narrator, tell } from "./progress.ts";
import { type Repaired, repairAfter } from "./repair.ts";
import { countRequests, type RequestCount } from "./request-counts.ts";
import type { Conclusion, RunEvent, RunResult } from "./runner/contract.ts";
import type { StagedService } from "./service.ts";
import { tapMaintainer } from "./tap-maintainer.ts";
import type { World } from "./world.ts";

/** How a rehearsal ended, with where to look. */
export interface Rehearsed extends Outcome {
  folder: string;
  report: string | undefined;
  requests: RequestCount[];
  /** What the embedded servers complained about; a rehearsal with complaints has failed whatever its verdict. */
  problems: string[];
  /** How the run and those that it started ended as a whole; a job of the consumer's own may fail although the release holds. */
  conclusion: Conclusion;
  /** How it ended at first, where a maintainer has repaired it since. */
  before?: Repaired | undefined;
  /** Whether the run left every server as it was; only told of a rehearsed mode. */
  untouched: boolean | undefined;
}

/** A world that is ready for its release run. `vanish` ends the run as if its machine was gone. */
export interface Stage {
  world: World;
  service: StagedService | undefined;
  vanish: AbortController;
}

/** How to play the release run. */
export interface ReleaseOptions {
  fault?: Fault;
  narrator: Narrator;
  reviewers: "approved" | "rejected";
  signal?: AbortSignal;
}

/** Plays the release run, from its beginning or, after an earlier attempt, from its failed jobs. */
export async function release(
  stage: Stage,
  { previous, ...memory }: Omit<Memory, "result"> & { previous?: RunResult },
  options: ReleaseOptions,
): Promise<Rehearsed> {
  const { world } = stage;
  const before = await everything(stage);
  const { repository, branch, secrets, vars } = memory;
  const { narrator, reviewers, signal } = options;
  const dispatched = playDispatches(world, { repository, branch, secrets, vars, reviewers, narrator, signal });
  const result = await play(world, {
    ...memory,
    event: eventOf(memory),
    reviewers,
    watchers: watchersOf(stage, options, {
      memory,
      keep: chronicle(world.folders.memory, memory, previous),
    }),
    killSignal: stage.vanish.signal,
    ...(previous ? { previous } : {}),
    ...(signal ? { signal } : {}),
  });
  if (result.startupFailure) throw notStarted(memory.workflow, result.startupFailure);
  remember(world.folders.memory, { ...memory, result });
  const first = decide({ runId: memory.run.id, result }, await dispatched.ended());
  const repair = await repairAfter(world, first, { memory, dispatched, ...options });
  const { deciding, conclusion } = repair?.decision ?? first;
  const untouched = isRehearsal(memory) ? before === (await everything(stage)) : undefined;
  return {
    ...bringOutcome(world, deciding),
    folder: world.folders.home,
    report: reportPath(world),
    requests: countRequests(world.folders.journal),
    problems: problemsOf(world.github, world.artifacts),
    before: repair?.before,
    untouched,
    conclusion,
  };
}

/** Every state that a release could change, as one text: the servers', and what is deployed on the host. */
async function everything({ world, service }: Stage): Promise<string> {
  return JSON.stringify([await world.snapshot(), service?.deployed() ?? null]);
}

type Watcher = (event: RunEvent) => void;

function watchersOf(
  { world, service, vanish }: Stage,
  { narrator, fault }: ReleaseOptions,
  { memory, keep }: { memory: Omit<Memory, "result">; keep: Watcher },
): Watcher[] {
  const { folders } = world;
  const released = { ...memory, update: fault?.tapUpdate ?? ((formula: string) => formula) };
  return [
    keep,
    (event) => {
      if (event.type === "run-started") begin(world);
      if (event.type === "job-finished") service?.keep();
    },
    tell(narrator, (key) => relative(process.cwd(), logFile(folders.home, key))),
    keepSummaries(folders.home),
    ...(isRehearsal(memory) ? [] : [tapMaintainer(world, consumerConfig(folders.source), released)]),
    (event) =>
      fault?.during?.(world, event, { head: memory.sha, runId: memory.run.id, kill: () => vanish.abort(), service }),
  ];
}

/** A verdict of an attempt before this one must not be read as that of this one. */
function begin({ folders }: World): void {
  pointLatestAt(folders);
  for (const name of ["verdict.json", "report.html", "report.md"]) rmSync(folders.report(name), { force: true });
}

/** Words the refusal of a run in which nothing has happened. */
export function notStarted(workflow: string, startupFailure: string): Complaint {
  const lines = startupFailure.split("\n").map((line) => `\n  ${line}`);
  return new Complaint(
    `expected ${workflow} to start, found:${lines.join("")}`,
    "Nothing has run. Correct this and run again.",
  );
}

const isRehearsal = ({ inputs }: Pick<Memory, "inputs">) => inputs.rehearsal === "true";
