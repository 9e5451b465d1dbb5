import type { JsonObject } from "./runner/json.ts";

/** What an event's payload is made of. */
export interface EventFacts {
  event: string;
  repository: string;
  branch: string;
  sha: string;
  inputs: Record<string, string>;
}

/** Builds the event that starts a run, with the fields of GitHub's payload that workflows read. */
export function eventOf({ event, repository, branch, sha, inputs }: EventFacts): { name: string; payload: JsonObject } {
  const [owner = "", name = ""] = repository.split("/");
  const shared: JsonObject = {
    repository: { name, full_name: repository, default_branch: branch, private: false, owner: { login: owner } },
    sender: { login: "rehearsal", type: "User" },
    ref: `refs/heads/${branch}`,
  };
  if (event === "push") {
    return {
      name: event,
      payload: { ...shared, before: "0".repeat(40), after: sha, forced: false, head_commit: { id: sha } },
    };
  }
  return { name: event, payload: { ...shared, inputs: { ...inputs } } };
}
