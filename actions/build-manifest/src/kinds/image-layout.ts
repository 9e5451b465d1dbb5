import * as z from "zod";
import { digestOfBytes, digestPattern } from "#src/domain/digest";
import { type Descriptor, type ImageDocument, platformOf, readDocument } from "#src/domain/image-documents";
import { parseJson } from "#src/domain/parse-json";

/** A manifest of an image as it will be pushed: for one platform, or the index over several (platform null). */
export interface LayoutManifest {
  platform: string | null;
  digest: string;
  bytes: Uint8Array;
}

/** Files of an OCI layout, by path inside of it. */
export type LayoutFiles = ReadonlyMap<string, Uint8Array>;

const marker = z.looseObject({ imageLayoutVersion: z.literal("1.0.0") });
const entry = z.looseObject({ digest: z.string().regex(digestPattern), size: z.int().nonnegative() });
const entries = z.looseObject({ manifests: z.array(entry).min(1) });

/**
 * Reads the image of an OCI layout (image-spec, image-layout.md): the one manifest or index that `index.json` names, else
 * `index.json` itself as the index over all that it names. Every manifest, configuration and layer is there with the digest
 * and size that name it. Throws `RangeError` for a layout of another form.
 */
export function readLayout(files: LayoutFiles): LayoutManifest[] {
  if (!marker.safeParse(jsonOf(files, "oci-layout")).success)
    throw new RangeError("expected an OCI layout of version 1.0.0, found another document");
  const index = entries.safeParse(jsonOf(files, "index.json"));
  if (!index.success) throw new RangeError("expected manifests in index.json, found none");
  const [only, another] = index.data.manifests;
  const bytes = only && !another ? blobOf(files, only) : required(files, "index.json");
  const top = { digest: digestOfBytes(bytes), bytes };
  const document = documentOf(bytes, top.digest);
  if (document.kind === "image") return [{ ...top, platform: platformIn(files, document) }];
  if (document.platforms.length === 0) throw new RangeError("expected platforms in the index, found none");
  return [{ ...top, platform: null }, ...document.platforms.map((one) => platformManifest(files, one))];
}

function platformManifest(
  files: LayoutFiles,
  { platform, digest }: { platform: string; digest: string },
): LayoutManifest {
  const bytes = blobOf(files, { digest });
  const document = documentOf(bytes, digest);
  if (document.kind !== "image") throw new RangeError(`expected an image behind ${digest}, found an index`);
  const own = platformIn(files, document);
  if (own !== platform) throw new RangeError(`expected ${digest} to be for ${platform}, found it for ${own}`);
  return { platform, digest, bytes };
}

/** Reads the platform of an image out of its configuration, and insists on all its parts. */
function platformIn(files: LayoutFiles, { config, parts }: ImageDocument & { kind: "image" }): string {
  for (const part of parts) blobOf(files, part);
  const platform = platformOf({ bytes: blobOf(files, config) });
  if (platform !== undefined) return platform;
  throw new RangeError(`expected the platform in the configuration ${config.digest}, found none`);
}

function documentOf(bytes: Uint8Array, digest: string): ImageDocument {
  const document = readDocument({ bytes });
  if (document) return document;
  throw new RangeError(`expected a manifest or an index behind ${digest}, found another document`);
}

function blobOf(files: LayoutFiles, { digest, size }: Pick<Descriptor, "digest"> & Partial<Descriptor>): Uint8Array {
  const bytes = required(files, `blobs/${digest.replace(":", "/")}`);
  const found = digestOfBytes(bytes);
  if (found !== digest) throw new RangeError(`expected content that digests to ${digest}, found ${found}`);
  if (size === undefined || size === bytes.byteLength) return bytes;
  throw new RangeError(`expected ${size} bytes of ${digest}, found ${bytes.byteLength}`);
}

function jsonOf(files: LayoutFiles, path: string): unknown {
  return parseJson(required(files, path));
}

function required(files: LayoutFiles, path: string): Uint8Array {
  const bytes = files.get(path);
  if (bytes) return bytes;
  throw new RangeError(`expected ${path} in the OCI layout, found none`);
}
