import * as z from "zod";
import { nameBurnt } from "#src/adapters/burnt-tag-names";
import type { RunnerEnvironment } from "#src/adapters/environment";
import { type Remote, seekTag } from "#src/adapters/git-remote";
import { type GitHubClient, githubClient, httpStatus } from "#src/adapters/github-client";
import { type GitHubPlace, once, placeOf } from "#src/adapters/github-place";
import { readTrouble } from "#src/adapters/github-refusal";
import { Failure } from "#src/domain/failure";
import type { Clock } from "#src/ports/clock";
import type { NewTag, RefusalCode, TagObject, Tags, TagWriting } from "#src/ports/tags";

/** What of the runner's environment tells where the repository is. */
export type Place = Pick<RunnerEnvironment, "repository" | "serverUrl" | "temp">;

/** Milliseconds before the remote is asked again after a question that failed. */
const pauses = [2_000, 4_000];

const createdObject = z.object({ sha: z.string() });

const tagObject = z.object({
  tag: z.string(),
  message: z.string(),
  tagger: z.object({ name: z.string(), email: z.string(), date: z.string() }),
  object: z.object({ type: z.string(), sha: z.string() }),
});

/** Reads tags by the git protocol, which costs no API request, and writes annotated and lightweight ones through the API. */
export function githubTags(token: string, place: Place, clock: Clock): Tags {
  const remote: Remote = { ...place, token };
  const client = githubClient(token);
  const at = placeOf(place.repository);
  return {
    find: (tag) => findTag(remote, tag, clock),
    create: async (wanted) => nameBurnt(remote, await createTag(client, at, wanted)),
    read: (object) => readTag(client, at, object),
    released: (tag) => isReleased(client, at, tag),
  };
}

async function findTag(remote: Remote, tag: string, clock: Clock): ReturnType<Tags["find"]> {
  for (const pause of [...pauses, undefined]) {
    const seen = await seekTag(remote, tag);
    if (seen === "absent" || !("unknown" in seen)) return seen;
    if (pause === undefined)
      throw unknown(`expected the remote to say whether tag ${tag} exists, found: ${seen.unknown}`);
    await clock.sleep(pause);
  }
  throw unknown(`expected the remote to be asked for tag ${tag}`);
}

async function createTag(
  client: GitHubClient,
  at: GitHubPlace,
  { kind, tag, commit, message, tagger }: NewTag,
): Promise<TagWriting> {
  try {
    const object =
      kind === "lightweight" ? commit : await createObject(client, { ...at, tag, message, object: commit, tagger });
    const ref = `refs/tags/${tag}`;
    await client.request("POST /repos/{owner}/{repo}/git/refs", { ...at, ...once, ref, sha: object });
    return { outcome: "created", object };
  } catch (error) {
    return refusal(error);
  }
}

interface NewObject {
  owner: string;
  repo: string;
  tag: string;
  message: string;
  object: string;
  tagger: NewTag["tagger"];
}

async function createObject(client: GitHubClient, fields: NewObject): Promise<string> {
  const made = await client.request("POST /repos/{owner}/{repo}/git/tags", { ...fields, ...once, type: "commit" });
  return createdObject.parse(made.data).sha;
}

/**
 * Reads an error of a write. A ref that exists, a rule that forbids and a commit that is not there all answer 422: only the
 * words tell them apart. Without an answer, or with a server's own trouble, it is unclear what was written.
 */
export function refusal(error: unknown): TagWriting {
  const { http, words, because, code } = readTrouble(error, "contents: write");
  if (http === 422 && /already exists/i.test(words)) return { outcome: "exists" };
  if (http === undefined || http >= 500) return { outcome: "unclear", because };
  return { outcome: "refused", code: code ?? forbiddenBy(words) ?? "tag.create-failed", because };
}

/** Tells from the words of a refusal, of the API or of a push, which protection it was; undefined where it was none. */
export function forbiddenBy(words: string): RefusalCode | undefined {
  if (/immutable release/i.test(words)) return "tag.name-burnt";
  return /rule violations|being restricted|protected (tag|ref|branch)|GH013/i.test(words)
    ? "tag.rule-forbids"
    : undefined;
}

async function isReleased(client: GitHubClient, at: GitHubPlace, tag: string): Promise<boolean> {
  try {
    await client.request("GET /repos/{owner}/{repo}/releases/tags/{tag}", { ...at, ...once, tag });
    return true;
  } catch (error) {
    if (httpStatus(error) === 404) return false;
    const words = error instanceof Error ? error.message : String(error);
    throw unknown(`expected GitHub to tell whether ${tag} is released, found: ${words}`, error);
  }
}

async function readTag(client: GitHubClient, at: GitHubPlace, object: string): Promise<TagObject> {
  const ask = () => client.request("GET /repos/{owner}/{repo}/git/tags/{tag_sha}", { ...at, ...once, tag_sha: object });
  try {
    const { data } = await ask().catch(ask);
    const { tag, message, tagger, object: target } = tagObject.parse(data);
    const { date, ...person } = tagger;
    return { tag, message, tagger: person, date, type: target.type, commit: target.sha };
  } catch (error) {
    const words = error instanceof Error ? error.message : String(error);
    throw unknown(`expected GitHub to show tag object ${object}, found: ${words}`, error);
  }
}

function unknown(message: string, cause?: unknown): Failure {
  return new Failure({
    kind: "upstream",
    code: "tag.remote-unknown",
    message,
    hint: "Wait and rerun the job; it asks the remote again before it writes.",
    cause,
  });
}
