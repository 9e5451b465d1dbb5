import * as z from "zod";
import type { ImageRequests, NoAnswer, WantedImage } from "#src/adapters/image-requests";
import { manifestTypes } from "#src/domain/image-documents";
import { parseJson } from "#src/domain/parse-json";
import { parseVersion } from "#src/domain/version";
import { compareVersions } from "#src/domain/version-order";
import type { PointerSighting } from "#src/ports/package-channel";

/** Every tag of a repository, or why there is no list of them. */
export type TagList = { tags: string[] } | NoAnswer;

const page = z.looseObject({ tags: z.array(z.string()).nullable() });
const referrers = z.looseObject({ manifests: z.array(z.unknown()) });
const mostPages = 20;
const mostVersions = 50;

/** Reads the list of tags, page by page. */
export async function tagList(requests: ImageRequests, at: string): Promise<TagList> {
  const tags: string[] = [];
  let path = `${at}/tags/list?n=1000`;
  for (let count = 0; count < mostPages; count += 1) {
    const answer = await requests.read(path);
    if (!("bytes" in answer)) return answer;
    const { data } = page.safeParse(parseJson(answer.bytes));
    if (!data) return { unknown: "expected a list of tags, found another answer" };
    tags.push(...(data.tags ?? []));
    const next = /<[^>]*\/v2\/([^>]+)>;\s*rel="?next"?/.exec(answer.link)?.[1];
    if (next === undefined) return { tags };
    path = next;
  }
  return { unknown: `expected at most ${mostPages} pages of tags, found more` };
}

/**
 * Looks at floating tags, and says of each which version it names: this one, another whose tag names the same image, or else
 * the bare digest. Nothing is known of any where one could not be asked.
 */
export async function lookAtPointers(
  requests: ImageRequests,
  wanted: WantedImage,
  { top, list }: { top: string | undefined; list: TagList },
): Promise<PointerSighting> {
  const pointers = new Map<string, string>();
  for (const name of wanted.floating ?? []) {
    const answer = await requests.read(`${wanted.at}/manifests/${name}`, manifestTypes);
    if ("unknown" in answer) return { unknown: answer.unknown };
    if ("absent" in answer) continue;
    const version = answer.digest === top ? wanted.version : await versionOf(requests, wanted, { answer, list });
    if (typeof version !== "string") return version;
    pointers.set(name, version);
  }
  return pointers;
}

async function versionOf(
  requests: ImageRequests,
  wanted: WantedImage,
  { answer, list }: { answer: { digest: string }; list: TagList },
): Promise<string | { unknown: string }> {
  if ("unknown" in list) return { unknown: list.unknown };
  for (const { tag, version } of "tags" in list ? versionTags(list.tags, wanted) : []) {
    const named = await requests.read(`${wanted.at}/manifests/${tag}`, manifestTypes);
    if ("unknown" in named) return { unknown: named.unknown };
    if ("bytes" in named && named.digest === answer.digest) return version;
  }
  return answer.digest;
}

/** The tags that name whole versions as the channel spells them, the newest first. */
function versionTags(tags: string[], { tag, version }: WantedImage): { tag: string; version: string }[] {
  const prefix = (tag ?? version).slice(0, (tag ?? version).length - version.length);
  return tags
    .filter((each) => each.startsWith(prefix))
    .flatMap((each) => parseVersion(each.slice(prefix.length)) ?? [])
    .toSorted((a, b) => compareVersions(b, a))
    .slice(0, mostVersions)
    .map(({ text }) => ({ tag: prefix + text, version: text }));
}

/** Counts what refers to an image; undefined where the answer is no list. */
export function countReferrers(bytes: Uint8Array): number | undefined {
  return referrers.safeParse(parseJson(bytes)).data?.manifests.length;
}
