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
  if (!artifact) return lost(result);
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
