import type { GitHubClient } from "#src/adapters/github-client";

/** Reads API paths again and again at little cost: an answer that has not changed does not count against the quota. */
export interface ConditionalReader {
  /** Reads the JSON at a path of the API, query included. Throws what the client throws. */
  read(path: string): Promise<unknown>;
}

/** Remembers each path's last answer by its entity tag and asks whether it still holds. */
export function conditionalReader(client: GitHubClient): ConditionalReader {
  const known = new Map<string, { etag: string; answer: unknown }>();
  return {
    async read(path) {
      const before = known.get(path);
      try {
        const headers = before ? { "if-none-match": before.etag } : {};
        const { data, headers: answered } = await client.request(`GET ${path}`, { headers });
        const answer: unknown = data;
        if (answered.etag) known.set(path, { etag: answered.etag, answer });
        return answer;
      } catch (error) {
        if (before && isNotModified(error)) return before.answer;
        throw error;
      }
    },
  };
}

/** The client throws on 304 as on an error (RFC 9110, section 15.4.5). */
function isNotModified(error: unknown): boolean {
  return typeof error === "object" && error !== null && "status" in error && error.status === 304;
}
