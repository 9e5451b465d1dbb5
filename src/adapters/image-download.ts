import { unexpected } from "#src/adapters/client-trouble";
import { imageCredential } from "#src/adapters/image-credentials";
import { locateImage } from "#src/adapters/image-location";
import { type ImageRequests, imageRequests, type NoAnswer, type Served } from "#src/adapters/image-requests";
import { manifestTypes, readDocument } from "#src/domain/image-documents";
import { imageName } from "#src/domain/image-name";
import type { Clock } from "#src/ports/clock";
import type { ClientTrouble, PackageArchive, PackageVersion } from "#src/ports/package-install";
import type { Shell } from "#src/ports/shell";

/** What a download takes from the machine, and for which platform. */
export interface DownloadPlace {
  shell: Shell;
  clock: Clock;
  source: Record<string, string | undefined>;
  platform: string;
}

const patience = { answer: 30_000, content: 600_000 };

/** Downloads the manifest of one platform behind a tag, with its configuration and its layers, each named by the digest that was asked for. */
export async function downloadImage(
  wanted: PackageVersion,
  { shell, clock, source, platform }: DownloadPlace,
): Promise<{ archives: PackageArchive[] } | ClientTrouble> {
  const name = imageName(wanted.name);
  if (!name) return unexpected(`expected the name of an image with its host, found ${wanted.name}`);
  const location = await locateImage(name, source);
  if ("unknown" in location) return unexpected(location.unknown);
  const credential = await imageCredential(location.hosts, { shell, environment: source });
  const requests = imageRequests({ origin: location.origin, credential, clock, patience });
  const manifest = await manifestFor(requests, `${location.path}/manifests`, {
    tag: wanted.tag ?? wanted.version,
    platform,
  });
  if (!("bytes" in manifest)) return troubled(manifest);
  const document = readDocument(manifest);
  if (document?.kind !== "image") return unexpected(`expected an image for ${platform}, found another document`);
  const archives = [{ name: manifest.digest, bytes: manifest.bytes, registry: manifest.digest }];
  for (const { digest } of document.parts) {
    const part = await requests.content(`${location.path}/blobs/${digest}`);
    if (!("bytes" in part)) return troubled(part);
    archives.push({ name: part.digest, bytes: part.bytes, registry: manifest.digest });
  }
  return { archives };
}

async function manifestFor(
  requests: ImageRequests,
  path: string,
  { tag, platform }: { tag: string; platform: string },
): Promise<Served | NoAnswer> {
  const top = await requests.read(`${path}/${tag}`, manifestTypes);
  if (!("bytes" in top)) return top;
  const document = readDocument(top);
  if (document?.kind !== "index") return top;
  const suits = (one: string) => one === platform || one.startsWith(`${platform}/`);
  const found = document.platforms.find((one) => suits(one.platform));
  return found ? requests.read(`${path}/${found.digest}`, manifestTypes) : { absent: `no image for ${platform}` };
}

function troubled(answer: NoAnswer): ClientTrouble {
  return unexpected("unknown" in answer ? answer.unknown : `the registry does not have it: ${answer.absent}`);
}
