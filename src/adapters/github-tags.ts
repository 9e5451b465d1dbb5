import * as z from "zod";
import type { RunnerEnvironment } from "#src/adapters/environment";
import { type Remote, seekTag } from "#src/adapters/git-remote";
import { type GitHubClient, githubClient, httpStatus } from "#src/adapters/github-client";
import { Failure } from "#src/domain/failure";
import type { Clock } from "#src/ports/clock";
import type { NewTag, RefusalCode, TagObject, Tags, TagWriting } from "#src/ports/tags";

/** What of the runner's environment tells where the repository is. */
export type Place = Pick<RunnerEnvironment, "repository" | "serverUrl" | "temp">;

/** Milliseconds before the remote is asked again after a question that failed. */
const pauses = [2_000, 4_000];

/** A request is sent once: a write that was repeated blindly could meet its own first try. */
const once = { request: { retries: 0 } };

const createdObject = z.object({ sha: z.string() });

const tagObject = z.object({
  tag: z.string(),
  message: z.string(),
  tagger: z.object({ name: z.string(), email: z.string() }),
  object: z.object({ type: z.string(), sha: z.string() }),
});

/** Reads tags by the git protocol, which costs no API request, and writes annotated ones through the API. */
export function githubTags(token: string, place: Place, clock: Clock): Tags {
  const remote: Remote = { ...place, token };
  const client = githubClient(token);
  const [owner = "", repo = ""] = place.repository.split("/");
  return {
    find: (tag) => findTag(remote, tag, clock),
    create: (wanted) => createTag(client, { owner, repo }, wanted),
    read: (object) => readTag(client, { owner, repo }, object),
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
  at: { owner: string; repo: string },
  { tag, commit, message, tagger }: NewTag,
): Promise<TagWriting> {
  try {
    const made = await client.request("POST /repos/{owner}/{repo}/git/tags", {
      ...at,
      ...once,
      tag,
      message,
      object: commit,
      type: "commit",
      tagger,
    });
    const { sha } = createdObject.parse(made.data);
    await client.request("POST /repos/{owner}/{repo}/git/refs", { ...at, ...once, ref: `refs/tags/${tag}`, sha });
    return { outcome: "created", object: sha };
  } catch (error) {
    return refusal(error);
  }
}

/**
 * Reads an error of a write. A ref that exists, a rule that forbids and a commit that is not there all answer 422: only the
 * words tell them apart. Without an answer, or with a server's own trouble, it is unclear what was written.
 */
export function refusal(error: unknown): TagWriting {
  const code = httpStatus(error);
  const words = error instanceof Error ? error.message : String(error);
  const because = `GitHub answered ${code ?? "nothing"}: ${words}`;
  if (code === 422 && /already exists/i.test(words)) return { outcome: "exists" };
  if (code === undefined || code >= 500) return { outcome: "unclear", because };
  return { outcome: "refused", code: refusalCode(code, words), because };
}

function refusalCode(code: number, words: string): RefusalCode {
  if (code === 401) return "all.auth-unhealthy";
  if (code === 429 || (code === 403 && /rate limit/i.test(words))) return "all.rate-limited";
  return code === 403 || code === 404 ? "tag.permission-missing" : "tag.create-failed";
}

async function readTag(client: GitHubClient, at: { owner: string; repo: string }, object: string): Promise<TagObject> {
  const ask = () => client.request("GET /repos/{owner}/{repo}/git/tags/{tag_sha}", { ...at, ...once, tag_sha: object });
  try {
    const { data } = await ask().catch(ask);
    const { tag, message, tagger, object: target } = tagObject.parse(data);
    return { tag, message, tagger, type: target.type, commit: target.sha };
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
