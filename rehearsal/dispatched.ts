import { randomInt } from "node:crypto";
import { join } from "node:path";
import { type EndedRun, reportOf } from "./ended-run.ts";
import { eventOf } from "./event.ts";
import { git } from "./git.ts";
import type { Dispatch } from "./github/records.ts";
import { keepSummaries } from "./keep-summaries.ts";
import { type Play, play } from "./play.ts";
import { type Narrator, tell } from "./progress.ts";
import type { Conclusion } from "./runner/contract.ts";
import type { World } from "./world.ts";

/** The runs that a rehearsed run has started by dispatching workflows. */
export interface DispatchedRuns {
  /** Waits until every one that was started since the last time has ended, and tells them in order. */
  ended(): Promise<EndedRun[]>;
}

/** What a rehearsal of several runs ends with. */
export interface Decision {
  /** The last run with a verdict or a complaint, else the first run. */
  deciding: EndedRun;
  /** Success only where every run has succeeded, else how the first that has not did end. */
  conclusion: Conclusion;
}

/** Decides among the run that is rehearsed and, in order, those that it started: one that failed without a word still counts. */
export function decide(first: EndedRun, dispatched: EndedRun[]): Decision {
  const ended = [first, ...dispatched];
  const failed = ended.find(({ result }) => result.conclusion !== "success");
  return { deciding: ended.findLast(speaks) ?? first, conclusion: failed?.result.conclusion ?? "success" };
}

/** A run that ended with a verdict, or that was refused before it began. */
function speaks({ result }: EndedRun): boolean {
  return result.startupFailure !== undefined || reportOf(result) !== undefined;
}

/** What dispatched runs share with the run that is rehearsed. */
export type DispatchScene = Pick<Play, "repository" | "branch" | "secrets" | "vars" | "reviewers"> & {
  narrator: Narrator;
  signal: AbortSignal | undefined;
};

/** Starts every workflow that is dispatched from now on, as GitHub would: on its own commit, beside the run that asked for it. */
export function playDispatches(world: World, scene: DispatchScene): DispatchedRuns {
  const runs: Promise<EndedRun>[] = [];
  world.github.onDispatch((dispatch) => {
    const run = playOne(world, scene, { dispatch, number: runs.length + 1 });
    // Whoever asks for the deciding run hears of a failure; until then it must not end the process.
    run.catch(() => undefined);
    runs.push(run);
  });
  return {
    ended: async () => {
      const ended: EndedRun[] = [];
      for (let next = runs.shift(); next; next = runs.shift()) ended.push(await next);
      return ended;
    },
  };
}

async function playOne(
  world: World,
  { repository, branch, secrets, vars, reviewers, narrator, signal }: DispatchScene,
  { dispatch, number }: { dispatch: Dispatch; number: number },
): Promise<EndedRun> {
  const { path, ref, sha, event } = dispatch;
  const id = dispatch.runId ?? randomInt(1_000_000, 9_000_000);
  const folder = join(world.folders.world, "dispatched", String(id));
  const source = join(folder, "source");
  await git(["clone", "--quiet", "--no-checkout", world.folders.git, source]);
  await git(["checkout", "--quiet", "--detach", sha], source);
  const inputs = Object.fromEntries(Object.entries(dispatch.inputs).map(([name, value]) => [name, String(value)]));
  const { name, payload } = eventOf({ event, repository, branch, sha, inputs });
  const label = path.replace(/^.*\//, "");
  narrator.line(`↳ ${label} was dispatched on ${ref}`);
  const folders = { ...world.folders, source, jobs: join(folder, "jobs") };
  const result = await play(
    { ...world, folders },
    {
      ...{ workflow: path, repository, branch: ref.replace(/^refs\/(heads|tags)\//, ""), ref, sha, reviewers },
      event: { name, payload: { ...payload, ref } },
      ...{ inputs, secrets, vars },
      run: { id, number, attempt: 1 },
      watchers: [
        tell({ ...narrator, line: (text) => narrator.line(text.replace(/^(\s*[^\s│]) /, `$1 ${label}: `)) }),
        keepSummaries(join(world.folders.home, label.replace(/\.ya?ml$/, ""))),
      ],
      ...(signal ? { signal } : {}),
    },
  );
  return { runId: id, result };
}
