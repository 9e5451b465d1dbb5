import { configSchema } from "#src/contract/config/schema";
import type { AdmittedRecord } from "#src/domain/admission";
import { artifactName } from "#src/domain/artifact-name";
import { canonicalJson, digestOf, digestOfBytes } from "#src/domain/digest";
import { type EvidenceRecord, evidenceFormat } from "#src/domain/evidence";
import type { Override } from "#src/domain/override";
import { contextAttachment, contextFormat, type PlanContext } from "#src/domain/plan-context";
import type { ReleaseIdentity } from "#src/domain/release";
import type { Check } from "#src/domain/verdict";
import { configAttachment, type StageContext } from "#src/stage-context";
import { suiteVersion } from "#src/suite-version";

/** A commit id of one repeated digit. */
export const aSha = (digit = "a"): string => digit.repeat(40);

/** Builds the identity of a release. */
export function aRelease(overrides: Partial<ReleaseIdentity> = {}): ReleaseIdentity {
  return {
    repository: "octo/tide",
    component: "default",
    tag: "v1.1.0",
    version: "1.1.0",
    sha: aSha(),
    base: "v1.0.0",
    mode: "live",
    ...overrides,
  };
}

/** Builds a passing check. */
export function aCheck(overrides: Partial<Check> = {}): Check {
  return {
    id: "one",
    title: "One holds",
    required: true,
    result: "pass",
    because: "it does",
    evidence: [],
    ...overrides,
  };
}

/** A person's override of a finding: of a version that went back, unless told otherwise. */
export function anOverride(changes: Partial<Override> = {}): Override {
  const reason = "a fix for the one customer on 1.0";
  return { code: "plan.version-regressed", actor: "ada", at: "2026-01-01T12:00:00Z", reason, ...changes };
}

/** Builds a passing record of the plan, unless told otherwise. */
export function aRecord(overrides: Partial<EvidenceRecord> = {}): EvidenceRecord {
  return {
    schema: evidenceFormat,
    suite: suiteVersion,
    stage: "plan-release",
    leg: "",
    attempt: 1,
    release: aRelease(),
    run: { id: "7", attempt: 1, job: "plan", url: "https://github.example/octo/tide/actions/runs/7" },
    started: "2026-01-01T12:00:00Z",
    finished: "2026-01-01T12:00:01Z",
    policy: null,
    consumed: [],
    subjects: [],
    attachments: [],
    checks: [aCheck()],
    effects: [],
    verdict: { result: "pass", "decided-by": ["one"] },
    outcome: "release",
    next: "Go on.",
    ...overrides,
  };
}

/** Builds a record as it arrives: with its digest, its artifact's name and its attachments (texts by name). */
export function anArrival(record: EvidenceRecord, attachments: Record<string, string> = {}): AdmittedRecord {
  const files = Object.entries(attachments).map(([name, text]) => ({ name, bytes: new TextEncoder().encode(text) }));
  const described = files.map(({ name, bytes }) => ({ name, digest: digestOfBytes(bytes), bytes: bytes.byteLength }));
  const full = { ...record, attachments: [...record.attachments, ...described] };
  return {
    artifact: artifactName(full.stage, full.leg, full.attempt),
    digest: digestOf(full),
    record: full,
    attachments: new Map(files.map(({ name, bytes }) => [name, bytes])),
  };
}

/** Builds what a plan read at the commit of a release: its version, in one place, and no changelog. */
export function aPlanContext({ sha, version }: ReleaseIdentity, overrides: Partial<PlanContext> = {}): PlanContext {
  const sources = [{ file: "package.json", place: "version", kind: "value", text: version ?? "" }];
  return { schema: contextFormat, release: { sha, version }, sources, changelog: null, ...overrides };
}

/** Builds the context of a stage whose plan froze the given configuration (the input form, defaults are filled in). */
export function aContext(config: object = {}, others: AdmittedRecord[] = [], release = aRelease()): StageContext {
  const parsed = configSchema.parse(config);
  const plan = anArrival(aRecord({ policy: digestOf(parsed), release }), {
    [configAttachment]: canonicalJson(parsed),
    [contextAttachment]: canonicalJson(aPlanContext(release)),
  });
  return {
    ledger: { admitted: [plan, ...others], refused: [] },
    expected: { repository: release.repository, runId: "7", mode: release.mode, suite: suiteVersion },
  };
}
