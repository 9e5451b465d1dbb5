import type { IncomingMessage, ServerResponse } from "node:http";
import type { Outcome, Parts } from "./api.ts";
import { gitService, serveGit } from "./smart-http.ts";
import { covers, tokenOf } from "./tokens.ts";

/** Serves a request of the git protocol; undefined when the path is not one. Pushing needs `contents:write`, fetching `contents:read`. */
export async function serveGitRequest(
  request: IncomingMessage,
  response: ServerResponse,
  { url, parts }: { url: URL; parts: Parts },
): Promise<Outcome | undefined> {
  const { owner, name } = parts.world.place;
  const [, hostOwner = "", hostName = "", suffix = ""] =
    /^\/([^/]+)\/([^/]+?)(?:\.git)?(\/info\/refs|\/git-upload-pack|\/git-receive-pack|\/HEAD|\/objects\/.*)$/.exec(
      url.pathname,
    ) ?? [];
  if (suffix === "" || hostOwner === "repos") return undefined;
  const service = gitService(suffix, url.searchParams);
  const scope = service === "git-receive-pack" ? "contents:write" : "contents:read";
  const grant = parts.tokens.find(tokenOf(request.headers.authorization) ?? "");
  const told = { stage: grant?.stage ?? "unknown", route: `git/${service ?? "dumb"}`, scope };
  const refuse = (code: number, text: string): Outcome => {
    request.resume();
    const challenge = code === 401 ? { "www-authenticate": 'Basic realm="GitHub"' } : {};
    response.writeHead(code, { "content-type": "text/plain", ...challenge }).end(text);
    return { ...told, reply: { code } };
  };
  if (!grant)
    return refuse(401, "Invalid username or token. Password authentication is not supported for Git operations.\n");
  const asked = `${hostOwner}/${hostName}`.toLowerCase();
  const gitDir = asked === `${owner}/${name}`.toLowerCase() ? parts.world.git.dir : parts.taps.get(asked);
  if (gitDir === undefined) return refuse(404, "Repository not found.\n");
  const failed = failureOf(asked, parts);
  if (failed) return { ...refuse(failed.reply.code, "Server Error\n"), fault: failed.fault };
  if (!service) return refuse(403, "Please upgrade your git client.\n");
  // A token of a run may read other public repositories, and write to its own alone.
  const foreign = gitDir !== parts.world.git.dir && service === "git-receive-pack";
  if (foreign || !covers(grant.permissions, scope))
    return refuse(403, `Permission to ${owner}/${name}.git denied to ${grant.login}.\n`);
  const code = await serveGit(request, response, {
    gitDir,
    suffix,
    query: url.search.slice(1),
    login: grant.login,
  });
  return { ...told, reply: { code } };
}

/** The faults of the API leave git alone; a tap has one of its own. */
function failureOf(repository: string, { taps, faults }: Parts) {
  return taps.has(repository) ? faults.before("git/tap") : undefined;
}
