/** How many API requests this process has sent, and how many the server says are left in the hour (undefined: not told). */
export interface ApiUsage {
  requests: number;
  remaining: number | undefined;
}

const usage: ApiUsage = { requests: 0, remaining: undefined };

/** Counts one request; `remaining` is the server's `x-ratelimit-remaining` header. */
export function countRequest(remaining: string | number | undefined): void {
  usage.requests += 1;
  if (remaining !== undefined) usage.remaining = Number(remaining);
}

/** Tells the requests counted so far. */
export function apiUsage(): ApiUsage {
  return { ...usage };
}
