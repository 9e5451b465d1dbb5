import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { gitBranchPointer } from "#src/adapters/git-branch-pointer";
import { githubBranches } from "#src/adapters/github-branches";
import { githubClient } from "#src/adapters/github-client";
import { githubIssues } from "#src/adapters/github-issues";
import { githubPullRequests } from "#src/adapters/github-pull-requests";
import { githubReleases } from "#src/adapters/github-releases";
import { githubTags } from "#src/adapters/github-tags";
import { githubWorkflowRuns } from "#src/adapters/github-workflow-runs";
import { signedTags } from "#src/adapters/signed-tags";
import { noteRehearsal } from "#src/adapters/write-permission";
import { aProgram } from "#src/testing/a-program";
import { aSha } from "#src/testing/builders";
import { fakeClock } from "#src/testing/fake-clock";
import { onLoopback } from "#src/testing/on-loopback";

const seen: string[] = [];
const server = createServer((request, response) => {
  seen.push(`${request.method} ${request.url}`);
  response.writeHead(200, { "content-type": "application/json" }).end("{}");
});
let folder: string;
const remote = () => ({ serverUrl: "https://server.example", repository: "octo/tide", token: "t", temp: folder });
const tagger = { name: "Ada", email: "ada@example.org" };

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "rehearsing-"));
  vi.stubEnv("GITHUB_API_URL", await onLoopback(server));
});
afterAll(async () => {
  // A process that rehearses never writes again, and the files after this one are in the same process.
  vi.resetModules();
  vi.unstubAllEnvs();
  server.close();
  await rm(folder, { recursive: true, force: true });
});

it("ALL-05: a rehearsal reads through the client, and no write of it leaves the process", async () => {
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

const repository = "octo/tide";
const body = "words";

it.each<[write: string, send: () => Promise<unknown>]>([
  ["a branch", () => githubBranches("t", repository).advance({ branch: "main", from: aSha("a"), to: aSha("b") })],
  ["a pointer", () => gitBranchPointer(remote()).advance({ branch: "v1", from: "absent", to: aSha("b") })],
  ["a pull request", () => githubPullRequests("t", repository).open({ from: "a", into: "b", title: "One", body })],
  ["the text of a pull request", () => githubPullRequests("t", repository).describe(4, body)],
  ["a release", () => githubReleases("t", repository).createDraft({ tag: "v1", sha: aSha(), body, prerelease: false })],
  ["a run", () => githubWorkflowRuns("t", repository).dispatch({ workflow: "next.yml", ref: "v1", inputs: {} })],
  ["a comment", () => githubIssues("t", repository).comment(4, body)],
  [
    "a tag",
    () =>
      githubTags("t", remote(), fakeClock()).create({
        kind: "annotated",
        tag: "v1",
        commit: aSha(),
        message: body,
        tagger,
      }),
  ],
])(
  "ALL-05: a rehearsal that is about to write %s says so, and not that GitHub was out of reach",
  async (_what, send) => {
    noteRehearsal();
    const before = seen.length;
    await expect(send()).rejects.toMatchObject({ kind: "bug", code: "all.write-in-dry-mode" });
    expect(seen).toHaveLength(before);
  },
);

it("ALL-05: a rehearsal pushes no signed tag", async () => {
  const words = 'Good "git" signature for ada@example.org';
  await aProgram(join(folder, "bin", "git"), `#!/bin/sh\necho "$*" >> "${folder}/calls"\necho '${words}'\n`);
  vi.stubEnv("PATH", `${join(folder, "bin")}:/usr/bin:/bin`);
  noteRehearsal();
  const key = "-----BEGIN OPENSSH PRIVATE KEY-----";
  const signer = signedTags(remote(), { format: "ssh", signers: "ada@example.org ssh-ed25519 AAAA", key });
  const wanted = { kind: "signed" as const, tag: "v1.1.0", commit: aSha(), message: "v1.1.0", tagger };
  await expect(signer.create(wanted)).rejects.toMatchObject({ code: "all.write-in-dry-mode" });
  expect(await readFile(join(folder, "calls"), "utf8")).not.toMatch(/^push /m);
});
