import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from "node:http";
import type { VirtualClock } from "../clock/clock.ts";
import { type LoopbackServer, listenOnLoopback } from "../clock/loopback.ts";
import type { ActiveRegistryFaults } from "./registry-faults.ts";
import { readBody } from "./upstream.ts";

/** A request to a registry, read whole. */
export interface RegistryQuestion {
  method: string;
  /** Without its query. */
  path: string;
  headers: IncomingHttpHeaders;
  body: Buffer;
}

/** What a registry answers, and the fault that shaped it. A `lost` answer is never sent: the connection ends. */
export interface RegistryReply {
  code: number;
  type?: string;
  headers?: Record<string, string>;
  body: Buffer | string;
  fault?: string;
  lost?: boolean;
}

/** What a registry is made of: its time, its faults, who hears of each request, and what it answers. */
export interface RegistryServer {
  clock: Pick<VirtualClock, "now">;
  faults: ActiveRegistryFaults;
  journal: ((line: object) => void) | undefined;
  /** Name of the registry in its journal. */
  registry: string;
  answer(question: RegistryQuestion): RegistryReply | Promise<RegistryReply>;
}

/** Starts a registry on loopback: refusals come first and concern reads alone; whatever else is thrown becomes a 500 that says it. */
export function startRegistryServer(server: RegistryServer): Promise<LoopbackServer> {
  return listenOnLoopback(createServer(async (request, response) => send(server, request, response)));
}

async function send(server: RegistryServer, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { method = "GET", url = "/" } = request;
  const reply = await replyTo(server, request);
  const { code, type = "application/json", headers, body, fault, lost } = reply;
  server.journal?.({
    at: server.clock.now().toISOString(),
    registry: server.registry,
    method,
    path: url,
    code,
    ...(fault && { fault }),
  });
  if (lost) {
    request.socket.destroy();
    return;
  }
  const bytes = Buffer.from(body);
  response.writeHead(code, {
    "content-type": type,
    "cache-control": "no-store",
    "content-length": bytes.length,
    ...headers,
  });
  response.end(method === "HEAD" ? undefined : bytes);
}

async function replyTo(server: RegistryServer, request: IncomingMessage): Promise<RegistryReply> {
  const { method = "GET", url = "/", headers } = request;
  try {
    const body = await readBody(request);
    const isRead = method === "GET" || method === "HEAD";
    const refused = isRead ? refusal(server) : undefined;
    return refused ?? (await server.answer({ method, path: url.split("?")[0] ?? "/", headers, body }));
  } catch (cause) {
    return {
      code: 500,
      type: "text/plain",
      body: cause instanceof Error ? (cause.stack ?? cause.message) : String(cause),
    };
  }
}

function refusal({ clock, faults }: RegistryServer): RegistryReply | undefined {
  const refused = faults.refusalOf(clock.now());
  if (!refused) return undefined;
  const { code, fault } = refused;
  if (code === 503) return { code, type: "text/plain", body: "service unavailable\n", fault };
  const until = refused.until.toUTCString();
  return {
    code,
    type: "text/plain",
    headers: { "retry-after": until },
    body: `too many requests: try again after ${until}\n`,
    fault,
  };
}
