import type * as z from "zod";
import { artifactName } from "#src/domain/artifact-name";
import type { Effect } from "#src/domain/effect";
import { toFailure } from "#src/domain/failure";
import type { VerdictDocument } from "#src/domain/release-verdict";
import type { Attachment, StageReport } from "#src/domain/report";
import type { Check } from "#src/domain/verdict";
import type { AssetFile, Releases } from "#src/ports/releases";
import type { StageContext } from "#src/stage-context";
import { composeVerdict, type Origin, type Outcome, verdictFiles } from "./compose-verdict.ts";
import type { contract } from "./contract.ts";
import { judgeEvidence, rule } from "./decide.ts";
import { type Facts, gatherFacts } from "./facts.ts";
import { publishRelease, rehearseRelease, releaseCheck, type Written } from "./publish-release.ts";
import { verifiedDocument } from "./verified-document.ts";
import { reportAssets, type WantedRelease, wantedRelease } from "./wanted-release.ts";

/** What the verdict needs besides the ledger. */
export interface Ports {
  releases: Releases;
  origin: Origin;
}

/** Concludes a release: judges the evidence, writes the GitHub release if all is proven, and reports whatever happened. */
export async function verdict(
  given: z.output<typeof contract.inputs>,
  context: StageContext,
  ports: Ports,
): Promise<StageReport> {
  const facts = gatherFacts(given.results, context);
  const checks = judgeEvidence(facts);
  try {
    const { effects, check } = await concludeOnGitHub(facts, checks, { context, ports });
    const ruling = rule(facts, [...checks, ...check]);
    const verified = ruling.outcome === "release" ? [verifiedDocument(context)] : [];
    return reportOf({ facts, ruling, effects, origin: ports.origin }, verified);
  } catch (thrown) {
    const ruling = rule(facts, [...checks, brokenCheck(thrown)]);
    return reportOf({ facts, ruling, effects: [], origin: ports.origin });
  }
}

/** The GitHub release comes last, and only for what is proven: its own success is the last thing to prove. */
async function concludeOnGitHub(
  facts: Facts,
  checks: Check[],
  { context, ports }: { context: StageContext; ports: Ports },
): Promise<{ effects: Effect[]; check: Check[] }> {
  const { outcome, reason } = rule(facts, checks);
  if (reason.code === "verdict.nothing-to-release") return { effects: [], check: [] };
  if (outcome === "blocked") return { effects: plannedEffects(context), check: [] };

  const wanted = wantedRelease(context);
  if (!wanted) return { effects: [], check: [unwantedCheck()] };
  const { state, check } = await writeRelease(wanted, facts, { checks, context, ports });
  return { effects: [{ ...wanted.effect, state }], check: [check] };
}

function writeRelease(
  wanted: WantedRelease,
  facts: Facts,
  { checks, context, ports }: { checks: Check[]; context: StageContext; ports: Ports },
): Promise<Written> {
  if (facts.mode === "rehearsal") return rehearseRelease(wanted, ports.releases);
  const released: Outcome = {
    facts,
    ruling: rule(facts, [...checks, releaseCheck(wanted)]),
    effects: [{ ...wanted.effect, state: "done" }],
    origin: ports.origin,
  };
  const files = [...verdictFiles(released, composeVerdict(released)), verifiedDocument(context)];
  return publishRelease(wanted, assetsOf(files), ports.releases);
}

/** An aborted run still says what it would have written, as far as the evidence tells. */
function plannedEffects(context: StageContext): Effect[] {
  try {
    const wanted = wantedRelease(context);
    return wanted ? [wanted.effect] : [];
  } catch {
    return [];
  }
}

function assetsOf(files: Attachment[]): AssetFile[] {
  const encoder = new TextEncoder();
  return files
    .filter(({ name }) => reportAssets.includes(name))
    .map(({ name, content }) => ({ name, bytes: typeof content === "string" ? encoder.encode(content) : content }));
}

function reportOf(outcome: Outcome, verified: Attachment[] = []): StageReport {
  const { ruling, effects, origin } = outcome;
  const document = composeVerdict(outcome);
  const files = [...verdictFiles(outcome, document), ...verified];
  return {
    checks: ruling.checks,
    next: ruling.next,
    release: document.release,
    effects,
    subjects: document.subjects,
    attachments: files,
    noRelease: ruling.outcome === "no-release",
    summary: files
      .filter(({ name }) => name === "report.md")
      .map(({ content }) => String(content))
      .join(""),
    outputs: outputsOf(document, origin),
  };
}

function outputsOf(document: VerdictDocument, { attempt }: Origin): Record<string, string> {
  return {
    "release-verdict": document.verdict ?? "",
    reason: document.reason.code,
    report: artifactName("verdict", "", attempt),
    "plan-digest": document["plan-digest"],
  };
}

function unwantedCheck(): Check {
  return {
    id: "github-release",
    title: "The GitHub release is published with the built files",
    required: true,
    result: "not-applicable",
    code: "verdict.release-not-wanted",
    because: "the configuration says `report.github-release: false`",
    evidence: [],
  };
}

function brokenCheck(thrown: unknown): Check {
  const { code, message } = toFailure(thrown);
  return {
    id: "completed",
    title: "The verdict runs to its end",
    required: true,
    result: "fail",
    code,
    because: message,
    evidence: [],
  };
}
