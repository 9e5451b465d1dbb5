import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { resolve } from "node:path";
import { listenOnLoopback } from "../clock/loopback.ts";
import type { ArtifactSource } from "../github/artifact-source.ts";
import { type Journal, type JournalLine, openJournal } from "../github/journal.ts";
import { type Blobs, createBlobs } from "./blobs.ts";
import { type ArtifactFaults, createArtifactFaults } from "./faults.ts";
import { createRuntimeTokens, type RuntimeTokens } from "./runtime-tokens.ts";
import { openStore, type Store, type StoredArtifact } from "./store.ts";
import { callArtifactService, TwirpError } from "./twirp.ts";

/** How the artifact backend is set up. */
export interface ArtifactsOptions {
  /** Folder that keeps index and bytes; what it holds already is found again. */
  readonly folder: string;
  readonly clock: { now(): Date };
  /** File that each request is appended to, one JSON object a line; the same form as the embedded GitHub's. */
  readonly journal: string;
  readonly port?: number;
}

/** A running artifact backend. */
export interface ArtifactBackend {
  /** Value of ACTIONS_RESULTS_URL. */
  readonly resultsUrl: string;
  /** Gives a value of ACTIONS_RUNTIME_TOKEN: an unsigned token for one job. */
  runtimeToken(job: {
    readonly runId: string | number;
    readonly jobId: string | number;
    readonly stage?: string;
  }): string;
  /** What the embedded GitHub's artifact routes show. */
  readonly source: ArtifactSource;
  /** Every stored artifact, unfinished uploads included. */
  list(): readonly StoredArtifact[];
  /** The stored bytes; undefined when there is no such artifact. */
  read(id: number): Buffer | undefined;
  readonly faults: ArtifactFaults;
  /** Journal lines that must fail a rehearsal. */
  problems(): readonly JournalLine[];
  close(): Promise<void>;
}

interface Backend {
  readonly store: Store;
  readonly blobs: Blobs;
  readonly tokens: RuntimeTokens;
  readonly now: () => Date;
}

interface Answer {
  readonly code: number;
  readonly body?: object;
  readonly bytes?: Buffer;
  readonly headers?: Readonly<Record<string, string>>;
  readonly route: string | null;
  readonly stage: string;
}

const SERVICE = "/twirp/github.actions.results.api.v1.ArtifactService/";

/** Starts the artifact backend on 127.0.0.1. Throws when the port is taken. */
export async function startArtifacts(options: ArtifactsOptions): Promise<ArtifactBackend> {
  const { clock } = options;
  const store = openStore(resolve(options.folder));
  const tokens = createRuntimeTokens();
  const server = createServer();
  const { url, close } = await listenOnLoopback(server, options.port);
  const blobs = createBlobs(store, () => url);
  const journal = openJournal(options.journal);
  const backend: Backend = { store, blobs, tokens, now: () => clock.now() };
  server.on("request", (request: IncomingMessage, response: ServerResponse) =>
    serve(request, response, { backend, journal }),
  );
  return {
    resultsUrl: `${url}/`,
    runtimeToken: tokens.issue,
    source: sourceOf(store, blobs),
    list: () => structuredClone(store.list()),
    read: store.read,
    faults: createArtifactFaults(store, ({ fault, name }) => {
      const line = { time: clock.now().toISOString(), stage: "fault", method: "-", path: name, status: 0, scope: null };
      journal.write({ ...line, route: `artifacts/${fault}`, ms: 0, fault });
    }),
    problems: journal.problems,
    close,
  };
}

async function serve(
  request: IncomingMessage,
  response: ServerResponse,
  { backend, journal }: { backend: Backend; journal: Journal },
): Promise<void> {
  const started = performance.now();
  const reply = await answer(request, backend).catch(
    (failure: unknown): Answer => ({ ...error(500, "internal", String(failure)), route: null, stage: "unknown" }),
  );
  const type = reply.body ? { "content-type": "application/json" } : {};
  response.writeHead(reply.code, { ...type, ...reply.headers });
  response.end(reply.bytes ?? (reply.body && JSON.stringify(reply.body)));
  const { route, stage, code } = reply;
  const ms = Math.round((performance.now() - started) * 10) / 10;
  const path = (request.url ?? "").replace(/([?&]sig=)[^&]*/, "$1***");
  journal.write({
    time: backend.now().toISOString(),
    stage,
    method: request.method ?? "",
    path,
    route,
    status: code,
    scope: null,
    ms,
    ...(route === null ? { unexpected: true } : {}),
  });
}

async function answer(request: IncomingMessage, backend: Backend): Promise<Answer> {
  const url = new URL(request.url ?? "/", "http://127.0.0.1");
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  const bytes = Buffer.concat(chunks);
  if (url.pathname.startsWith("/blobs/") && request.method === "PUT")
    return { ...backend.blobs.put(url, bytes), route: "artifacts/upload", stage: "storage" };
  if (url.pathname.startsWith("/blobs/") && request.method === "GET")
    return { ...backend.blobs.get(url), route: "artifacts/download", stage: "storage" };
  const method =
    url.pathname.startsWith(SERVICE) && request.method === "POST" ? url.pathname.slice(SERVICE.length) : undefined;
  // Anything but JSON makes the client repeat itself for minutes.
  if (method === undefined)
    return {
      ...error(404, "bad_route", `no route for ${request.method} ${url.pathname}`),
      route: null,
      stage: "unknown",
    };
  return twirp(method, bytes, { backend, authorization: request.headers.authorization });
}

function twirp(
  method: string,
  bytes: Buffer,
  { backend, authorization }: { backend: Backend; authorization: string | undefined },
): Answer {
  const job = backend.tokens.find(authorization);
  if (!job)
    return {
      ...error(401, "unauthenticated", "the runtime token is not known"),
      route: `artifacts/${method}`,
      stage: "unknown",
    };
  const { store, blobs, now } = backend;
  try {
    const body = callArtifactService(method, parsed(bytes), { job, service: { store, now, sign: blobs.sign } });
    return { code: 200, body, route: `artifacts/${method}`, stage: job.stage };
  } catch (failure) {
    if (!(failure instanceof TwirpError)) throw failure;
    return {
      ...error(failure.httpCode, failure.code, failure.message),
      route: failure.code === "bad_route" ? null : `artifacts/${method}`,
      stage: job.stage,
    };
  }
}

function parsed(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString("utf8"));
  } catch {
    throw new TwirpError(400, "malformed", "the request is not JSON");
  }
}

function error(code: number, name: string, msg: string): Pick<Answer, "code" | "body"> {
  return { code, body: { code: name, msg } };
}

function sourceOf(store: Store, blobs: Blobs): ArtifactSource {
  return {
    list: () =>
      store
        .list()
        .flatMap(({ id, runId, name, size, digest, createdAt }) =>
          digest === null ? [] : [{ id, runId: Number(runId), name, size, digest, createdAt: new Date(createdAt) }],
        ),
    signedUrl: (id) => blobs.sign(id, "download"),
    delete: store.delete,
  };
}
