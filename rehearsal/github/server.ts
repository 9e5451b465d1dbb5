import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import { type Arrival, answer, type Outcome, type Parts } from "./api.ts";
import { serveGitRequest } from "./git-requests.ts";
import { answerQuery, isQuery } from "./graphql/answer-query.ts";
import type { Journal } from "./journal.ts";
import { notFound, type Reply } from "./problem.ts";
import { download } from "./routes/release-assets.ts";
import { downloadPath } from "./shapes/releases.ts";
import { jobLogPath } from "./shapes/runs.ts";
import type { World } from "./world.ts";

/** Answers REST, git and public downloads on one port. Each request becomes a line of the journal. */
export function listenerFor(parts: Parts, journal: Journal): RequestListener {
  return async (request, response) => {
    const started = performance.now();
    const outcome = await serve(request, response, parts).catch((failure: unknown) => crashed(response, failure));
    const { stage, route, scope, reply, guard, fault, unexpected } = outcome;
    const ms = Math.round((performance.now() - started) * 10) / 10;
    const time = parts.world.clock.now().toISOString();
    const line = {
      time,
      stage,
      method: request.method ?? "",
      path: request.url ?? "",
      route,
      status: reply.code,
      scope,
      ms,
    };
    const marks = { ...(guard ? { guard } : {}), ...(fault ? { fault } : {}), ...(unexpected ? { unexpected } : {}) };
    journal.write({ ...line, ...marks });
  };
}

async function serve(request: IncomingMessage, response: ServerResponse, parts: Parts): Promise<Outcome> {
  const url = new URL(request.url ?? "/", "http://127.0.0.1");
  const git = await serveGitRequest(request, response, { url, parts });
  if (git) return git;
  const arrival = await arrived(request, url);
  const open = arrival.method === "GET" ? publicFile(url.pathname, parts.world) : undefined;
  const outcome: Outcome = open
    ? { ...open, stage: "public", scope: null }
    : await (isQuery(arrival) ? answerQuery(arrival, parts) : answer(arrival, parts));
  if (outcome.fault === "cut") response.destroy();
  else send(response, outcome.reply);
  return outcome;
}

async function arrived(request: IncomingMessage, url: URL): Promise<Arrival> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  const headers = Object.entries(request.headers).map(([name, value]) => [name, String(value)]);
  return {
    method: request.method ?? "GET",
    path: url.pathname,
    query: Object.fromEntries(url.searchParams),
    headers: Object.fromEntries(headers),
    bytes: Buffer.concat(chunks),
  };
}

function publicFile(path: string, world: World): Pick<Outcome, "reply" | "route"> | undefined {
  const asset = publicAsset(path, world);
  if (asset) return { reply: asset, route: "release-download" };
  const job = world.state.jobs.find(({ id, log }) => log !== undefined && jobLogPath(world.place, id) === path);
  const headers = { "content-type": "text/plain; charset=utf-8" };
  return job && { reply: { code: 200, bytes: Buffer.from(job.log ?? ""), headers }, route: "job-log-download" };
}

/** Published assets may be downloaded by anyone, as from a public repository; of a draft nobody is told. */
function publicAsset(path: string, { state, place }: World): Reply | undefined {
  const found = state.assets.find((asset) => {
    const release = state.releases.find((one) => one.id === asset.releaseId && !one.draft);
    return release !== undefined && downloadPath(place, release.tag, asset.name) === path;
  });
  if (found) return download(found);
  return path.startsWith(`/${place.owner}/${place.name}/releases/download/`) ? notFound().reply : undefined;
}

function send(response: ServerResponse, { code, body, bytes, headers }: Reply): void {
  const text = body === undefined ? undefined : JSON.stringify(body);
  const type = text === undefined ? {} : { "content-type": "application/json; charset=utf-8" };
  response.writeHead(code, { "x-github-media-type": "github.v3; format=json", ...type, ...headers });
  response.end(bytes ?? text);
}

/** A fault of the embedded GitHub itself is an unexpected answer, so that no rehearsal passes over it. */
function crashed(response: ServerResponse, failure: unknown): Outcome {
  const message = failure instanceof Error ? failure.message : String(failure);
  const reply: Reply = { code: 500, body: { message: `The embedded GitHub failed: ${message}` } };
  if (response.headersSent) response.destroy();
  else send(response, reply);
  return { reply, stage: "unknown", route: null, scope: null, unexpected: true };
}
