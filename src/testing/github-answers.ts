/** Makes the error that the REST client throws for an answer: GitHub's number and its words. */
export function answered(status: number, message = "no"): Error {
  return Object.assign(new Error(message), { status });
}

/** What any request may meet and every adapter reads alike: the fact, the error, how it counts, and its code. */
export const sharedTroubles: [fact: string, error: unknown, outcome: string, code: string | undefined][] = [
  ["has a token that is not valid", answered(401, "Bad credentials"), "refused", "all.auth-unhealthy"],
  ["met the quota", answered(429), "refused", "all.rate-limited"],
  ["met the quota under another number", answered(403, "API rate limit exceeded"), "refused", "all.rate-limited"],
  ["met a server in trouble", answered(502), "unclear", undefined],
  ["got no answer", new Error("socket hang up"), "unclear", undefined],
  ["got what is no error", undefined, "unclear", undefined],
];
