import * as z from "zod";
import { blockersSection } from "#src/contract/config/blockers";
import { bumpSection } from "#src/contract/config/bump";
import { changelogSection } from "#src/contract/config/changelog";
import { changesSection } from "#src/contract/config/changes";
import { channelsSection } from "#src/contract/config/channels";
import { environmentsSection } from "#src/contract/config/environments";
import { gatesSection } from "#src/contract/config/gates";
import { issuesSection } from "#src/contract/config/issues";
import { presetField } from "#src/contract/config/preset";
import { promoteSection } from "#src/contract/config/promote";
import { provenanceSection } from "#src/contract/config/provenance";
import { riskSection } from "#src/contract/config/risk";
import { rollbackSection } from "#src/contract/config/rollback";
import { smokeSection } from "#src/contract/config/smoke";
import { tagSection } from "#src/contract/config/tag";
import { targetsSection } from "#src/contract/config/targets";
import { tiersSection } from "#src/contract/config/tiers";
import { toolchainSection } from "#src/contract/config/toolchain";
import { versionSection } from "#src/contract/config/version";
import { watchSection } from "#src/contract/config/watch";

/** The configuration file, `.github/seaworthy.yml`. Unknown keys are errors. */
export const configSchema = z
  .strictObject({
    preset: presetField,
    component: z
      .literal("default")
      .default("default")
      .describe("Component that this file describes; a repository has one for now, named `default`."),
    version: versionSection.prefault({}).describe("Where the version stands, and how tags are named after it."),
    bump: bumpSection.prefault({}).describe("How large the step to the next version has to be."),
    changelog: changelogSection.prefault({}).describe("Where the changes are described."),
    changes: changesSection.prefault({}).describe("How the changes since the release before are told apart."),
    risk: riskSection.prefault({}).describe("What makes a release risky."),
    environments: environmentsSection,
    tiers: tiersSection.prefault({}).describe("Which tests a release requires, by its kind and by what has changed."),
    issues: issuesSection.prefault({}).describe("How commits are held against issues."),
    gates: gatesSection,
    blockers: blockersSection
      .prefault({})
      .describe("Whether what blocks a release becomes an issue, and whether open ones hold it back."),
    tag: tagSection.prefault({}).describe("How the release is tagged, and what goes on from there."),
    promote: promoteSection.optional().describe("How a commit goes along the branches, fast-forward only."),
    targets: targetsSection.optional().describe("Which platforms a release is built for, and where each is offered."),
    toolchain: toolchainSection
      .optional()
      .describe("Which tools a release is built with, in which versions; a build with another one is refused."),
    provenance: provenanceSection.optional().describe("What proves that a build may be published."),
    channels: channelsSection,
    rollback: rollbackSection.optional(),
    smoke: smokeSection.prefault({}).describe("What is tried with the published product."),
    watch: watchSection
      .optional()
      .describe("How the release is watched after publishing, or why there is nothing to watch."),
    report: z
      .strictObject({
        "github-release": z.boolean().default(true).describe("Whether a live, released version gets a GitHub release."),
      })
      .prefault({})
      .describe("What is written at the end."),
  })
  .superRefine(refuseTwoPublishers);

/** A validated configuration. */
export type Config = z.infer<typeof configSchema>;

/** The verdict would find the release of the job's own, and refuse to publish a second one. */
function refuseTwoPublishers(
  { channels, report }: { channels: { kind: string }[]; report: { "github-release": boolean } },
  context: z.core.$RefinementCtx,
): void {
  const index = channels.findIndex(({ kind }) => kind === "github-release");
  if (!report["github-release"] || index < 0) return;
  const message = "expected `report.github-release: false` beside a release that the workflow publishes itself";
  context.addIssue({ code: "custom", path: ["channels", index, "kind"], message });
}
