import { configSchema } from "#src/contract/config/schema";
import type { AdmittedRecord } from "#src/domain/admission";
import { approvalLeg, askedCheck } from "#src/domain/approval";
import { type RiskDocument, riskAttachment } from "#src/domain/changes/risk-document";
import { canonicalJson, digestOf, digestOfBytes } from "#src/domain/digest";
import type { EvidenceRecord } from "#src/domain/evidence";
import { configAttachment, type StageContext } from "#src/stage-context";
import { suiteVersion } from "#src/suite-version";
import { aBuiltFile, manifestText } from "#src/testing/build-builders";
import { aCheck, anArrival, aRecord, aRelease } from "#src/testing/builders";
import { aRisk } from "#src/testing/risk-builders";

/** How a chain differs from one in which everything went well. */
export interface ChainOptions {
  mode?: "live" | "rehearsal";
  config?: object;
  /** Lets the collection ask people, and gives the record of their answers its changes; `silent` leaves none. */
  approval?: Partial<EvidenceRecord> | "silent";
  /** Changes to the record of a stage, by its name. */
  changes?: Partial<Record<EvidenceRecord["stage"], Partial<EvidenceRecord>>>;
  notes?: string;
  tarball?: string;
  /** What the plan decided about the risk, where it is another than none; `silent` leaves nothing. */
  risk?: Partial<RiskDocument> | "silent";
}

/** Builds the whole chain of a release that went well, from the plan to the watch, each record linked to those it relied on. */
export function aChain(options: ChainOptions = {}): AdmittedRecord[] {
  const { mode = "live", config = {}, changes = {}, notes = "Fixes the tide.\n", tarball = "tarball" } = options;
  const asked = options.approval === undefined ? [] : [askedCheck("asked by sign-off")];
  const parsed = configSchema.parse(config);
  const policy = digestOf(parsed);
  const release = aRelease({ mode });
  const build = (stage: EvidenceRecord["stage"], minute: number, more: Partial<EvidenceRecord>) =>
    aRecord({ stage, policy, release, ...times(minute), ...more, ...changes[stage] });
  const written = mode === "live" ? "done" : "planned";

  const plan = anArrival(build("plan-release", 0, {}), {
    [configAttachment]: canonicalJson(parsed),
    "notes.md": notes,
    ...(options.risk === "silent" ? {} : { [riskAttachment]: canonicalJson(aRisk(options.risk)) }),
  });
  const leg = anArrival(build("release-gates", 1, { leg: "unit", consumed: links(plan) }));
  const gates = anArrival(
    build("release-gates", 2, {
      consumed: links(plan, leg),
      checks: [aCheck({ id: "unit", title: "Unit tests pass" }), ...asked],
      verdict: { result: "pass", "decided-by": ["unit"] },
    }),
    { "legs/unit.json": canonicalJson(leg.record) },
  );
  const answers = answered(options.approval, (more) =>
    build("release-gates", 2, { consumed: links(plan, gates), ...more }),
  );
  const tag = anArrival(
    build("auto-tag", 3, {
      consumed: links(plan, gates, ...answers),
      effects: [
        { kind: "tag", target: "refs/tags/v1.1.0", precondition: "absent", wanted: "annotated", state: written },
      ],
    }),
  );
  const sha256 = digestOfBytes(tarball).slice("sha256:".length);
  const subjects = [{ name: "tide-1.1.0.tgz", digest: { sha256 } }];
  const manifest = anArrival(build("build-manifest", 4, { consumed: links(plan, tag), subjects }), {
    "manifest.json": manifestText([aBuiltFile({ sha256, size: tarball.length })]),
    "files/tide-1.1.0.tgz": tarball,
  });
  const verify = anArrival(build("publish-verify", 6, { consumed: links(plan, manifest), subjects }));
  const smoke = anArrival(build("smoke-test", 7, { consumed: links(plan, manifest) }));
  const watch = anArrival(build("watch-window", 8, { consumed: links(plan) }));
  return [plan, gates, ...answers, tag, manifest, verify, smoke, watch];
}

/** Builds the verdict's context from a chain, as the boundary would. */
export function aChainContext(chain: AdmittedRecord[], refused: StageContext["ledger"]["refused"] = []): StageContext {
  const mode = chain[0]?.record.release.mode ?? "live";
  return {
    ledger: { admitted: chain, refused },
    expected: { repository: "octo/tide", runId: "7", mode, suite: suiteVersion },
  };
}

function answered(
  approval: ChainOptions["approval"],
  build: (more: Partial<EvidenceRecord>) => EvidenceRecord,
): AdmittedRecord[] {
  if (approval === undefined || approval === "silent") return [];
  const checks = [aCheck({ id: "sign-off", title: "A person agrees", because: "approved by grace" })];
  const verdict = { result: "pass" as const, "decided-by": ["sign-off"] };
  return [anArrival({ ...build({ leg: approvalLeg, checks, verdict }), ...approval })];
}

function times(minute: number): Pick<EvidenceRecord, "started" | "finished"> {
  const at = (seconds: string) => `2026-01-01T12:${String(minute).padStart(2, "0")}:${seconds}Z`;
  return { started: at("00"), finished: at("40") };
}

function links(...arrivals: AdmittedRecord[]): EvidenceRecord["consumed"] {
  return arrivals.map(({ artifact, digest, record }) => ({ stage: record.stage, leg: record.leg, artifact, digest }));
}
