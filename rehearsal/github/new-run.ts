import type { Run } from "./records.ts";
import { nextId, nowIn, type World } from "./world.ts";

/** Makes a queued workflow run, numbered after the earlier ones of its file. */
export function newRun(world: World, report: Pick<Run, "id" | "path" | "headSha" | "event"> & Partial<Run>): Run {
  const { state } = world;
  const now = nowIn(world);
  return {
    suite: nextId(state),
    name: report.path,
    title: report.path,
    headBranch: null,
    number: state.runs.filter((one) => one.path === report.path).length + 1,
    attempt: 1,
    status: "queued",
    conclusion: null,
    actor: "github-actions[bot]",
    createdAt: now,
    startedAt: now,
    updatedAt: now,
    referenced: [],
    ...report,
  };
}
