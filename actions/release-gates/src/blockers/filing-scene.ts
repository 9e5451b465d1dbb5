import { type BlockersPolicy, blockersSection } from "#src/contract/config/blockers";
import type { GatePolicy } from "#src/contract/config/gates";
import type { AdmittedRecord } from "#src/domain/admission";
import { type IssuesToFile, issuesToFileAttachment, issuesToFileSchema } from "#src/domain/issue-draft";
import { fingerprintOf } from "#src/domain/issue-marker";
import { isLaterLeg } from "#src/domain/later-leg";
import { type Ledger, recordOf } from "#src/domain/ledger";
import { parseJson } from "#src/domain/parse-json";
import { configAttachment, frozenConfig } from "#src/stage-context";
import type { Target } from "./identity.ts";

/** What the plan says about filing. */
export interface FilingScene {
  /** The release; named `unknown` where no plan names a tag, and under the default policy where none froze one. */
  target: Target;
  /** Whether a plan names the release and its policy, so that blockers can be filed at all. */
  named: boolean;
  /** Whether the plan has rightly ended without a release. */
  idle: boolean;
  gates: GatePolicy[];
  commit: string;
  drafts: IssuesToFile;
  /** Key of what was found in this run: the same records give the same one. */
  finding: string;
}

const nothing: IssuesToFile = { file: [], close: [] };

/** Reads the scene out of the ledger. Throws where the plan's configuration or its audit's list is not what it should be. */
export function readScene(ledger: Ledger, runId: string): FilingScene {
  // What is verified again later has no plan of its own: its record speaks for the release that was planned once.
  const plan = recordOf(ledger, "plan-release") ?? ledger.admitted.find(({ record }) => isLaterLook(record));
  const config = plan?.attachments.has(configAttachment) ? frozenConfig(plan).config : undefined;
  const policy: BlockersPolicy = config?.blockers ?? blockersSection.parse({});
  const tag = plan?.record.release.tag ?? undefined;
  const digests = ledger.admitted.map(({ digest }) => digest).sort();
  return {
    target: { name: tag ?? "unknown", policy },
    named: tag !== undefined && config !== undefined,
    idle: plan?.record.verdict.result === "pass" && plan.record.outcome === "no-release",
    gates: config?.gates ?? [],
    commit: plan?.record.release.sha ?? "",
    drafts: plan ? draftsOf(plan) : nothing,
    finding: fingerprintOf(runId, ...digests),
  };
}

function isLaterLook({ stage, leg }: AdmittedRecord["record"]): boolean {
  return stage === "publish-verify" && isLaterLeg(leg);
}

function draftsOf({ attachments }: AdmittedRecord): IssuesToFile {
  const bytes = attachments.get(issuesToFileAttachment);
  return bytes ? issuesToFileSchema.parse(parseJson(bytes)) : nothing;
}
