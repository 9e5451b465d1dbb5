import { canonicalJson } from "#src/domain/digest";
import { formatHandover } from "#src/domain/handover";
import type { StageReport } from "#src/domain/report";
import { conclude } from "#src/domain/verdict";
import { requirePlan, type StageContext } from "#src/stage-context";
import { judgeTagRecord } from "../judge-tag-record.ts";
import type { ProvenanceFacts } from "./facts.ts";
import { gatherProvenance, type ProvenancePorts } from "./gather-provenance.ts";
import { judgeArtifacts, judgeCompleteness } from "./judge-artifacts.ts";
import { judgeAttestations } from "./judge-attestations.ts";
import { judgePlatforms, listPlatforms } from "./judge-platforms.ts";
import { judgeRun } from "./judge-run.ts";
import { judgeMetadata, judgeSource } from "./judge-source.ts";
import { judgeToolchain } from "./judge-toolchain.ts";
import { type BuildRequest, type RecoveryPorts, recoverBuild } from "./recover-build.ts";

/** Name of the attachment that says where the build comes from. */
const attachment = "provenance.json";

/** What a build is judged with, and what an earlier one is found with. */
export type ProvenanceStagePorts = ProvenancePorts & RecoveryPorts;

/**
 * Judges whether the build is the one that may be published, before anything is. A build of an earlier run is taken over with
 * its evidence first. Throws `all.evidence-missing` without a plan, and what `recoverBuild` throws.
 */
export async function verifyProvenance(
  request: BuildRequest,
  context: StageContext,
  ports: ProvenanceStagePorts,
): Promise<StageReport> {
  const asked = request["build-run-id"] !== "" || request["release-tag"] !== "";
  if (!asked) return judgeBuild(context, ports);
  const { context: recovered, adopted } = await recoverBuild(request, context, ports);
  const { release, policy } = requirePlan(recovered);
  const report = await judgeBuild(recovered, ports);
  const builds = adopted.filter(({ record }) => record.stage === "build-manifest");
  return {
    ...report,
    ...{ release, policy, consumed: adopted },
    outputs: {
      ...{ tag: release.tag, version: release.version },
      records: adopted.map(formatHandover).join("\n"),
      artifacts: builds.map(({ artifact }) => artifact).join("\n"),
    },
  };
}

async function judgeBuild(context: StageContext, ports: ProvenancePorts): Promise<StageReport> {
  const facts = await gatherProvenance(context, ports);
  const checks = [
    judgeTagRecord(context),
    ...judgeRun(facts),
    judgeMetadata(facts),
    judgeSource(facts),
    ...judgeToolchain(facts),
    judgeArtifacts(facts),
    ...judgeCompleteness(facts),
    ...judgePlatforms(facts),
    ...judgeAttestations(facts),
  ];
  const passed = conclude(checks).result === "pass";
  const files = facts.builds.flatMap(({ manifest }) => manifest.files);
  return {
    checks,
    subjects: files.map(({ name, sha256, sha512 }) => ({ name, digest: { sha256, sha512 } })),
    attachments: [{ name: attachment, content: canonicalJson(documentOf(facts)) }],
    next: passed ? "Publish exactly these files." : "Publish nothing of this build; see what does not hold.",
  };
}

/** Eleven facts about the build, as server and remote tell them; null for what nobody could tell. */
function documentOf(facts: ProvenanceFacts) {
  const run = facts.run === undefined || facts.run === "absent" ? undefined : facts.run;
  const [build] = facts.builds;
  return {
    schema: "seaworthy-provenance/1",
    build: {
      "run-id": run?.id ?? null,
      workflow: run?.workflow ?? null,
      conclusion: run?.conclusion ?? null,
      url: run?.url ?? null,
      event: run?.event ?? null,
      "head-sha": run?.sha ?? null,
      branch: run?.branch ?? null,
      tag: build?.manifest.tag ?? null,
      version: build?.manifest.version ?? null,
      "source-sha": sourceOf(facts),
      "source-ref": `refs/tags/${facts.release.tag}`,
    },
    platforms: listPlatforms(facts),
  };
}

/** The commit that the remote's tag leads to; before the tag is there, the one that was built. */
function sourceOf({ tag, builds, release }: ProvenanceFacts): string | null {
  if (tag.seen === "served") return tag.commit;
  return tag.seen === "absent" && release.mode === "rehearsal" ? (builds[0]?.manifest.commit ?? null) : null;
}
