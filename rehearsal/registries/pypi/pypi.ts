import { createServer, type IncomingMessage } from "node:http";
import type { VirtualClock } from "../../clock/clock.ts";
import { listenOnLoopback } from "../../clock/loopback.ts";
import { readBody } from "../upstream.ts";
import { type PypiAnswer, refusal } from "./answer.ts";
import { type PypiFaults, pypiFaults } from "./faults.ts";
import { answerPypiRead, type PypiReading } from "./reads.ts";
import { pypiRoute } from "./route.ts";
import { openPypiStore } from "./store.ts";
import { takeUpload } from "./upload.ts";

/** By project and version: the digest of each file, and why the version is yanked. Keys are sorted, so equal indexes give equal JSON. */
export type PublishedProjects = Record<
  string,
  Record<string, { files: Record<string, string>; yanked: string | null }>
>;

/** A Python package index on loopback that pip and twine talk to, and whose reading side can be made to fail. */
export interface PypiIndex {
  /** Without a trailing slash. */
  url: string;
  /** What a user sets so that pip reads from here. */
  readingEnvironment: Record<string, string>;
  /** What a publisher sets besides, so that twine uploads to here. */
  publishingEnvironment: Record<string, string>;
  /** What is published, independent of faults. */
  projects(): PublishedProjects;
  /** Withdraws a version as its owner would, on the site of the index; null brings it back. */
  yank(project: string, version: string, reason: string | null): void;
  faults: PypiFaults;
  close(): Promise<void>;
}

/** Where the index keeps its files, which time it lives in, and who hears of each request. */
export interface PypiIndexOptions {
  storage: string;
  clock: Pick<VirtualClock, "now">;
  journal?: (request: { at: string; method: string; path: string; code: number; fault?: string }) => void;
  /** Index that projects which nobody uploaded here are read from; without one there are none. */
  others?: string;
}

const token = "pypi-rehearsal-upload-token";

/** Starts the index. The same storage can be started again later. */
export async function startPypiIndex({ storage, clock, journal, others }: PypiIndexOptions): Promise<PypiIndex> {
  const store = openPypiStore(storage);
  const active = pypiFaults(clock.now);
  const reading: PypiReading = { store, faults: active, now: clock.now, others };
  const server = createServer(async (request, response) => {
    const { code, reason, headers, body, fault, cut } = await answerRequest(reading, request);
    const { method = "GET", url: path = "/" } = request;
    journal?.({ at: clock.now().toISOString(), method, path, code, ...(fault ? { fault } : {}) });
    if (cut) return response.destroy();
    const all = { ...headers, "content-length": body.length };
    if (reason === undefined) response.writeHead(code, all);
    else response.writeHead(code, reason.replace(/[^ -~]/g, " "), all);
    return response.end(method === "HEAD" ? undefined : body);
  });
  const { url, close } = await listenOnLoopback(server);
  const readingEnvironment = { PIP_INDEX_URL: `${url}/simple/` };
  const credential = { TWINE_USERNAME: "__token__", TWINE_PASSWORD: token };
  return {
    url,
    readingEnvironment,
    publishingEnvironment: { ...readingEnvironment, TWINE_REPOSITORY_URL: `${url}/legacy/`, ...credential },
    projects: () => published(reading),
    yank: (project, version, reason) =>
      store.yank(project, version, reason === null ? null : { at: clock.now().toISOString(), reason }),
    faults: active.faults,
    close,
  };
}

async function answerRequest(reading: PypiReading, request: IncomingMessage): Promise<PypiAnswer> {
  const { method = "GET", url: path = "/", headers } = request;
  const body = await readBody(request);
  const route = pypiRoute(path);
  if (method === "GET" || method === "HEAD") return answerPypiRead(reading, route, headers);
  return route.kind === "upload" && method === "POST"
    ? takeUpload(reading, token, { headers, body })
    : refusal(405, "Method Not Allowed");
}

function published({ store }: PypiReading): PublishedProjects {
  const projects: PublishedProjects = {};
  for (const { project, version, filename, sha256, yanked } of sorted(store.files(), (file) => file.filename)) {
    projects[project] ??= {};
    projects[project][version] ??= { files: {}, yanked: yanked?.reason ?? null };
    projects[project][version].files[filename] = sha256;
  }
  return projects;
}

function sorted<Item>(items: Item[], key: (item: Item) => string): Item[] {
  return items.toSorted((one, other) => (key(one) < key(other) ? -1 : 1));
}
