import { answer, digestOf, type OciAnswer, type OciFaultName, refusal } from "./answer.ts";
import type { ActiveOciFaults } from "./faults.ts";
import type { OciRoute } from "./route.ts";
import type { OciStore, Pointed, StoredRepository } from "./store.ts";

/** What reads need. */
export interface OciReading {
  store: OciStore;
  faults: ActiveOciFaults;
  now(): Date;
}

type Read = { route: OciRoute; path: string };

/** Answers a read from what is stored, changed only by what the faults demand. */
export function answerOciRead(reading: OciReading, { route, path }: Read): OciAnswer {
  return refusedRead(reading) ?? readRoute(reading, { route, path });
}

function refusedRead({ faults, now }: OciReading): OciAnswer | undefined {
  if (faults.refusesRead())
    return { ...refusal(503, "UNAVAILABLE", "the registry is down for maintenance"), fault: "unavailable" };
  const until = faults.limit();
  if (!until || now() >= until) return undefined;
  const headers = { "retry-after": until.toUTCString() };
  return { ...refusal(429, "TOOMANYREQUESTS", "too many requests", headers), fault: "limited" };
}

function readRoute(reading: OciReading, { route, path }: Read): OciAnswer {
  switch (route.kind) {
    case "manifest":
      return readManifest(reading, route);
    case "blob":
      return readBlob(reading, route);
    case "tags":
      return listTags(reading, route.name, path);
    case "referrers":
      return listReferrers(reading, route);
    default:
      return refusal(404, "UNSUPPORTED", "not served here");
  }
}

function readManifest(reading: OciReading, { name, reference }: { name: string; reference: string }): OciAnswer {
  const { store, faults } = reading;
  const isDigest = reference.startsWith("sha256:");
  const asked = isDigest ? `${name}@${reference}` : `${name}:${reference}`;
  const unknown = refusal(404, "MANIFEST_UNKNOWN", `manifest unknown: ${asked}`);
  if (faults.hides(asked)) return { ...unknown, fault: "withdrawn" };
  const held = store.find(name);
  if (!held) return unknown;
  const found = isDigest ? { digest: reference } : resolve(reading, { name, tag: reference, held });
  const about = found.digest === undefined ? undefined : held.manifests[found.digest];
  const bytes = found.digest === undefined ? undefined : store.read(found.digest);
  if (!about || !bytes || found.digest === undefined) return { ...unknown, ...faultOf(found) };
  if (!faults.alters(asked)) return manifestAnswer(bytes, about.mediaType, found);
  const altered = Buffer.concat([bytes, Buffer.from("\n")]);
  // By its digest, it still claims to be what was asked for.
  const digest = isDigest ? reference : digestOf(altered);
  return manifestAnswer(altered, about.mediaType, { digest, fault: "other-bytes" });
}

type Resolved = { digest?: string; fault?: OciFaultName };

/** What a tag names for readers: the newest that they may see already, unless a fault moved it. */
function resolve(
  { faults, now }: OciReading,
  { name, tag, held }: { name: string; tag: string; held: StoredRepository },
): Resolved {
  const moved = faults.movedTo(`${name}:${tag}`);
  if (moved !== undefined) {
    const digest = moved.startsWith("sha256:") ? moved : held.tags[moved]?.at(-1)?.digest;
    return { ...(digest === undefined ? {} : { digest }), fault: "moved-tag" };
  }
  return newest(held.tags[tag] ?? [], ({ visibleAt }) => now().getTime() >= Date.parse(visibleAt));
}

function newest(history: Pointed[], isVisible: (one: Pointed) => boolean): Resolved {
  const shown = history.findLast(isVisible);
  const lags = history.length > 0 && shown !== history.at(-1);
  return { ...(shown ? { digest: shown.digest } : {}), ...(lags ? { fault: "lag" as const } : {}) };
}

const faultOf = ({ fault }: Resolved) => (fault ? { fault } : {});

function manifestAnswer(bytes: Buffer, mediaType: string, found: Resolved): OciAnswer {
  const headers = { "content-type": mediaType, "docker-content-digest": found.digest };
  return { code: 200, headers, body: bytes, ...faultOf(found) };
}

function readBlob({ store, faults }: OciReading, { name, digest }: { name: string; digest: string }): OciAnswer {
  const asked = `${name}@${digest}`;
  const bytes = store.find(name)?.blobs.includes(digest) ? store.read(digest) : undefined;
  if (!bytes) return refusal(404, "BLOB_UNKNOWN", `blob unknown: ${asked}`);
  if (faults.hides(asked)) return { ...refusal(404, "BLOB_UNKNOWN", `blob unknown: ${asked}`), fault: "withdrawn" };
  const headers = { "content-type": "application/octet-stream", "docker-content-digest": digest };
  if (!faults.alters(asked)) return { code: 200, headers, body: bytes };
  const altered = Buffer.from(bytes);
  altered.writeUInt8((altered.at(-1) ?? 0) ^ 1, Math.max(0, altered.length - 1));
  return { code: 200, headers, body: altered, fault: "other-bytes" };
}

function listTags({ store, faults, now }: OciReading, name: string, path: string): OciAnswer {
  const held = store.find(name);
  if (!held) return refusal(404, "NAME_UNKNOWN", `repository unknown: ${name}`);
  const present = Object.entries(held.tags);
  const listed = present.filter(([tag, history]) => {
    const hidden = faults.hides(`${name}:${tag}`);
    return !hidden && history.some(({ listedAt }) => now().getTime() >= Date.parse(listedAt));
  });
  const tags = listed.map(([tag]) => tag).sort();
  const { searchParams } = new URL(path, "http://registry.invalid");
  const after = tags.filter((tag) => tag > (searchParams.get("last") ?? ""));
  const size = Number(searchParams.get("n") ?? after.length);
  const page = after.slice(0, size);
  const query = new URLSearchParams({ n: String(size), last: page.at(-1) ?? "" });
  const link = page.length < after.length ? { link: `</v2/${name}/tags/list?${query}>; rel="next"` } : {};
  const stale = listed.length < present.length ? { fault: "stale-list" as const } : {};
  return { ...answer(200, link, { name, tags: page }), ...stale };
}

function listReferrers({ store }: OciReading, { name, digest }: { name: string; digest: string }): OciAnswer {
  const manifests = Object.entries(store.find(name)?.manifests ?? {})
    .filter(([, { subject }]) => subject === digest)
    .map(([each, { mediaType }]) => ({ mediaType, digest: each, size: store.read(each)?.length ?? 0 }));
  const mediaType = "application/vnd.oci.image.index.v1+json";
  return answer(200, { "content-type": mediaType }, { schemaVersion: 2, mediaType, manifests });
}
