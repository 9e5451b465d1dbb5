import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import * as z from "zod";
import type { VirtualClock } from "../../clock/clock.ts";
import { listenOnLoopback } from "../../clock/loopback.ts";
import { readBody } from "../upstream.ts";
import { type OciAccess, ociAccess } from "./access.ts";
import { answer, type OciAnswer, refusal } from "./answer.ts";
import { type OciFaults, ociFaults } from "./faults.ts";
import { answerOciRead, type OciReading } from "./reads.ts";
import { type OciRoute, ociRoute } from "./route.ts";
import { type OciStore, openOciStore } from "./store.ts";
import { ociWrites } from "./writes.ts";

/** By repository: the digest that each tag names, and every manifest. Keys are sorted, so equal registries give equal JSON. */
export type PublishedImages = Record<string, { tags: Record<string, string>; manifests: string[] }>;

/** An image registry on loopback that speaks the OCI distribution specification, and whose reading side can be made to fail. */
export interface OciRegistry {
  /** Without a trailing slash. */
  url: string;
  /** The registry as a part of image references, such as `127.0.0.1:40123`. */
  host: string;
  /** The user and password of a client that may push, as `user:password`. */
  credential: string;
  /** What is published, independent of faults. */
  images(): PublishedImages;
  /** Digests of the manifests that the index behind `name:tag` names; none where there is no index. */
  platformsOf(image: string): string[];
  /** Digests of the layers of those manifests, platform after platform. */
  layersOf(image: string): string[];
  faults: OciFaults;
  close(): Promise<void>;
}

/** Where the registry keeps its files, which time it lives in, and who hears of each request. */
export interface OciRegistryOptions {
  storage: string;
  clock: Pick<VirtualClock, "now">;
  journal?: (request: { at: string; method: string; path: string; code: number; fault?: string }) => void;
  /** Whether readers need a credential, too. */
  isPrivate?: boolean;
}

/** Starts the registry. The same storage can be started again later. */
export async function startOciRegistry(options: OciRegistryOptions): Promise<OciRegistry> {
  const { storage, clock, journal, isPrivate = false } = options;
  const store = openOciStore(storage);
  const active = ociFaults();
  const reading: OciReading = { store, faults: active, now: clock.now };
  const write = ociWrites(reading);
  let origin = "";
  const access = ociAccess({ origin: () => origin, now: clock.now, isPrivate, isPullOnly: active.isPullOnly });
  const server = createServer(async (request, response) => {
    const found = await answerRequest(request, { access, reading, write });
    const { method = "GET", url: path = "/" } = request;
    const { code, fault } = found;
    journal?.({ at: clock.now().toISOString(), method, path, code, ...(fault ? { fault } : {}) });
    send(response, method, found);
  });
  const { url, close } = await listenOnLoopback(server);
  origin = url;
  return {
    url,
    host: new URL(url).host,
    credential: access.credential,
    images: () => Object.fromEntries(store.names().map((name) => [name, published(store.find(name))])),
    platformsOf: (image) => platformsOf(store, image),
    layersOf: (image) => platformsOf(store, image).flatMap((digest) => layersIn(store.read(digest))),
    faults: active.faults,
    close,
  };
}

const index = z.looseObject({ manifests: z.array(z.looseObject({ digest: z.string() })) });

function platformsOf(store: OciStore, image: string): string[] {
  const [name = "", tag = ""] = image.split(":");
  const digest = store.find(name)?.tags[tag]?.at(-1)?.digest;
  const bytes = digest === undefined ? undefined : store.read(digest);
  const { data } = index.safeParse(bytes && JSON.parse(bytes.toString()));
  return (data?.manifests ?? []).map((each) => each.digest);
}

const manifest = z.looseObject({ layers: z.array(z.looseObject({ digest: z.string() })) });

function layersIn(bytes: Buffer | undefined): string[] {
  const { data } = manifest.safeParse(bytes && JSON.parse(bytes.toString()));
  return (data?.layers ?? []).map((each) => each.digest);
}

interface Parts {
  access: OciAccess;
  reading: OciReading;
  write: ReturnType<typeof ociWrites>;
}

async function answerRequest(request: IncomingMessage, parts: Parts): Promise<OciAnswer> {
  const { method = "GET", url: path = "/", headers } = request;
  const body = await readBody(request);
  const route = ociRoute(path);
  if (route.kind === "token") return parts.access.issue(path, headers);
  if (route.kind === "other") return refusal(404, "UNSUPPORTED", "not served here");
  const isRead = method === "GET" || method === "HEAD";
  const refused = parts.access.refuse({ ...repositoryOf(route), action: isRead ? "pull" : "push" }, headers);
  if (refused) return refused;
  if (route.kind === "base") return answer(200, { "docker-distribution-api-version": "registry/2.0" }, {});
  const contentType = headers["content-type"] ?? "";
  return isRead
    ? answerOciRead(parts.reading, { route, path })
    : parts.write(route, { method, path, contentType, body });
}

function repositoryOf(route: OciRoute): { name?: string } {
  return "name" in route ? { name: route.name } : {};
}

function send(response: ServerResponse, method: string, { code, headers, body, cut }: OciAnswer): void {
  if (cut) {
    response.destroy();
    return;
  }
  response.writeHead(code, { ...headers, "content-length": body.length });
  response.end(method === "HEAD" ? undefined : body);
}

function published(held: ReturnType<ReturnType<typeof openOciStore>["find"]>): PublishedImages[string] {
  const tags = Object.entries(held?.tags ?? {}).flatMap(([tag, history]) => {
    const digest = history.at(-1)?.digest;
    return digest === undefined ? [] : [[tag, digest] as const];
  });
  return {
    tags: Object.fromEntries(tags.toSorted(([a], [b]) => (a < b ? -1 : 1))),
    manifests: Object.keys(held?.manifests ?? {}).sort(),
  };
}
