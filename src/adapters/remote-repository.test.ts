import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { remoteRepository } from "#src/adapters/remote-repository";
import { type GitGround, gitGround } from "#src/testing/git-ground";

let ground: GitGround;

beforeAll(() => {
  ground = gitGround();
});

afterAll(() => ground.remove());

const clock = () => {
  const waited: number[] = [];
  return { waited, now: () => new Date(0), sleep: async (time: number) => void waited.push(time) };
};

const remoteAt = (serverUrl: string) => ({
  serverUrl,
  repository: "octo/tide",
  token: "secret-token",
  temp: ground.root,
});

describe("the remote", () => {
  it("PLN-03: lists branches and tags with their commits, annotated tags followed", async () => {
    const first = ground.commit("feat: one");
    ground.git(["tag", "v1.0.0"]);
    const second = ground.commit("feat: two");
    ground.git(["tag", "-a", "v1.1.0", "-m", "v1.1.0"]);
    ground.git(["push", "--quiet", "--tags", "origin", "main", "main~1:refs/heads/release/1.0"]);
    expect(await remoteRepository(remoteAt(ground.serverUrl), clock()).refs()).toEqual({
      known: true,
      heads: new Map([
        ["main", second],
        ["release/1.0", first],
      ]),
      tags: new Map([
        ["v1.0.0", first],
        ["v1.1.0", second],
      ]),
      annotated: new Set(["v1.1.0"]),
    });
  });

  it("ALL-08: that is not there is unknown, not empty", async () => {
    const answer = await remoteRepository({ ...remoteAt(ground.serverUrl), repository: "octo/none" }, clock()).refs();
    expect(answer).toMatchObject({ known: false });
  });

  it("sends the token once, as a header to this server, and tells it to nobody", async () => {
    const { heard, answer, waited } = await converse((_request, response) => response.writeHead(401).end());
    const basic = Buffer.from("x-access-token:secret-token").toString("base64");
    expect(heard[0]?.filter((text) => text.includes(basic))).toEqual([`Basic ${basic}`]);
    expect(answer).toMatchObject({ known: false });
    expect(JSON.stringify(answer)).not.toMatch(/secret-token|eC1hY2Nlc3M/);
    expect(waited).toEqual([]);
  });

  it("ALL-08 F50: that answers 503 is asked three times, then unknown", async () => {
    const { heard, answer, waited } = await converse((_request, response) => response.writeHead(503).end());
    expect(heard).toHaveLength(3);
    expect(waited).toEqual([1_000, 4_000]);
    expect(answer).toMatchObject({ known: false, because: expect.stringContaining("503") });
  });

  it("ALL-08: that answers with some page, which git takes for an empty repository, is unknown", async () => {
    const { answer } = await converse((_request, response) => response.writeHead(200).end("hello"));
    expect(answer).toMatchObject({ known: false });
  });
});

/** Asks a server of ours, and tells what it heard: the raw headers of each request. */
async function converse(answerWith: (request: IncomingMessage, response: ServerResponse) => void) {
  const heard: string[][] = [];
  const server = createServer((request, response) => {
    heard.push(request.rawHeaders);
    answerWith(request, response);
  });
  const port = await new Promise<number>((resolve) => {
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      resolve(typeof address === "object" && address ? address.port : 0);
    });
  });
  const timed = clock();
  const answer = await remoteRepository(remoteAt(`http://127.0.0.1:${port}`), timed).refs();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  return { heard, answer, waited: timed.waited };
}
