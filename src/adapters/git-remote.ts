import { type GitAnswer, runGit, settingVariables } from "#src/adapters/git-command";
import { Failure } from "#src/domain/failure";
import { fullSha } from "#src/domain/release";
import type { SeenTag } from "#src/ports/tags";

/** A repository on the server, as git reaches it. An empty token asks without credentials. */
export interface Remote {
  serverUrl: string;
  repository: string;
  token: string;
  /** Folder outside any checkout, so that no repository's own configuration takes part. */
  temp: string;
}

/** Address of the repository for git. */
export function remoteAddress({ serverUrl, repository }: Remote): string {
  return `${serverUrl.replace(/\/+$/, "")}/${repository}.git`;
}

/**
 * Runs git against the remote. The token travels in the environment, never in an argument; credentials and headers of the
 * machine's own configuration are reset, as a second one would be sent beside it. Throws `all.tool-missing`.
 */
export async function askRemote(remote: Remote, args: string[], directory = remote.temp): Promise<GitAnswer> {
  const variables = { GIT_CEILING_DIRECTORIES: remote.temp, ...settingVariables(credentialSettings(remote)) };
  const answer = await runGit({ args, directory, variables });
  if (answer.ok || !answer.missing) return answer;
  throw new Failure({
    kind: "input",
    code: "all.tool-missing",
    message: "expected git on PATH, found none",
    hint: "Install git in the job before this step.",
  });
}

/** Asks the remote for one tag: an object id with the commit behind it, or `absent`; a question that failed is told in words. */
export async function seekTag(remote: Remote, tag: string): Promise<SeenTag | "absent" | { unknown: string }> {
  const ref = `refs/tags/${tag}`;
  const ids = await seekRefs(remote, [ref, `${ref}^{}`]);
  if ("unknown" in ids) return ids;
  const object = ids.get(ref);
  if (object === undefined) return "absent";
  const peeled = ids.get(`${ref}^{}`);
  return { object, commit: peeled ?? object, annotated: peeled !== undefined };
}

/**
 * Asks the remote for refs, and tells the object ids of those that are there; a question that failed is told in words.
 * HEAD is asked for too: git takes any page for a repository without refs, and silence must not read as an absence.
 */
export async function seekRefs(remote: Remote, refs: string[]): Promise<Map<string, string> | { unknown: string }> {
  const answer = await askRemote(remote, ["ls-remote", "--quiet", remoteAddress(remote), "HEAD", ...refs]);
  if (!answer.ok) return { unknown: answer.because };
  const rows = answer.output
    .toString("utf8")
    .split("\n")
    .filter(Boolean)
    .map((row) => row.split("\t"));
  if (rows.some(([id = "", name]) => !fullSha.test(id) || name === undefined)) {
    return { unknown: "expected rows of an object id and a ref, found another text" };
  }
  if (!rows.some(([, name]) => name === "HEAD")) {
    return { unknown: "expected the remote to name its HEAD, found an answer without it" };
  }
  return new Map(rows.map(([id = "", name = ""]) => [name, id]));
}

/** Settings that carry the token to this server and to no other, in place of whatever the machine or the checkout holds. */
export function credentialSettings({ serverUrl, token }: Pick<Remote, "serverUrl" | "token">): [string, string][] {
  const key = `http.${serverUrl.replace(/\/+$/, "")}/.extraheader`;
  const basic = Buffer.from(`x-access-token:${token}`).toString("base64");
  return [
    ["credential.helper", ""],
    [key, ""],
    ...(token === "" ? [] : [[key, `Authorization: Basic ${basic}`] satisfies [string, string]]),
  ];
}
