import { formatInstant } from "#src/domain/instant";
import type { ArtifactRecord, ArtifactSource } from "../artifact-source.ts";
import { page } from "../pages.ts";
import { notFound, Problem } from "../problem.ts";
import { REPOSITORY_ID } from "../shapes/repository.ts";
import { apiPath, type Call, nodeId, type Routes, type World } from "../world.ts";

const DAY = 86_400_000;

/** Workflow artifacts, as the artifact backend stores them. */
export const artifacts: Routes = {
  "actions/list-artifacts-for-repo": (call, world) => list(call, world, source(world).list()),
  "actions/list-workflow-run-artifacts": (call, world) => {
    const own = source(world)
      .list()
      .filter((one) => String(one.runId) === call.params.run_id);
    return list(call, world, call.query.direction === "asc" ? own.reverse() : own);
  },
  "actions/get-artifact": ({ params }, world) => ({
    code: 200,
    body: shape(world, artifactOf(world, params.artifact_id)),
  }),
  "actions/download-artifact": ({ params }, world) => {
    if (params.archive_format !== "zip") throw notFound();
    return { code: 302, headers: { location: source(world).signedUrl(artifactOf(world, params.artifact_id).id) } };
  },
  "actions/delete-artifact": ({ params }, world) => {
    source(world).delete(artifactOf(world, params.artifact_id).id);
    return { code: 204 };
  },
};

function list(call: Call, world: World, all: ArtifactRecord[]) {
  const { name } = call.query;
  const newestFirst = all.filter((one) => name === undefined || one.name === name).reverse();
  return page(
    call,
    world,
    newestFirst.map((one) => shape(world, one)),
    (items, total_count) => ({ total_count, artifacts: items }),
  );
}

function source(world: World): ArtifactSource {
  const found = world.artifacts();
  if (!found) throw new Problem(503, "No artifact backend is connected to the embedded GitHub.");
  return found;
}

function artifactOf(world: World, id: string | undefined): ArtifactRecord {
  const found = source(world)
    .list()
    .find((one) => String(one.id) === id);
  if (!found) throw notFound();
  return found;
}

function shape({ place, state }: World, one: ArtifactRecord) {
  const url = apiPath(place, `/actions/artifacts/${one.id}`);
  const created = formatInstant(one.createdAt);
  const run = state.runs.find((candidate) => candidate.id === one.runId);
  return {
    id: one.id,
    node_id: nodeId("Artifact", one.id),
    name: one.name,
    size_in_bytes: one.size,
    url,
    archive_download_url: `${url}/zip`,
    expired: false,
    created_at: created,
    updated_at: created,
    expires_at: formatInstant(new Date(one.createdAt.getTime() + 90 * DAY)),
    digest: one.digest,
    workflow_run: {
      id: one.runId,
      repository_id: REPOSITORY_ID,
      head_repository_id: REPOSITORY_ID,
      ...(run ? { head_sha: run.headSha, ...(run.headBranch === null ? {} : { head_branch: run.headBranch }) } : {}),
    },
  };
}
