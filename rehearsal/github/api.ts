import { alreadyHas, etagOf } from "./etag.ts";
import type { ActiveFaults, InjectedFault } from "./faults.ts";
import type { Guard } from "./guard.ts";
import type { JournalLine } from "./journal.ts";
import type { Operation } from "./openapi.ts";
import { notFound, Problem, type Reply } from "./problem.ts";
import type { RateLimits, Resource } from "./rate-limit.ts";
import type { Match } from "./router.ts";
import { covers, type Grant, type Tokens, tokenOf } from "./tokens.ts";
import type { Call, Routes, World } from "./world.ts";

/** A request as it came, its body read to the end. */
export interface Arrival {
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string>>;
  readonly bytes: Buffer;
}

/** What is sent back, and what the journal should say about it. */
export interface Outcome {
  readonly reply: Reply;
  readonly stage: string;
  readonly route: string | null;
  readonly scope: string | null;
  readonly guard?: JournalLine["guard"];
  readonly unexpected?: true;
  /** The fault that shaped this answer; one that is `cut` is never sent. */
  readonly fault?: InjectedFault | undefined;
}

/** What answering takes. `changed` is told after each request that may have written. */
export interface Parts {
  readonly world: World;
  readonly routes: Routes;
  readonly route: (method: string, path: string) => Match | undefined;
  readonly guard: Guard;
  readonly tokens: Tokens;
  readonly rates: RateLimits;
  readonly faults: ActiveFaults;
  readonly changed: () => void;
  /** Lets writes happen one after the other, so that two of them cannot both find a name free. */
  /** Folders of public neighbours by `owner/name` in lower case. */
  readonly taps: Map<string, string>;
  readonly inTurn: <T>(write: () => Promise<T>) => Promise<T>;
}

/** Answers one REST request: who asks, how often, may they, is it well-formed, and only then what. */
export async function answer(arrival: Arrival, parts: Parts): Promise<Outcome> {
  const match = parts.route(arrival.method, arrival.path);
  const grant = grantOf(arrival, parts.tokens);
  const stage = grant?.stage ?? "unknown";
  if (!match) return { reply: notFound().reply, stage, route: null, scope: null, unexpected: true };
  const { operation } = match;
  const known = { stage, route: operation.id, scope: operation.scope };
  if (!grant) return { ...known, reply: rejected(arrival) };
  const resource: Resource = operation.id.startsWith("search/") ? "search" : "core";
  const refused = beyondLimit(operation, resource, parts) ?? parts.faults.before(operation.id);
  if (refused) return { ...known, ...refused, reply: withHeaders(refused.reply, parts.rates.headers(resource)) };
  const result = await admitted(arrival, match, grant, parts);
  if (result.reply.code === 304) parts.rates.refund(resource);
  const cut = parts.faults.cuts(operation.id) ? ({ fault: "cut" } as const) : {};
  return { ...known, ...result, ...cut, reply: withHeaders(result.reply, parts.rates.headers(resource)) };
}

type Checked = Pick<Outcome, "reply" | "guard" | "fault">;

/** Asking for the limits themselves is free. */
function beyondLimit({ id }: Operation, resource: Resource, { rates, faults }: Parts): Checked | undefined {
  const reply = id === "rate-limit/get" ? undefined : rates.spend(resource);
  return reply && { reply, ...(faults.exhausted() ? { fault: "primary-limit" } : {}) };
}

async function admitted(arrival: Arrival, { operation, params }: Match, grant: Grant, parts: Parts): Promise<Checked> {
  const { place } = parts.world;
  if (!covers(grant.permissions, operation.scope)) return { reply: lacking(operation) };
  const body = parseBody(arrival, operation);
  if (body instanceof Problem) return { reply: body.reply };
  const violations = parts.guard.request(operation, { params, query: arrival.query, body });
  if (violations.length > 0) return { reply: malformed(violations), guard: { side: "request", violations } };
  if (
    params.owner !== undefined &&
    `${params.owner}/${params.repo}`.toLowerCase() !== `${place.owner}/${place.name}`.toLowerCase()
  ) {
    return { reply: notFound().reply };
  }
  const call: Call = {
    operation,
    params,
    query: arrival.query,
    body,
    bytes: arrival.bytes,
    headers: arrival.headers,
    grant,
  };
  const reply = arrival.method === "GET" ? await attempt(call, parts) : await parts.inTurn(() => attempt(call, parts));
  if (arrival.method !== "GET" && reply.code < 300) parts.changed();
  return conditional(arrival, judged(operation, reply, parts));
}

async function attempt(call: Call, { routes, world }: Parts): Promise<Reply> {
  const route = routes[call.operation.id];
  if (!route) throw new Error(`expected a route for ${call.operation.id}, found none`);
  try {
    return await route(call, world);
  } catch (failure) {
    if (failure instanceof Problem) return failure.reply;
    throw failure;
  }
}

/** An answer that GitHub's description does not allow is our own fault: 500, and the rehearsal fails. */
function judged(operation: Operation, reply: Reply, { guard, faults }: Parts): Checked {
  if (reply.bytes) return { reply };
  const body = faults.distorted(operation.id, reply.body);
  const violations = guard.response(operation, reply.code, body);
  const fault = body === reply.body ? {} : ({ fault: "distorted" } as const);
  if (violations.length === 0) return { reply: { ...reply, body }, ...fault };
  const message = `The embedded GitHub would have answered against the official description: ${violations.join("; ")}`;
  return { reply: { code: 500, body: { message } }, guard: { side: "response", violations }, ...fault };
}

function conditional({ method, headers }: Arrival, checked: Checked): Checked {
  const { reply } = checked;
  if (method !== "GET" || reply.code !== 200 || reply.bytes) return checked;
  const etag = etagOf(JSON.stringify(reply.body));
  if (alreadyHas(headers["if-none-match"], etag)) return { ...checked, reply: { code: 304, headers: { etag } } };
  return { ...checked, reply: withHeaders(reply, { etag }) };
}

/** Finds what the token of a request was issued for. */
export function grantOf({ headers }: Arrival, tokens: Tokens): Grant | undefined {
  const token = tokenOf(headers.authorization);
  return token === undefined ? undefined : tokens.find(token);
}

/** Refuses a request whose token nobody issued. */
export function rejected({ headers }: Arrival): Reply {
  const message = headers.authorization === undefined ? "Requires authentication" : "Bad credentials";
  return new Problem(401, message).reply;
}

function lacking({ scope }: Operation): Reply {
  const refusal = new Problem(403, "Resource not accessible by integration").reply;
  return withHeaders(refusal, { "x-accepted-github-permissions": scope.replace(":", "=") });
}

function malformed(violations: readonly string[]): Reply {
  return new Problem(422, `Against the official description: ${violations.join("; ")}`).reply;
}

function parseBody({ bytes }: Arrival, { body }: Operation): unknown {
  if (bytes.length === 0 || body?.bytes) return undefined;
  try {
    return JSON.parse(bytes.toString("utf8"));
  } catch {
    return new Problem(400, "Problems parsing JSON");
  }
}

function withHeaders(reply: Reply, headers: Readonly<Record<string, string>>): Reply {
  return { ...reply, headers: { ...headers, ...reply.headers } };
}
