import { buildManifestSchema, manifestAttachment } from "#src/domain/build-manifest";
import { type Ledger, nameOf } from "#src/domain/ledger";
import { parseJson } from "#src/domain/parse-json";
import { targetsOf } from "#src/domain/targets";
import { pinsOf } from "#src/domain/toolchain";
import type { BuildRuns } from "#src/ports/build-runs";
import type { TagContent } from "#src/ports/tag-content";
import { requirePlan, type StageContext } from "#src/stage-context";
import type { Build, ProvenanceFacts } from "./facts.ts";
import { type AttestationPorts, gatherAttestations } from "./gather-attestations.ts";

/** Who is asked about a build: the server for its run and what was signed about it, and the remote for the tag. */
export interface ProvenancePorts extends AttestationPorts {
  runs: BuildRuns;
  content: TagContent;
}

/**
 * Gathers what the builds say of themselves, and what server and remote say of them. Two API requests at most, and one a
 * file where the server is asked for attestations.
 */
export async function gatherProvenance(context: StageContext, ports: ProvenancePorts): Promise<ProvenanceFacts> {
  const { plan, release, config } = requirePlan(context);
  const { builds, unreadable } = readBuilds(context.ledger);
  const files = builds.flatMap(({ manifest }) => manifest.files);
  const ids = [...new Set(builds.map(({ manifest }) => manifest.run))];
  const [id, other] = ids;
  const named = other === undefined ? id : undefined;
  const [run, tag, attestations] = await Promise.all([
    named === undefined ? undefined : ports.runs.read(named),
    ports.content.look(
      `refs/tags/${release.tag}`,
      files.filter(({ kind }) => kind === "git-tree").map(({ name }) => name),
    ),
    gatherAttestations(config.provenance, files, ports),
  ]);
  const asked = run !== undefined && run !== "absent" && run.conclusion !== "success";
  return {
    ...{ release, builds, unreadable, run, tag, attestations },
    tagPattern: config.version["tag-pattern"],
    policy: config.provenance,
    channels: config.channels,
    targets: targetsOf(plan),
    pins: pinsOf(plan),
    ownRun: context.expected.runId,
    jobs: asked ? await ports.runs.jobs(run.id) : [],
  };
}

function readBuilds({ admitted }: Ledger): { builds: Build[]; unreadable: string[] } {
  const builds: Build[] = [];
  const unreadable: string[] = [];
  for (const { record, attachments } of admitted) {
    if (record.stage !== "build-manifest") continue;
    const parsed = buildManifestSchema.safeParse(parseJson(attachments.get(manifestAttachment) ?? ""));
    if (!parsed.success || record.verdict.result !== "pass") {
      unreadable.push(nameOf(record));
      continue;
    }
    builds.push({ name: nameOf(record), manifest: parsed.data, carried: attachments });
  }
  return { builds, unreadable };
}
