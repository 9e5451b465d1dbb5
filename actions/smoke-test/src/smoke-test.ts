import type * as z from "zod";
import type { Config } from "#src/contract/config/schema";
import type { SmokePolicy } from "#src/contract/config/smoke";
import { requireBuiltFiles } from "#src/domain/build-manifest-reading";
import { canonicalJson } from "#src/domain/digest";
import { redact, redactTexts } from "#src/domain/log-excerpt";
import type { NamedRelease } from "#src/domain/release";
import { judgeReliance } from "#src/domain/reliance";
import type { StageReport } from "#src/domain/report";
import { versionOfTag } from "#src/domain/tag-pattern";
import { type Check, conclude } from "#src/domain/verdict";
import type { JobSecrets } from "#src/ports/job-secrets";
import { requirePlan, type StageContext } from "#src/stage-context";
import { builtArchives } from "./built-archives.ts";
import { type CollectPorts, collectSystems, judgeSystem } from "./collect-systems.ts";
import { conductAll } from "./conduct-all.ts";
import type { contract } from "./contract.ts";
import { judgeCases, judgeChannels, judgeExecuted, judgeExternal } from "./decide.ts";
import { describeOutcome, logOf } from "./describe-trials.ts";
import type { Outcome } from "./judge-conduct.ts";
import { judgeEndpoints, judgeParameters } from "./judge-surroundings.ts";
import { junitXml } from "./junit-xml.ts";
import { keptFiles } from "./kept-files.ts";
import { recommend } from "./recommend.ts";
import { checksOf, logName } from "./scenario-checks.ts";
import type { PreviousRelease } from "./source.ts";
import { judgeObserved, judgeReferences, readSpecification } from "./specification.ts";
import { summarise } from "./summarise.ts";
import type { TrialPorts, TrialSetting } from "./trial-setting.ts";

/** What the stage needs. */
export interface SmokePorts extends TrialPorts, CollectPorts {
  secrets: JobSecrets;
}

/** Tries every scenario, each in a place of its own; the report is written whatever becomes of them. */
export async function smokeTest(
  { mode, system }: z.output<typeof contract.inputs>,
  context: StageContext,
  ports: SmokePorts,
): Promise<StageReport> {
  const planned = requirePlan(context);
  const { release, config } = planned;
  const policy = config.smoke;
  if (mode === "collect") return collectSystems(planned, context, ports);
  const entry = [
    ...judgeSystem(system, policy),
    judgeReliance(context.ledger, "build-manifest", "smoke.stage-not-passed"),
    judgeReliance(context.ledger, "publish-verify", "smoke.stage-not-passed"),
    judgeCases(policy.scenarios, config.channels),
    ...judgeEndpoints(policy),
  ];
  if (conclude(entry).result !== "pass") {
    return reportOf([], { entry, surroundings: [], policy, version: release.version, secrets: [] });
  }

  const built = requireBuiltFiles(context.ledger, release);
  const { values, secrets } = valuesOf(policy, ports.secrets);
  const previous = previousOf(release, config);
  const archives = builtArchives(context.ledger);
  const setting: TrialSetting = { release, previous, channels: config.channels, built, policy, archives, values };
  const outcomes = await conductAll(policy.scenarios, setting, ports);
  const texts = await readSpecification(policy, release.sha, ports);
  const surroundings = [
    ...judgeChannels(outcomes, config.channels),
    ...judgeObserved(policy, { texts, outcomes }),
    ...judgeReferences(policy.scenarios, texts),
    ...judgeParameters(policy, ports.clock.now()),
  ];
  const report = reportOf(outcomes, { entry, surroundings, policy, version: release.version, secrets });
  const kept = await keptFiles(outcomes, { workspaces: ports.workspaces, secrets });
  await discardPassed(outcomes, ports);
  const subjects = built.map(({ name, sha256, sha512 }) => ({ name, digest: { sha256, sha512 } }));
  return { ...report, attachments: [...(report.attachments ?? []), ...kept], subjects };
}

interface Reporting {
  entry: Check[];
  surroundings: Check[];
  policy: SmokePolicy;
  version: string;
  secrets: string[];
}

/** Values of credentials are taken out of every text before it is written anywhere: each form of writing spells them in its own way. */
function reportOf(tried: Outcome[], { entry, surroundings, policy, version, secrets }: Reporting): StageReport {
  const outcomes = tried.map((one) => ({ ...one, findings: withoutSecrets(one.findings, secrets) }));
  const counted = outcomes.length > 0 ? [judgeExecuted(outcomes, policy), ...judgeExternal(outcomes, policy)] : [];
  const scenarioChecks = outcomes.flatMap((outcome) => checksOf(outcome, policy));
  const checks = withoutSecrets([...entry, ...scenarioChecks, ...surroundings, ...counted], secrets);
  const passed = outcomes.filter(({ ending }) => ending === "pass").length;
  const proceeds = conclude(checks).result === "pass";
  const scenarios = outcomes.map((outcome) => describeOutcome(outcome, secrets));
  const described = { schema: "seaworthy-smoke/1", version, scenarios, parameters: policy.parameters };
  const summary = summarise(outcomes, { checks, version, policy });
  return {
    checks,
    attachments: [
      { name: "report.md", content: `${summary}\n` },
      { name: "smoke.json", content: canonicalJson(redactTexts(described, secrets)) },
      { name: "junit.xml", content: junitXml(outcomes, version) },
      ...outcomes.map(({ conduct }) => ({ name: logName(conduct.scenario), content: logOf(conduct, secrets) })),
    ],
    summary,
    outputs: { ...recommend(checks), passed: String(passed), failed: String(outcomes.length - passed) },
    next: proceeds
      ? "Watch the release."
      : "Do not announce the release. Read the log of what failed; roll back where users are affected.",
  };
}

function withoutSecrets<Told extends { because: string }>(told: Told[], secrets: string[]): Told[] {
  return told.map((one) => ({ ...one, because: redact(one.because, secrets) }));
}

/** The release before, by the tag that the plan compared with. */
function previousOf({ base }: NamedRelease, { version }: Config): PreviousRelease | undefined {
  const found = base === null ? undefined : versionOfTag(version["tag-pattern"], base);
  return base !== null && found ? { tag: base, version: found.text } : undefined;
}

/** Reads the values of the parameters; those of credentials come from the job, and are kept out of all evidence. */
function valuesOf({ parameters }: SmokePolicy, secrets: JobSecrets) {
  const read = parameters.map(({ id, kind, value }) => ({
    id,
    secret: kind === "credential",
    value: kind === "credential" ? secrets.read(value) : value,
  }));
  return {
    values: new Map(read.flatMap(({ id, value }) => (value === undefined ? [] : [[id, value] as const]))),
    secrets: read.flatMap(({ secret, value }) => (secret && value !== undefined ? [value] : [])),
  };
}

/** What a scenario that passed leaves is litter, and so are the places of its self-test; one that cannot be removed is no finding. */
async function discardPassed(outcomes: Outcome[], { workspaces }: TrialPorts): Promise<void> {
  const roots = outcomes.flatMap(({ conduct, ending }) => {
    const { attempts, repeats, planted, previous } = conduct;
    const others = [...attempts.slice(0, -1), planted.failing, planted.silent, ...(previous ? [previous] : [])];
    const own = ending === "pass" ? [...attempts.slice(-1), ...repeats] : [];
    return [...others, ...own].flatMap((one) => one?.trial.root ?? []);
  });
  await Promise.allSettled(roots.map((root) => workspaces.discard(root)));
}
