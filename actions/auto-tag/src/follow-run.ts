import { milliseconds } from "#src/contract/config/fields";
import { toFailure } from "#src/domain/failure";
import { closingExcerpt } from "#src/domain/log-excerpt";
import type { Check } from "#src/domain/verdict";
import type { FailedJob, WorkflowRun } from "#src/ports/workflow-runs";
import { codeBlock, escapeMarkdown } from "#src/report/markdown";
import type { RunScene } from "./start-next.ts";

/** How a followed run ended, with Markdown about the jobs that failed. */
export interface Followed {
  check: Check;
  summary: string;
}

/** Milliseconds between two looks at a run that is under way: thrifty, as a run takes minutes. */
const pause = 15_000;

/** Waits for the conclusion of a run within the time of the policy. Anything but success blocks. */
export async function followRun(scene: RunScene, first: WorkflowRun): Promise<Followed> {
  try {
    return await untilConcluded(scene, first);
  } catch (thrown) {
    const { code, message } = toFailure(thrown);
    return { check: followCheck(first, message, { result: "inconclusive", code }), summary: "" };
  }
}

async function untilConcluded({ policy, runs, clock }: RunScene, first: WorkflowRun): Promise<Followed> {
  const end = clock.now().getTime() + milliseconds(policy["follow-timeout"]);
  let run = first;
  while (!run.finished) {
    if (clock.now().getTime() + pause > end) {
      const because = `expected run ${run.id} to conclude within ${policy["follow-timeout"]}, found it still under way`;
      return { check: followCheck(run, because, { result: "fail", code: "tag.downstream-timeout" }), summary: "" };
    }
    await clock.sleep(pause);
    const seen = await runs.read(run.id);
    if (seen !== "absent") run = seen;
  }
  if (run.conclusion === "success") return { check: followCheck(run, `run ${run.id} succeeded`), summary: "" };
  return describe(run, await runs.failedJobs(run.id));
}

function describe(run: WorkflowRun, jobs: FailedJob[]): Followed {
  const names = jobs.map(({ name, step }) => (step === "" ? name : `${name} (${step})`)).join(", ");
  const because = `expected run ${run.id} to succeed, found ${run.conclusion || "no conclusion"}: ${names || "no job says why"}`;
  const check = followCheck(run, because, { result: "fail", code: "tag.downstream-failed" });
  return {
    check: { ...check, evidence: [...check.evidence, ...jobs.map(({ url }) => url)] },
    summary: summaryOf(jobs),
  };
}

/** Logs are foreign text: shortened from their ends, and shown where they cannot speak Markdown. */
function summaryOf(jobs: FailedJob[]): string {
  const parts = jobs.map(({ name, conclusion, log }) => {
    const title = `**${escapeMarkdown(name)}**: ${escapeMarkdown(conclusion)}`;
    return log === undefined ? title : `${title}\n\n${codeBlock(closingExcerpt(log))}`;
  });
  return parts.length === 0 ? "" : ["### Failed jobs of the run that was started", ...parts].join("\n\n");
}

function followCheck(run: WorkflowRun, because: string, finding: Partial<Check> = {}): Check {
  const title = "The run that goes on has succeeded";
  return { id: "downstream", title, required: true, result: "pass", because, evidence: [run.url], ...finding };
}
