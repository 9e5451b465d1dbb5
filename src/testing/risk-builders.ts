import { type RiskDocument, riskAttachment, riskFormat } from "#src/domain/changes/risk-document";
import { canonicalJson } from "#src/domain/digest";
import type { StageContext } from "#src/stage-context";
import { anArrival } from "#src/testing/builders";

const none = { breaking: 0, security: 0, features: 0, fixes: 0, other: 0 };

/** Builds what a plan decided about a minor release without any risk. */
export function aRisk(changes: Partial<RiskDocument> = {}): RiskDocument {
  return {
    schema: riskFormat,
    "release-type": "minor",
    "release-type-because": "1.0.0 to 1.1.0 is a minor step",
    latest: { overall: true, major: true, line: null },
    changes: { files: 1, commits: 1, kinds: none, components: [], tickets: [], lines: [], "left-out": 0 },
    risk: { level: "low", reasons: [] },
    deployment: { environment: null, supported: [], recommended: null, because: "none", rollback: null },
    tiers: [],
    "must-run": [],
    gates: [],
    ...changes,
  };
}

/** Gives the plan of a context what it decided about the risk. */
export function withRisk(context: StageContext, changes: Partial<RiskDocument>): StageContext {
  const admitted = context.ledger.admitted.map((one) => {
    if (one.record.stage !== "plan-release") return one;
    const held = [...one.attachments].map(([name, bytes]) => [name, new TextDecoder().decode(bytes)] as const);
    const files = { ...Object.fromEntries(held), [riskAttachment]: canonicalJson(aRisk(changes)) };
    return anArrival({ ...one.record, attachments: [] }, files);
  });
  return { ...context, ledger: { ...context.ledger, admitted } };
}
