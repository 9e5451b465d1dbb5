import { createServer } from "node:http";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { githubClient, githubFailure, httpStatus } from "#src/adapters/github-client";
import { onLoopback } from "#src/testing/on-loopback";

const server = createServer((request, response) => {
  if (request.url === "/gone") request.socket.destroy();
  else response.writeHead(500, { "content-type": "application/json" }).end('{"message":"Server Error"}');
});

beforeAll(async () => {
  vi.stubEnv("GITHUB_API_URL", await onLoopback(server));
});
afterAll(() => {
  vi.unstubAllEnvs();
  server.close();
});

const errorOf = (path: string): Promise<unknown> =>
  githubClient("t")
    .request(`GET ${path}`, { request: { retries: 0 } })
    .catch((error: unknown) => error);

describe("a question to GitHub", () => {
  it("that got no answer is told without a number, though the client makes one up", async () => {
    const error = await errorOf("/gone");
    expect(httpStatus(error)).toBeUndefined();
    const { code, message } = githubFailure(error, "Who?");
    expect(code).toBe("all.upstream-unreachable");
    expect(message).not.toMatch(/HTTP/);
  });

  it("that the server could not answer is told with its number", async () => {
    const error = await errorOf("/broken");
    expect(httpStatus(error)).toBe(500);
    expect(githubFailure(error, "Who?").message).toContain("HTTP 500: Server Error");
  });
});
