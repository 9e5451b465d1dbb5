import type { Deployment, DeploymentState } from "../records.ts";
import { apiPath, nodeId, type Place } from "../world.ts";
import { userShape } from "./user.ts";

/** Shows a deployment. */
export function deploymentShape(place: Place, one: Deployment) {
  const url = apiPath(place, `/deployments/${one.id}`);
  return {
    url,
    id: one.id,
    node_id: nodeId("Deployment", one.id),
    sha: one.sha,
    ref: one.ref,
    task: one.task,
    payload: one.payload,
    original_environment: one.environment,
    environment: one.environment,
    description: one.description,
    creator: userShape(place, one.creator),
    created_at: one.createdAt,
    updated_at: one.updatedAt,
    statuses_url: `${url}/statuses`,
    repository_url: apiPath(place, ""),
    transient_environment: one.transient,
    production_environment: one.production,
  };
}

/** Shows one state of a deployment. Addresses that were not given are empty, as on GitHub. */
export function deploymentStateShape(place: Place, one: DeploymentState) {
  const deployment = apiPath(place, `/deployments/${one.deployment}`);
  return {
    url: `${deployment}/statuses/${one.id}`,
    id: one.id,
    node_id: nodeId("DeploymentStatus", one.id),
    state: one.state,
    creator: userShape(place, one.creator),
    description: one.description,
    environment: one.environment,
    target_url: one.logUrl,
    environment_url: one.environmentUrl,
    log_url: one.logUrl,
    created_at: one.createdAt,
    updated_at: one.createdAt,
    deployment_url: deployment,
    repository_url: apiPath(place, ""),
  };
}
