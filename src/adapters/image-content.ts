import type { ImageRequests, NoAnswer, Served, WantedImage } from "#src/adapters/image-requests";
import {
  type Descriptor,
  type ImageDocument,
  manifestTypes,
  platformOf,
  readDocument,
} from "#src/domain/image-documents";
import type { ServedFile, VersionSighting } from "#src/ports/package-channel";

/** A version as it is served, and the digest of what its tag names. */
export interface ImageSighting {
  version: VersionSighting;
  top: string | undefined;
}

/** Something of an image that is not as the registry itself says. */
type Flaw = Extract<VersionSighting, { seen: "corrupt" | "unknown" | "accepted" }>;

/** Looks at what a tag names, with every platform of an index, and with every layer of what was built. */
export async function lookAtVersion(requests: ImageRequests, wanted: WantedImage): Promise<ImageSighting> {
  const tag = wanted.tag ?? wanted.version;
  const answer = await requests.read(`${wanted.at}/manifests/${tag}`, manifestTypes);
  if (!("bytes" in answer)) {
    return { version: "unknown" in answer ? unknown(answer) : await untagged(requests, wanted), top: undefined };
  }
  if (answer.announced !== "" && answer.announced !== answer.digest)
    return {
      version: corrupt(`${tag} is announced as ${answer.announced} and served as ${answer.digest}`),
      top: undefined,
    };
  const document = readDocument(answer);
  if (!document) {
    const because = `expected an image behind the tag ${tag}, found another document`;
    return { version: { seen: "unknown", because }, top: answer.digest };
  }
  return { version: await contentOf(requests, wanted, { answer, document }), top: answer.digest };
}

/** What was pushed by digest, without its tag, was accepted and is not visible. */
async function untagged(requests: ImageRequests, { at, files, tag, version }: WantedImage): Promise<VersionSighting> {
  for (const { sha256 } of files) {
    const answer = await requests.read(`${at}/manifests/sha256:${sha256}`, manifestTypes);
    if ("unknown" in answer) return unknown(answer);
    if ("bytes" in answer) {
      return { seen: "accepted", because: `sha256:${sha256} is there, and the tag ${tag ?? version} is not` };
    }
  }
  return { seen: "absent" };
}

async function contentOf(
  requests: ImageRequests,
  wanted: WantedImage,
  { answer, document }: { answer: Served; document: ImageDocument },
): Promise<VersionSighting> {
  const { at } = wanted;
  const look = lookerAt(requests, wanted);
  if (document.kind === "image") {
    const flaw = await look(answer.digest, document.parts);
    if (flaw) return flaw;
    const platform = platformOf(await requests.read(`${at}/blobs/${document.config.digest}`)) ?? null;
    return { seen: "served", files: [fileOf(at, answer, platform)] };
  }
  const files = [fileOf(at, answer, null)];
  for (const { platform, digest } of document.platforms) {
    const manifest = await requests.read(`${at}/manifests/${digest}`, manifestTypes);
    if ("absent" in manifest) continue;
    if ("unknown" in manifest) return unknown(manifest);
    const flaw = await flawOf(manifest, { platform, digest, look });
    if (flaw) return flaw;
    files.push(fileOf(at, manifest, platform));
  }
  return { seen: "served", files };
}

type Look = (digest: string, parts: Descriptor[]) => Promise<Flaw | undefined>;

async function flawOf(
  manifest: Served,
  { platform, digest, look }: { platform: string; digest: string; look: Look },
): Promise<Flaw | undefined> {
  if (manifest.digest !== digest) return corrupt(`${digest} (${platform}) is served as ${manifest.digest}`);
  const inner = readDocument(manifest);
  return inner?.kind === "image"
    ? look(digest, inner.parts)
    : corrupt(`expected an image for ${platform}, found another document`);
}

/** Looks at the parts of the images that were built; another image is not downloaded, as it is wrong already. */
function lookerAt(requests: ImageRequests, { at, files }: WantedImage): Look {
  const built = new Set(files.map(({ sha256 }) => `sha256:${sha256}`));
  const read = blobReader(requests, at);
  return async (digest, parts) => (built.has(digest) ? read(parts) : undefined);
}

/** Downloads configuration and layers once each, and says what is wrong with the first that is not as it should be. */
function blobReader(requests: ImageRequests, at: string): (parts: Descriptor[]) => Promise<Flaw | undefined> {
  const known = new Set<string>();
  return async (parts) => {
    for (const { digest, size } of parts) {
      if (known.has(digest)) continue;
      const blob = await requests.digest(`${at}/blobs/${digest}`);
      if ("unknown" in blob) return unknown(blob);
      if ("absent" in blob) return { seen: "accepted", because: `the image is there, and its part ${digest} is not` };
      if (blob.digest !== digest || blob.size !== size) {
        return corrupt(`${digest} of ${size} bytes is served as ${blob.digest} of ${blob.size} bytes`);
      }
      known.add(digest);
    }
    return undefined;
  };
}

function fileOf(name: string, { digest, size }: Served, platform: string | null): ServedFile {
  return { name, platform, digests: { sha256: digest.replace("sha256:", ""), registry: digest }, size };
}

function unknown(answer: Extract<NoAnswer, { unknown: string }>): Flaw {
  return { seen: "unknown", because: answer.unknown };
}

function corrupt(because: string): Flaw {
  return { seen: "corrupt", because };
}
