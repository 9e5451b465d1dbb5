import { mkdtempSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { seekTag } from "./git-remote.ts";

let server: Server | undefined;

afterEach(() => {
  server?.close();
});

describe("ALL-08: asking a server for a tag", () => {
  it.each([
    ["a page that is no repository", "<html>Welcome to the portal</html>"],
    ["nothing at all", ""],
    ["a repository without a single ref", "001e# service=git-upload-pack\n0000"],
  ])("cannot tell from %s", async (_what, body) => {
    const answer = await seekTag(await remoteAnswering(body), "v1.0.0");
    expect(answer).toEqual({ unknown: expect.any(String) });
  });
});

async function remoteAnswering(body: string) {
  const listening = createServer((_request, response) => response.end(body));
  server = listening;
  await new Promise<void>((resolve) => listening.listen(0, "127.0.0.1", resolve));
  const address = listening.address();
  const port = typeof address === "object" && address ? address.port : 0;
  const temp = mkdtempSync(join(tmpdir(), "remote-"));
  return { serverUrl: `http://127.0.0.1:${port}`, repository: "octo/tide", token: "", temp };
}
