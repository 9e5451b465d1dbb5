import type { Reply } from "./problem.ts";

/** One budget as GitHub reports it; `reset` in seconds since 1970. */
export interface Budget {
  readonly limit: number;
  readonly used: number;
  readonly remaining: number;
  readonly reset: number;
}

/** Counts requests against GitHub's limits for the token of a workflow run. */
export interface RateLimits {
  /** Counts one request, or its points; gives the refusal when the budget was already spent. */
  spend(resource: Resource, points?: number): Reply | undefined;
  /** Gives back a request that turned out to be free, as a 304 is. */
  refund(resource: Resource): void;
  headers(resource: Resource): Record<string, string>;
  budget(resource: Resource): Budget;
  exhaust(resource: Resource): void;
}

export type Resource = "core" | "search" | "graphql";

const WINDOWS = {
  core: { limit: 1000, seconds: 3600 },
  search: { limit: 30, seconds: 60 },
  graphql: { limit: 1000, seconds: 3600 },
} as const;

/** Opens fresh budgets: 1,000 requests and 1,000 points of GraphQL an hour, and 30 searches a minute, by the world's clock. */
export function createRateLimits(clock: { now(): Date }): RateLimits {
  const used = { core: 0, search: 0, graphql: 0 };
  const resets = { core: 0, search: 0, graphql: 0 };
  return { spend, refund, headers, budget, exhaust };

  function budget(resource: Resource): Budget {
    const now = Math.floor(clock.now().getTime() / 1000);
    const { limit, seconds } = WINDOWS[resource];
    if (now >= resets[resource]) {
      resets[resource] = now + seconds;
      used[resource] = 0;
    }
    return { limit, used: used[resource], remaining: Math.max(0, limit - used[resource]), reset: resets[resource] };
  }

  function spend(resource: Resource, points = 1): Reply | undefined {
    if (budget(resource).remaining === 0) return exceeded("API rate limit exceeded for installation ID 1.", {});
    used[resource] += points;
    return undefined;
  }

  function refund(resource: Resource): void {
    used[resource] = Math.max(0, used[resource] - 1);
  }

  function exhaust(resource: Resource): void {
    used[resource] = budget(resource).limit;
  }

  function headers(resource: Resource): Record<string, string> {
    const now = budget(resource);
    return {
      "x-ratelimit-limit": String(now.limit),
      "x-ratelimit-remaining": String(now.remaining),
      "x-ratelimit-used": String(now.used),
      "x-ratelimit-reset": String(now.reset),
      "x-ratelimit-resource": resource,
    };
  }
}

/** Gives GitHub's answer to a client that asks too fast. */
export function secondaryLimit(retryAfterSeconds: number): Reply {
  const message = "You have exceeded a secondary rate limit. Please wait a few minutes before you try again.";
  return exceeded(message, { "retry-after": String(retryAfterSeconds) });
}

function exceeded(message: string, headers: Record<string, string>): Reply {
  const documentation_url = "https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api";
  return { code: 403, headers, body: { message, documentation_url } };
}
