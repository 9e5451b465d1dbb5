/** The parts of the `github` context that are the same in all jobs of a run. */
import type { RunRequest } from "./contract.ts";
import { asText } from "./expressions.ts";
import type { JsonObject } from "./json.ts";
import type { WorkflowFile } from "./workflow-file.ts";

/** Writes the context of the top-level caller, which all called workflows share. */
export function githubContext(request: RunRequest, workflow: WorkflowFile, inputs: JsonObject): JsonObject {
  const { repository, ref, sha, actor, run, event, serverUrl, apiUrl } = request;
  const [owner = ""] = repository.split("/");
  const [, kind = "", refName = ref] = /^refs\/(heads|tags|pull)\/(.+)$/.exec(ref) ?? [];
  const texts = Object.fromEntries(Object.entries(inputs).map(([id, value]) => [id, asText(value)]));
  return {
    actor,
    actor_id: identifier(event.payload, "sender"),
    api_url: apiUrl,
    base_ref: "",
    event: event.name === "workflow_dispatch" ? { ...event.payload, inputs: texts } : event.payload,
    event_name: event.name,
    graphql_url: `${apiUrl}/graphql`,
    head_ref: "",
    ref,
    ref_name: refName,
    ref_protected: false,
    ref_type: kind === "tags" ? "tag" : "branch",
    repository,
    repository_id: identifier(event.payload, "repository"),
    repository_owner: owner,
    repository_owner_id: "",
    repositoryUrl: `git://${new URL(serverUrl).host}/${repository}.git`,
    retention_days: "90",
    run_attempt: String(run.attempt),
    run_id: String(run.id),
    run_number: String(run.number),
    secret_source: "Actions",
    server_url: serverUrl,
    sha,
    triggering_actor: actor,
    workflow: workflow.name,
    workflow_ref: `${repository}/${workflow.place.path}@${ref}`,
    workflow_sha: sha,
  };
}

function identifier(payload: JsonObject, key: string): string {
  const holder = payload[key];
  const id = typeof holder === "object" && holder !== null && !Array.isArray(holder) ? holder.id : undefined;
  return id === undefined || id === null ? "" : String(id);
}
