import * as z from "zod";
import { parseJson } from "#src/domain/parse-json";
import { answer, digestOf, type OciAnswer, refusal } from "./answer.ts";
import type { ActiveOciFaults } from "./faults.ts";
import type { OciStore, StoredRepository } from "./store.ts";

/** What writes need. */
export interface Writing {
  store: OciStore;
  faults: ActiveOciFaults;
  now(): Date;
}

const descriptor = z.looseObject({ digest: z.string() });
const image = z.looseObject({
  mediaType: z.string().optional(),
  config: descriptor,
  layers: z.array(descriptor),
  subject: descriptor.optional(),
});
const index = z.looseObject({
  mediaType: z.string().optional(),
  manifests: z.array(descriptor),
  subject: descriptor.optional(),
});

/** Takes an image or an index whose parts are here already, and points the tag at it. */
export function putManifest(
  writing: Writing,
  route: { name: string; reference: string },
  { body, contentType }: { body: Buffer; contentType: string },
): OciAnswer {
  const { store, faults } = writing;
  const parsed = parseJson(body.toString());
  const read = z.union([image, index]).safeParse(parsed);
  const mediaType = read.data?.mediaType ?? contentType;
  if (!read.success || mediaType !== contentType)
    return refusal(400, "MANIFEST_INVALID", `expected an image or an index of ${contentType}`);
  const digest = digestOf(body);
  const isDigest = route.reference.startsWith("sha256:");
  if (isDigest && route.reference !== digest) return refusal(400, "DIGEST_INVALID", `expected ${digest}`);
  const missing = missingParts(store.find(route.name), read.data);
  if (missing.length > 0) return refusal(404, "MANIFEST_BLOB_UNKNOWN", `not here: ${missing.join(", ")}`);
  store.addManifest(route.name, body, { mediaType, subject: read.data.subject?.digest ?? null });
  if (!isDigest) point(writing, route, digest);
  const headers = { location: `/v2/${route.name}/manifests/${digest}`, "docker-content-digest": digest };
  return faults.losesResponse() ? { ...answer(201, headers), cut: true, fault: "lost-response" } : answer(201, headers);
}

function point(
  { store, faults, now }: Writing,
  { name, reference }: { name: string; reference: string },
  digest: string,
): void {
  const lag = faults.lagMs();
  const after = (ms: number) => new Date(now().getTime() + ms).toISOString();
  store.point(name, reference, { digest, visibleAt: after(lag.read), listedAt: after(lag.list) });
}

function missingParts(held: StoredRepository | undefined, pushed: z.infer<typeof image> | z.infer<typeof index>) {
  const blobs = "layers" in pushed ? image.parse(pushed) : undefined;
  const wanted = blobs ? [blobs.config, ...blobs.layers] : index.parse(pushed).manifests;
  const known = blobs ? (held?.blobs ?? []) : Object.keys(held?.manifests ?? {});
  return wanted.map(({ digest }) => digest).filter((digest) => !known.includes(digest));
}
