import { Octokit } from "@octokit/core";
import { retry } from "@octokit/plugin-retry";
import { throttling } from "@octokit/plugin-throttling";
import { countRequest } from "#src/adapters/api-usage";
import { proxiedFetch } from "#src/adapters/proxied-fetch";
import { refuseForbiddenWrite } from "#src/adapters/write-permission";
import { Failure } from "#src/domain/failure";

/** The REST client with bounded retries, throttling and counted requests. */
export type GitHubClient = ReturnType<typeof githubClient>;

const maxRetries = 3;
const longestWaitSeconds = 60;

/** Tells whether a request may be repeated at all; one that asks for no retries is not repeated for the quota's sake either. */
function repeatable({ request }: { request: object }): boolean {
  return !("retries" in request && request.retries === 0);
}

const PatientOctokit = Octokit.plugin(retry, throttling);

/**
 * Opens the REST client; its base address is the runner's `GITHUB_API_URL`. Without `paced`, writes do not wait for each
 * other, which is for servers that are not GitHub's. Throws `all.auth-unhealthy` without a token.
 */
export function githubClient(token: string, paced = true) {
  if (token === "") throw tokenless();
  const patient = (retryAfter: number, options: { request: object }, _octokit: unknown, retryCount: number) =>
    retryAfter <= longestWaitSeconds && retryCount < 2 && repeatable(options);
  const client = new PatientOctokit({
    auth: token,
    baseUrl: process.env.GITHUB_API_URL || "https://api.github.com",
    userAgent: "seaworthy",
    request: { fetch: proxiedFetch },
    retry: { retries: maxRetries },
    throttle: { enabled: paced, onRateLimit: patient, onSecondaryRateLimit: patient },
  });
  client.hook.before("request", (request) => {
    if (request.method !== "GET" && !asksOnly(request)) refuseForbiddenWrite(`${request.method} ${request.url}`);
  });
  client.hook.after("request", (response) => countRequest(response.headers["x-ratelimit-remaining"]));
  client.hook.error("request", (error) => {
    countRequest(undefined);
    throw error;
  });
  return client;
}

/** A query of GraphQL is sent by POST, and reads. Anything that could hold a mutation counts as a write. */
function asksOnly({ url, query }: { url: string; query?: unknown }): boolean {
  return (
    /\/graphql$/.test(url) && typeof query === "string" && /^\s*query\b/.test(query) && !/\bmutation\b/.test(query)
  );
}

function tokenless(): Failure {
  return new Failure({
    kind: "permission",
    code: "all.auth-unhealthy",
    message: "expected a token for GitHub's API, found none",
    hint: "Pass a valid token in `github-token`.",
  });
}

/** The HTTP status of an error of the client; undefined where no answer came, for which the client makes up a number. */
export function httpStatus(error: unknown): number | undefined {
  if (typeof error !== "object" || error === null || !("status" in error)) return undefined;
  const { status } = error;
  if ("request" in error && !("response" in error && error.response)) return undefined;
  return typeof status === "number" && status >= 400 ? status : undefined;
}

/**
 * Turns an error of the client into a `Failure`: 401 is `all.auth-unhealthy`, 403 is `all.permission-missing`, a used-up
 * quota is `all.rate-limited`, and all else is `all.upstream-unreachable`. What the client refused to send stays what it is.
 */
export function githubFailure(error: unknown, question: string): Failure {
  if (error instanceof Failure) return error;
  const status = httpStatus(error);
  const text = error instanceof Error ? error.message : String(error);
  const message = `expected GitHub to answer "${question}", found ${status ? `HTTP ${status}: ` : ""}${text}`;
  if (status === 401) {
    return new Failure({
      kind: "permission",
      code: "all.auth-unhealthy",
      message,
      hint: "Pass a valid token in `github-token`.",
      cause: error,
    });
  }
  // GraphQL tells of a used-up quota in an answer of 200.
  if (status === 429 || ((status === 403 || status === undefined) && /rate limit/i.test(text))) {
    return new Failure({
      kind: "upstream",
      code: "all.rate-limited",
      message,
      hint: "Wait until the quota is reset, then rerun.",
      cause: error,
    });
  }
  if (status === 403) {
    return new Failure({
      kind: "permission",
      code: "all.permission-missing",
      message,
      hint: "Grant the job the scopes that the action's README lists under Permissions.",
      cause: error,
    });
  }
  return new Failure({
    kind: "upstream",
    code: "all.upstream-unreachable",
    message,
    hint: "Wait and rerun the job.",
    cause: error,
  });
}
