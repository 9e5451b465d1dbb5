import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { noteRehearsal } from "#src/adapters/write-permission";
import { aSha } from "#src/testing/builders";

const seen: string[] = [];
const server = createServer((request, response) => {
  seen.push(`${request.method} ${request.url}`);
  response.writeHead(200, { "content-type": "application/json" }).end("{}");
});
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "rehearsing-"));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  // The client reads its base address when it is loaded.
  vi.stubEnv("GITHUB_API_URL", `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}`);
});
afterAll(async () => {
  vi.unstubAllEnvs();
  server.close();
  await rm(folder, { recursive: true, force: true });
});

it("ALL-05: a rehearsal reads through the client, and no write of it leaves the process", async () => {
  const { githubClient } = await import("./github-client.ts");
  const client = githubClient("token");
  noteRehearsal();
  await client.request("GET /repos/octo/tide/releases");
  for (const method of ["POST", "PATCH", "PUT", "DELETE"]) {
    await expect(client.request(`${method} /repos/octo/tide/git/refs`)).rejects.toMatchObject({
      code: "all.write-in-dry-mode",
    });
  }
  await client.graphql("query($owner: String!) { repository(owner: $owner) { name } }", { owner: "octo" });
  for (const query of ["mutation { closeIssue { id } }", "query one { id } mutation two { id }", "{ id }"]) {
    await expect(client.graphql(query)).rejects.toMatchObject({ code: "all.write-in-dry-mode" });
  }
  expect(seen).toEqual(["GET /repos/octo/tide/releases", "POST /graphql"]);
});

it("ALL-05: a rehearsal pushes no signed tag", async () => {
  const { signedTags } = await import("./signed-tags.ts");
  await mkdir(join(folder, "bin"));
  const words = 'Good "git" signature for ada@example.org';
  await writeFile(join(folder, "bin", "git"), `#!/bin/sh\necho "$*" >> "${folder}/calls"\necho '${words}'\n`);
  await chmod(join(folder, "bin", "git"), 0o755);
  vi.stubEnv("PATH", `${join(folder, "bin")}:/usr/bin:/bin`);
  noteRehearsal();
  const key = "-----BEGIN OPENSSH PRIVATE KEY-----";
  const remote = { serverUrl: "https://server.example", repository: "octo/tide", token: "t", temp: folder };
  const signer = signedTags(remote, { format: "ssh", signers: "ada@example.org ssh-ed25519 AAAA", key });
  const tagger = { name: "Ada", email: "ada@example.org" };
  const wanted = { kind: "signed" as const, tag: "v1.1.0", commit: aSha(), message: "v1.1.0", tagger };
  await expect(signer.create(wanted)).rejects.toMatchObject({ code: "all.write-in-dry-mode" });
  expect(await readFile(join(folder, "calls"), "utf8")).not.toMatch(/^push /m);
});
