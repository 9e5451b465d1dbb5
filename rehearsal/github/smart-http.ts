import { spawn } from "node:child_process";
import type { IncomingMessage, ServerResponse } from "node:http";
import { gitEnvironment } from "./git/git.ts";

/** One request of the git protocol: what follows the repository's path, and who asks. */
export interface GitRequest {
  readonly gitDir: string;
  readonly suffix: string;
  readonly query: string;
  readonly login: string;
}

/** Tells which service a request is part of; undefined when it belongs to the old "dumb" protocol, which GitHub does not speak. */
export function gitService(suffix: string, query: URLSearchParams): "git-upload-pack" | "git-receive-pack" | undefined {
  const name = suffix === "/info/refs" ? query.get("service") : suffix.slice(1);
  return name === "git-upload-pack" || name === "git-receive-pack" ? name : undefined;
}

/** Hands a request to git's own CGI program and streams its answer; resolves with the HTTP code. */
export function serveGit(request: IncomingMessage, response: ServerResponse, asked: GitRequest): Promise<number> {
  const backend = spawn("git", ["http-backend"], {
    env: gitEnvironment(cgiVariables(request, asked)),
    stdio: ["pipe", "pipe", "pipe"],
  });
  // A client that leaves early, or a backend that has heard enough, is not the server's failure.
  backend.stdin.on("error", () => {});
  request.pipe(backend.stdin);
  let complaints = "";
  backend.stderr.on("data", (chunk: Buffer) => {
    complaints += chunk.toString("utf8");
  });
  return new Promise((resolve) => {
    let head = Buffer.alloc(0);
    let code = 0;
    backend.stdout.on("data", (chunk: Buffer) => {
      if (code !== 0) return void response.write(chunk);
      head = Buffer.concat([head, chunk]);
      const end = head.indexOf("\r\n\r\n");
      if (end < 0) return;
      code = writeHead(response, head.subarray(0, end).toString("latin1"));
      response.write(head.subarray(end + 4));
    });
    backend.on("error", (failure) => {
      complaints += failure.message;
    });
    backend.on("close", () => {
      if (code === 0) {
        code = 500;
        response.writeHead(500, { "content-type": "text/plain" });
        response.write(complaints || "git http-backend gave no answer\n");
      }
      response.end(() => resolve(code));
      if (response.destroyed) resolve(code);
    });
  });
}

function cgiVariables(request: IncomingMessage, { gitDir, suffix, query, login }: GitRequest): Record<string, string> {
  const header = (name: string) => String(request.headers[name] ?? "");
  const length = header("content-length");
  return {
    GIT_HTTP_EXPORT_ALL: "1",
    PATH_TRANSLATED: `${gitDir}${suffix}`,
    PATH_INFO: suffix,
    REQUEST_METHOD: request.method ?? "GET",
    QUERY_STRING: query,
    CONTENT_TYPE: header("content-type"),
    HTTP_CONTENT_ENCODING: header("content-encoding"),
    GIT_PROTOCOL: header("git-protocol"),
    REMOTE_USER: login,
    REMOTE_ADDR: "127.0.0.1",
    // Without a length the backend reads to the end, which is what a chunked push needs.
    ...(length === "" ? {} : { CONTENT_LENGTH: length }),
  };
}

function writeHead(response: ServerResponse, head: string): number {
  let code = 200;
  for (const line of head.split("\r\n")) {
    const [, name = "", value = ""] = /^([^:]+):\s*(.*)$/.exec(line) ?? [];
    if (name.toLowerCase() === "status") code = Number.parseInt(value, 10);
    else if (name !== "") response.setHeader(name, value);
  }
  response.writeHead(code);
  return code;
}
