import { httpStatus } from "#src/adapters/github-client";
import { Failure } from "#src/domain/failure";

/** What GitHub answered to a request that failed: its number, its words, and both in one sentence. */
export interface GitHubWords {
  http: number | undefined;
  words: string;
  because: string;
}

/** Reads what GitHub answered out of an error of the client. Throws what the client refused to send, which GitHub never saw. */
export function wordsOf(error: unknown): GitHubWords {
  if (error instanceof Failure) throw error;
  const http = httpStatus(error);
  const words = error instanceof Error ? error.message : String(error);
  return { http, words, because: `GitHub answered ${http ?? "nothing"}: ${words}` };
}

/** Tells a token that is not valid and a used-up quota, whatever was asked for; undefined for every other answer. */
export function accountRefusal({ http, words }: GitHubWords): "all.auth-unhealthy" | "all.rate-limited" | undefined {
  if (http === 401) return "all.auth-unhealthy";
  return http === 429 || (http === 403 && /rate limit/i.test(words)) ? "all.rate-limited" : undefined;
}
