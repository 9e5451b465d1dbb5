import { canonicalJson } from "#src/domain/digest";
import type { EvidenceRecord } from "#src/domain/evidence";
import { recordOf } from "#src/domain/ledger";
import { contextAttachment, type PlanContext } from "#src/domain/plan-context";
import type { StageReport } from "#src/domain/report";
import type { ChannelLook } from "#src/ports/package-channel";
import type { StageContext } from "#src/stage-context";
import { aContext, anArrival, aPlanContext, aRecord, aRelease, aSha } from "#src/testing/builders";
import { FakeBranchPointer } from "#src/testing/fake-branch-pointer";
import { fakeClock } from "#src/testing/fake-clock";
import { FakeTagSigner } from "#src/testing/fake-tag-signer";
import { FakeTags } from "#src/testing/fake-tags";
import { FakeWorkflowRuns } from "#src/testing/fake-workflow-runs";
import { autoTag } from "../auto-tag.ts";
import type { AutoTagPorts } from "../survey.ts";

/** What a context is made of besides its defaults: live, no configuration of tags, and gates that passed. */
export interface Circumstance {
  mode?: "live" | "rehearsal";
  config?: object;
  version?: string;
  gates?: Partial<EvidenceRecord>;
  /** What the plan read at the commit, where it is not the version alone. */
  read?: Partial<PlanContext>;
}

/** Builds the context of a stage whose gates have passed, unless told otherwise. */
export function gated(circumstance: Circumstance = {}): StageContext {
  const { mode = "live", config = {}, version = "1.1.0", gates = {}, read = {} } = circumstance;
  const release = aRelease({ mode, version, tag: `v${version}` });
  const context = aContext(config, [anArrival(aRecord({ stage: "release-gates", release, ...gates }))], release);
  const plan = recordOf(context.ledger, "plan-release");
  const written = canonicalJson(aPlanContext(release, read));
  plan?.attachments.set(contextAttachment, new TextEncoder().encode(written));
  return context;
}

/** Builds the ports of a stage over fakes. */
export function somePorts(tags = new FakeTags(), others: Partial<AutoTagPorts> = {}): AutoTagPorts {
  const clock = fakeClock();
  return {
    tags,
    signer: () => new FakeTagSigner(tags),
    runs: new FakeWorkflowRuns(clock, aSha()),
    pointer: new FakeBranchPointer([aSha()]),
    registry: { look: async (): Promise<ChannelLook> => ({ version: { seen: "absent" }, pointers: new Map() }) },
    clock,
    own: { workflow: "octo/tide/.github/workflows/tag.yml@refs/heads/main" },
    pushToken: false,
    requests: () => 0,
    ...others,
  };
}

/** Sits through the stage. */
export function sit(
  tags = new FakeTags(),
  context = gated(),
  others: Partial<AutoTagPorts> = {},
): Promise<StageReport> {
  const given = {
    "release-mode": "live",
    records: "",
    "github-token": "t",
    "tag-token": "",
    "signing-key": "",
  } as const;
  return autoTag(given, context, somePorts(tags, others));
}
