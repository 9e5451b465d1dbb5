import { createServer, type IncomingMessage } from "node:http";
import { join } from "node:path";
import * as z from "zod";
import type { VirtualClock } from "../clock/clock.ts";
import { listenOnLoopback } from "../clock/loopback.ts";
import { type NpmFaults, npmFaults } from "./npm-faults.ts";
import { answerRead, type FaultyAnswer, type Reading } from "./npm-reads.ts";
import { npmRoute } from "./npm-route.ts";
import { type PublishedPackages, publishedPackages } from "./npm-snapshot.ts";
import { publishTimes } from "./publish-times.ts";
import { unreachableBecause } from "./uplink-reach.ts";
import { ask, readBody } from "./upstream.ts";
import { startVerdaccio, type Uplink } from "./verdaccio.ts";

/** One request to the registry, in virtual time. `code` is the HTTP status. */
export interface RegistryRequest {
  at: string;
  method: string;
  path: string;
  code: number;
  fault?: string;
}

/** A real npm registry on loopback whose reading side can be made to fail. */
export interface NpmRegistry {
  url: string;
  /** A user configuration for the npm client; with the token unless only reading is wanted. */
  npmrc(access?: "read" | "publish"): string;
  /** What is published, independent of faults. */
  packages(): Promise<PublishedPackages>;
  faults: NpmFaults;
  close(): Promise<void>;
}

/** Where the registry keeps its files, which time it lives in, and who hears of each request. */
export interface NpmRegistryOptions {
  storage: string;
  clock: Pick<VirtualClock, "now">;
  journal?: (request: RegistryRequest) => void;
  /** Without one, only what is published here can be read. */
  uplink?: Uplink;
}

const publication = z.looseObject({
  versions: z.record(z.string(), z.unknown()).default({}),
  _attachments: z.record(z.string(), z.unknown()).default({}),
});

/** Starts verdaccio and the proxy that everyone else talks to. The same storage can be started again later. */
export async function startNpmRegistry({ storage, clock, journal, uplink }: NpmRegistryOptions): Promise<NpmRegistry> {
  const verdaccio = await startVerdaccio(storage, uplink);
  const faults = npmFaults();
  const reading: Reading = {
    origin: verdaccio.url,
    faults,
    times: publishTimes(join(storage, "publish-times.json")),
    now: clock.now,
    ...(uplink && {
      unreachable: async (name: string) => (uplink.own.includes(name) ? undefined : unreachableBecause(uplink)),
    }),
  };
  const server = createServer(async (request, response) => {
    const answer = await answerOrFail(reading, request);
    const { method = "GET", url: path = "/" } = request;
    journal?.({
      at: clock.now().toISOString(),
      method,
      path,
      code: answer.code,
      ...(answer.fault && { fault: answer.fault }),
    });
    response.writeHead(answer.code, { ...answer.headers, "content-length": answer.body.length });
    response.end(method === "HEAD" ? undefined : answer.body);
  });
  const { url, close } = await listenOnLoopback(server);
  return {
    url,
    npmrc: (access = "publish") => npmrc(url, access === "publish" ? verdaccio.token : undefined),
    packages: () => publishedPackages(join(storage, "packages")),
    faults: faults.faults,
    close: async () => void (await Promise.all([close(), verdaccio.close()])),
  };
}

async function answerOrFail(reading: Reading, request: IncomingMessage): Promise<FaultyAnswer> {
  const { method = "GET", url: path = "/", headers } = request;
  try {
    const isRead = method === "GET" || method === "HEAD";
    return isRead ? await answerRead(reading, { method, path, headers }) : await write(reading, request);
  } catch (cause) {
    const error = cause instanceof Error ? cause.message : String(cause);
    return { code: 502, headers: { "content-type": "application/json" }, body: Buffer.from(JSON.stringify({ error })) };
  }
}

async function write(reading: Reading, request: IncomingMessage): Promise<FaultyAnswer> {
  const { method = "PUT", url: path = "/", headers } = request;
  const body = await readBody(request);
  const publishedAt = reading.now();
  const answer = await ask(reading.origin, { method, path, headers, body });
  const route = npmRoute(path);
  if (method !== "PUT" || route.kind !== "packument" || answer.code >= 300) return answer;
  const { versions, _attachments } = publication.parse(JSON.parse(body.toString()));
  // A document without a tarball changes metadata only, as `npm deprecate` does.
  if (Object.keys(_attachments).length === 0) return answer;
  const visibleAt = new Date(publishedAt.getTime() + reading.faults.lagMs());
  for (const version of Object.keys(versions)) reading.times.record(route.name, version, { publishedAt, visibleAt });
  return answer;
}

/** Retries are kept, their pauses are not: the npm client waits in real time. */
function npmrc(url: string, token?: string): string {
  const settings = [
    `registry=${url}/`,
    ...(token ? [`//${new URL(url).host}/:_authToken=${token}`] : []),
    // A lockfile may name the registry that its author used: here every package comes from this one.
    "replace-registry-host=always",
    "audit=false",
    "fund=false",
    "update-notifier=false",
    "fetch-retry-mintimeout=20",
    "fetch-retry-maxtimeout=100",
  ];
  return `${settings.join("\n")}\n`;
}
