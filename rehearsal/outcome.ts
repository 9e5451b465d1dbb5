import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import * as z from "zod";
import type { ArtifactBackend } from "./artifacts/start-artifacts.ts";
import { readZip } from "./artifacts/zip.ts";
import { type EndedRun, reportOf } from "./ended-run.ts";
import type { Folders } from "./folders.ts";
import type { RunResult } from "./runner/contract.ts";
import type { World } from "./world.ts";

/** How a rehearsal ended: the verdict's own words, `lost` where the machine vanished before there was one, or `none`. */
export interface Outcome {
  verdict: string;
  reason: string;
  explanation: string;
  /** What to do now, where someone said so. */
  next: string;
  /** Empty where nothing was planned. */
  planDigest: string;
}

/** What is read and written to bring an outcome. */
interface Archive {
  folders: Pick<Folders, "report">;
  artifacts: Pick<ArtifactBackend, "list" | "read">;
}

const document = z.looseObject({
  verdict: z.string().nullable(),
  outcome: z.string(),
  reason: z.object({ code: z.string(), text: z.string() }),
  next: z.string(),
  effects: z.array(z.unknown()),
  "plan-digest": z.string(),
});

/** Brings the verdict's files from its artifact to where people look for them, and reads how it ended. */
export function bringOutcome({ folders, artifacts }: Archive, { runId, result }: EndedRun): Outcome {
  const artifact = reportOf(result);
  if (!artifact) return unpromoted(result) ?? silent(result);
  const stored = artifacts.list().findLast((one) => one.name === artifact && one.runId === String(runId));
  const bytes = stored && artifacts.read(stored.id);
  if (!bytes) return silent(result);
  for (const { name, content } of readZip(bytes)) {
    mkdirSync(dirname(folders.report(name)), { recursive: true });
    writeFileSync(folders.report(name), content);
  }
  const read = document.parse(JSON.parse(readFileSync(folders.report("verdict.json"), "utf8")));
  return {
    verdict: read.outcome === "no-release" ? "no-release" : (read.verdict ?? "Aborted"),
    reason: read.reason.code,
    explanation: read.reason.text,
    next: read.next,
    planDigest: read.effects.length === 0 ? "" : read["plan-digest"],
  };
}

/** The path of the report, where the verdict stage has written one. */
export function reportPath({ folders }: Pick<World, "folders">): string | undefined {
  const path = folders.report("report.html");
  return existsSync(path) ? path : undefined;
}

/** A run that promotes first may rightly end there: with nothing to ship, or with a refusal before any release began. */
function unpromoted({ jobs }: RunResult): Outcome | undefined {
  const outputs = jobs.find(({ key }) => key.endsWith("promote"))?.outputs ?? {};
  const { outcome, code } = outputs;
  if (outcome === "no-release") return { verdict: "no-release", planDigest: "", ...standstill(outputs) };
  if (outcome !== "blocked" || !code) return undefined;
  return {
    verdict: "Aborted",
    reason: code,
    explanation: "The promotion was refused, so no release began.",
    next: "Look at the summary of the promotion.",
    planDigest: "",
  };
}

/** Says why a promotion that went well has nothing to release yet. */
function standstill({ state, "pull-request": pull }: Record<string, string>) {
  if (state === "nothing-to-ship") {
    const explanation = "Every branch of the chain holds the commit already, so no release began.";
    return { reason: "promote.nothing-to-ship", explanation, next: "" };
  }
  const explanation = `${pull || "The pull request that a live run would open"} waits for a person, so no release began.`;
  return { reason: "", explanation, next: "A person merges it; the release begins from there." };
}

function silent({ conclusion, jobs }: RunResult): Outcome {
  const shared = { reason: "", planDigest: "" };
  if (conclusion === "lost") {
    const explanation = "the run was lost before the verdict stage could speak; silence is Aborted";
    return { ...shared, verdict: "lost", explanation, next: "" };
  }
  const job = jobs.find(({ key }) => key.endsWith("verdict"));
  if (job && job.conclusion !== "skipped") {
    const explanation = `the job "${job.name}" ended ${job.conclusion} without a verdict; silence is Aborted`;
    return { ...shared, verdict: "none", explanation, next: "Its log stands under logs/." };
  }
  return {
    ...shared,
    verdict: "none",
    explanation: `the run ended ${conclusion} and no verdict job ran; silence is Aborted`,
    next: "Add a job with `if: always()` that needs all others and uses seaworthy/seaworthy/.github/workflows/conclude-release.yml.",
  };
}
