import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import * as z from "zod";
import { readZip } from "./artifacts/zip.ts";
import type { RunResult } from "./runner/contract.ts";
import type { World } from "./world.ts";

/** How a rehearsal ended: the verdict's own words, or `lost` where the machine vanished before there was one. */
export interface Outcome {
  verdict: string;
  reason: string;
  explanation: string;
  planDigest: string;
}

const document = z.looseObject({
  verdict: z.string().nullable(),
  outcome: z.string(),
  reason: z.object({ code: z.string(), text: z.string() }),
  "plan-digest": z.string(),
});

/** Brings the verdict's files from its artifact to where people look for them, and reads how it ended. */
export function bringOutcome(world: World, result: RunResult): Outcome {
  const { folders } = world;
  const job = result.jobs.find(({ key, outputs }) => key.endsWith("verdict") && outputs.report);
  const artifact = job?.outputs.report;
  if (!artifact) return unpromoted(result) ?? lost(result);
  const stored = world.artifacts.list().findLast(({ name }) => name === artifact);
  const bytes = stored && world.artifacts.read(stored.id);
  if (!bytes) return lost(result);
  for (const { name, content } of readZip(bytes)) {
    mkdirSync(dirname(folders.report(name)), { recursive: true });
    writeFileSync(folders.report(name), content);
  }
  const read = document.parse(JSON.parse(readFileSync(folders.report("verdict.json"), "utf8")));
  return {
    verdict: read.outcome === "no-release" ? "no-release" : (read.verdict ?? "Aborted"),
    reason: read.reason.code,
    explanation: read.reason.text,
    planDigest: read["plan-digest"],
  };
}

/** The path of the report, where the verdict stage has written one. */
export function reportPath(world: World): string | undefined {
  const path = world.folders.report("report.html");
  return existsSync(path) ? path : undefined;
}

/** A run that promotes first may rightly end there: with nothing to ship, or with a refusal before any release began. */
function unpromoted({ jobs }: RunResult): Outcome | undefined {
  const { outcome, code } = jobs.find(({ key }) => key.endsWith("promote"))?.outputs ?? {};
  if (outcome === "no-release") {
    const explanation = "Every branch of the chain holds the commit already, so no release began.";
    return { verdict: "no-release", reason: "promote.nothing-to-ship", explanation, planDigest: "" };
  }
  if (outcome !== "blocked" || !code) return undefined;
  return {
    verdict: "Aborted",
    reason: code,
    explanation: "The promotion was refused, so no release began.",
    planDigest: "",
  };
}

function lost(result: RunResult): Outcome {
  const startup = result.startupFailure;
  return {
    verdict: startup ? "not started" : "lost",
    reason: "",
    explanation:
      startup ?? `the run ended ${result.conclusion} before the verdict stage could speak; silence is Aborted`,
    planDigest: "",
  };
}
