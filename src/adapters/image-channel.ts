import { lookAtVersion } from "#src/adapters/image-content";
import { imageCredential } from "#src/adapters/image-credentials";
import { locateImage } from "#src/adapters/image-location";
import { countReferrers, lookAtPointers, type TagList, tagList } from "#src/adapters/image-pointers";
import { type ImageRequests, imageRequests, type NoAnswer, type WantedImage } from "#src/adapters/image-requests";
import { imageName } from "#src/domain/image-name";
import type { Clock } from "#src/ports/clock";
import type { ChannelLook, PackageChannel } from "#src/ports/package-channel";
import type { Shell } from "#src/ports/shell";

/** What the look at a registry takes from the machine. */
export interface ImagePlace {
  shell: Shell;
  clock: Clock;
  source?: Record<string, string | undefined>;
  /** Milliseconds for the beginning of an answer, and for a whole layer. */
  patience?: { answer: number; content: number };
}

const patient = { answer: 30_000, content: 600_000 };

/**
 * Asks the registry that an image's name means on this machine, in the protocol of the OCI distribution specification and with
 * the login of its container clients. Every manifest and every layer of what was built is downloaded, and nothing is kept.
 */
export function imageChannel({ shell, clock, source = process.env, patience = patient }: ImagePlace): PackageChannel {
  return {
    async look(wanted) {
      const name = imageName(wanted.name);
      if (!name) return untold(`expected the name of an image with its host, found ${wanted.name}`);
      const location = await locateImage(name, source);
      if ("unknown" in location) return untold(location.unknown);
      const credential = await imageCredential(location.hosts, { shell, environment: source });
      const retries: Date[] = [];
      const requests = imageRequests({ origin: location.origin, credential, clock, patience });
      const look = await lookAt(noting(requests, retries), { ...wanted, at: location.path });
      const retryAt = retries.toSorted((a, b) => b.getTime() - a.getTime())[0];
      return { ...look, ...(retryAt ? { retryAt } : {}) };
    },
  };
}

async function lookAt(requests: ImageRequests, wanted: WantedImage): Promise<ChannelLook> {
  const { version, top } = await lookAtVersion(requests, wanted);
  const list = await tagList(requests, wanted.at);
  const pointers = await lookAtPointers(requests, wanted, { top, list });
  const notes = { listed: listedWord(list, wanted), referrers: await referrersOf(requests, wanted.at, top) };
  const known = "absent" in list ? { known: false } : "tags" in list ? { known: true } : {};
  return { version, pointers, notes, ...known };
}

/** Keeps the instants before which the registry asks not to be asked again. */
function noting(requests: ImageRequests, retries: Date[]): ImageRequests {
  const noted = <Answer extends object>(answer: Answer | NoAnswer) => {
    if ("retryAt" in answer && answer.retryAt instanceof Date) retries.push(answer.retryAt);
    return answer;
  };
  return {
    read: async (path, accept) => noted(await requests.read(path, accept)),
    digest: async (path) => noted(await requests.digest(path)),
    content: async (path) => noted(await requests.content(path)),
  };
}

function listedWord(list: TagList, { tag, version }: WantedImage): string {
  if (!("tags" in list)) return "absent" in list ? "no list" : "unknown";
  return list.tags.includes(tag ?? version) ? "yes" : "no";
}

/** Attestations and signatures that refer to the image are counted, and judged elsewhere. */
async function referrersOf(requests: ImageRequests, at: string, top: string | undefined): Promise<string> {
  if (top === undefined) return "not asked";
  const answer = await requests.read(`${at}/referrers/${top}`);
  if (!("bytes" in answer)) return "absent" in answer ? "not served" : "unknown";
  return String(countReferrers(answer.bytes) ?? "unknown");
}

function untold(because: string): ChannelLook {
  return { version: { seen: "unknown", because }, pointers: { unknown: because } };
}
