import { Agent, request } from "node:http";

/** A request that a user of the deployed service would make. */
export interface UserRequest {
  method?: string;
  path: string;
  /** Sent as JSON. */
  body?: unknown;
}

/** How much of which traffic goes where. */
export interface TrafficPlan {
  /** Origin of the deployed service. */
  url: string;
  /** Requests for each virtual minute. */
  perMinute: number;
  /** Sent in turn. */
  requests: UserRequest[];
  /** Sent instead of one of `requests` for `errorShare` (0 to 1) of the traffic: something the service answers with an error. */
  failing?: UserRequest;
  errorShare?: number;
}

/** What became of the requests so far. `codes` counts answers by HTTP status. */
export interface TrafficTotals {
  sent: number;
  unanswered: number;
  codes: Record<string, number>;
}

/** A stream of users. */
export interface Traffic {
  /** Sends the share of a stretch of virtual time, waits for the answers, and counts them by HTTP status, 0 for none. */
  pass(ms: number): Promise<Map<number, number>>;
  totals(): TrafficTotals;
  stop(): void;
}

const CONCURRENCY = 8;
const TIMEOUT_MS = 5_000;
const MOST_PER_MINUTE = 6_000;

/** Spreads requests and errors evenly, without chance: the same plan always gives the same counts. */
export function traffic(plan: TrafficPlan): Traffic {
  const { errorShare = 0, failing, perMinute, requests, url } = plan;
  if (!(perMinute >= 0 && perMinute <= MOST_PER_MINUTE))
    throw new Error(`expected 0 to ${MOST_PER_MINUTE} requests a minute, found ${perMinute}.`);
  if (errorShare > 0 && !failing) throw new Error("expected a failing request to make errors with, found none.");
  const agent = new Agent({ keepAlive: true, maxSockets: CONCURRENCY });
  const totals: TrafficTotals = { sent: 0, unanswered: 0, codes: {} };
  const due = { requests: 0, errors: 0 };
  let stopped = false;
  return {
    pass,
    totals: () => ({ ...totals, codes: { ...totals.codes } }),
    stop() {
      stopped = true;
      agent.destroy();
    },
  };

  async function pass(ms: number) {
    const wanted: UserRequest[] = [];
    for (due.requests += (perMinute * ms) / 60_000; due.requests >= 1 && !stopped; due.requests -= 1)
      wanted.push(nextRequest());
    const codes = new Map<number, number>();
    for (const code of await Promise.all(wanted.map(record))) codes.set(code, (codes.get(code) ?? 0) + 1);
    return codes;
  }

  function nextRequest(): UserRequest {
    const turn = requests[totals.sent % requests.length] ?? { path: "/" };
    totals.sent += 1;
    due.errors += errorShare;
    if (due.errors < 1 || !failing) return turn;
    due.errors -= 1;
    return failing;
  }

  async function record(wanted: UserRequest) {
    const code = await send(url, wanted, agent).catch(() => undefined);
    if (code === undefined) totals.unanswered += 1;
    else totals.codes[code] = (totals.codes[code] ?? 0) + 1;
    return code ?? 0;
  }
}

function send(origin: string, { method = "GET", path, body }: UserRequest, agent: Agent): Promise<number> {
  const content = body === undefined ? undefined : Buffer.from(JSON.stringify(body));
  const headers = content && { "content-type": "application/json", "content-length": content.length };
  return new Promise((resolve, reject) => {
    const call = request(
      new URL(path, origin),
      { method, agent, timeout: TIMEOUT_MS, ...(headers && { headers }) },
      (response) => {
        response.resume();
        response.once("end", () => resolve(response.statusCode ?? 0));
        response.once("error", reject);
      },
    );
    call.once("timeout", () => call.destroy(new Error("timed out")));
    call.once("error", reject);
    call.end(content);
  });
}
