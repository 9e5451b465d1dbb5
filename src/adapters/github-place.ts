/** A repository as the API's routes name it. */
export interface GitHubPlace {
  owner: string;
  repo: string;
}

/** Takes `owner/name` apart. */
export function placeOf(repository: string): GitHubPlace {
  const [owner = "", repo = ""] = repository.split("/");
  return { owner, repo };
}

/** Options of a write: one that may have happened although no answer came must not be sent twice; the rerun looks first. */
export const once = { request: { retries: 0 } };
