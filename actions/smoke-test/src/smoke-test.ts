import type * as z from "zod";
import { filesFolder } from "#src/domain/build-manifest";
import { requireBuiltFiles } from "#src/domain/build-manifest-reading";
import type { Ledger } from "#src/domain/ledger";
import { judgeReliance } from "#src/domain/reliance";
import type { StageReport } from "#src/domain/report";
import { type Check, conclude } from "#src/domain/verdict";
import { requirePlan, type StageContext } from "#src/stage-context";
import type { contract } from "./contract.ts";
import { checksOf, type JudgedTrial, judge, judgeCases } from "./decide.ts";
import { describeTrials, summarise } from "./describe-trials.ts";
import type { BuiltArchives } from "./install.ts";
import { type TrialPorts, tryScenario } from "./try-scenario.ts";

/** Tries every scenario, one after the other, each in a place of its own; the table is written whatever becomes of them. */
export async function smokeTest(
  _given: z.output<typeof contract.inputs>,
  context: StageContext,
  ports: TrialPorts,
): Promise<StageReport> {
  const { release, config } = requirePlan(context);
  const { scenarios } = config.smoke;
  const entry = [
    judgeReliance(context.ledger, "build-manifest", "smoke.stage-not-passed"),
    judgeReliance(context.ledger, "publish-verify", "smoke.stage-not-passed"),
    judgeCases(scenarios),
  ];
  if (conclude(entry).result !== "pass") return reportOf(entry, []);

  const built = requireBuiltFiles(context.ledger, release);
  const archives = archivesOf(context.ledger);
  const setting = { release, channels: config.channels, built };
  const judged: JudgedTrial[] = [];
  for (const scenario of scenarios) {
    judged.push(judge(await tryScenario(scenario, { setting, archives }, ports), release.version));
  }
  await discardPassed(judged, ports);
  const subjects = built.map(({ name, sha256, sha512 }) => ({ name, digest: { sha256, sha512 } }));
  return { ...reportOf(entry, judged), subjects };
}

function reportOf(entry: Check[], judged: JudgedTrial[]): StageReport {
  const checks = [...entry, ...judged.flatMap(checksOf)];
  const passed = judged.filter(({ result }) => result === "pass").length;
  const proceeds = conclude(checks).result === "pass";
  return {
    checks,
    attachments: describeTrials(judged),
    summary: summarise(judged),
    outputs: { passed: String(passed), failed: String(judged.length - passed) },
    next: proceeds
      ? "Watch the release."
      : "Do not announce the release. Read the log of what failed; roll back where users are affected.",
  };
}

/** Finds a built archive in the records of build-manifest, whatever their legs. */
function archivesOf({ admitted }: Ledger): BuiltArchives {
  const builds = admitted.filter(({ record }) => record.stage === "build-manifest");
  return ({ name }) =>
    builds.map(({ attachments }) => attachments.get(`${filesFolder}/${name}`)).find((bytes) => bytes !== undefined);
}

/** A workspace that cannot be removed is litter on the runner, not a finding. */
async function discardPassed(judged: JudgedTrial[], { workspaces }: TrialPorts): Promise<void> {
  const roots = judged.flatMap(({ trial, result }) => (result === "pass" && trial.root ? [trial.root] : []));
  await Promise.allSettled(roots.map((root) => workspaces.discard(root)));
}
