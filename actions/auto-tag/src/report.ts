import type { Config } from "#src/contract/config/schema";
import type { Effect } from "#src/domain/effect";
import type { StageReport } from "#src/domain/report";
import { type Check, conclude } from "#src/domain/verdict";
import type { Applied } from "./apply.ts";
import type { TaggedRelease } from "./decide.ts";
import { dispatchEffect } from "./decide-next.ts";
import type { Meter } from "./meter.ts";
import { branchEffect, followingBranch } from "./move-branch.ts";
import type { Reached } from "./start-next.ts";

/** How far the stage came. What is absent was not reached. */
export interface Outcome {
  checks: Check[];
  meter: Meter;
  tag?: Applied;
  next?: Reached;
  branch?: Effect["state"];
  summary?: string;
}

/** Reports the stage. The effects are the same list whatever became of them, so that a rehearsal plans what a live run does. */
export function reportOf(release: TaggedRelease, config: Config, outcome: Outcome): StageReport {
  const { checks, meter, tag, summary = "" } = outcome;
  const { sha } = release;
  const target = `refs/tags/${release.tag}`;
  const passed = conclude(checks).result === "pass";
  const digest = { gitCommit: sha, ...(passed && tag && tag.object !== "" ? { gitTag: tag.object } : {}) };
  const outputs = outputsOf(release, outcome, passed);
  const counts = meter.told() === "" ? "" : `<sub>API requests by part: ${meter.told()}</sub>`;
  return {
    checks,
    effects: effectsOf(release, config, outcome),
    subjects: [{ name: target, digest }],
    ...(Object.keys(outputs).length > 0 ? { outputs } : {}),
    summary: [summary, counts].filter(Boolean).join("\n\n"),
    next: passed ? adviceFor(release, outcome) : "Nothing was released. Correct what blocks, and rerun.",
  };
}

/** Reports a version that the channel leaves out: green and explained, with nothing to release. */
export function leftOutReport({ version }: TaggedRelease, admitted: Check[]): StageReport {
  const because = `${version} is not stable, and \`tag.channel\` is stable`;
  const title = "The version belongs to the channel that is tagged";
  const check = { id: "channel", title, required: true, evidence: [version] };
  return {
    checks: [...admitted, { ...check, result: "not-applicable", because }],
    outputs: { state: "left-out" },
    noRelease: true,
    next: `Nothing is tagged: ${because}.`,
  };
}

function effectsOf(release: TaggedRelease, config: Config, { tag, next, branch }: Outcome): Effect[] {
  const name = followingBranch(config.tag, config.version["tag-pattern"], release);
  return [
    {
      kind: "tag",
      target: `refs/tags/${release.tag}`,
      precondition: "absent",
      wanted: `${config.tag.kind} ${release.sha}`,
      state: tag?.effect ?? "refused",
    },
    ...dispatchEffect(config.tag.next, release, next?.effect ?? "refused"),
    ...(name === undefined ? [] : [branchEffect(name, release, branch ?? "refused")]),
  ];
}

function outputsOf({ tag }: TaggedRelease, outcome: Outcome, passed: boolean): Record<string, string> {
  const { run, how = "" } = outcome.next ?? {};
  const found: Record<string, string> = run
    ? { "run-id": String(run.id), "run-url": run.url, next: how }
    : passed && outcome.next?.effect === "planned"
      ? { next: "planned" }
      : {};
  if (!passed || !outcome.tag) return found;
  const { effect, object } = outcome.tag;
  return { tag, "tag-object": object, state: effect === "done" ? "created" : effect, ...found };
}

function adviceFor({ tag }: TaggedRelease, { next }: Outcome): string {
  const { run, how } = next ?? {};
  if (!run) return `Build from ${tag}.`;
  const doubt = how === "adopted" ? ", which was there already: make sure that it is no rehearsal" : "";
  return `Run ${run.id} goes on from ${tag}${doubt}: ${run.url}`;
}
