import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { aGitHub, type Fixture, NOON } from "../github/testing.ts";
import { type ArtifactBackend, startArtifacts } from "./start-artifacts.ts";
import { digestOf } from "./store.ts";
import { readZip } from "./zip.ts";

const RUN = 4711;
const script = fileURLToPath(new URL("client.testing.mjs", import.meta.url));
let at: Fixture;
let backend: ArtifactBackend;
let folder: string;
let file: string;

beforeEach(async () => {
  at = await aGitHub();
  folder = mkdtempSync(join(tmpdir(), "seaworthy-artifacts-"));
  file = join(folder, "evidence.json");
  writeFileSync(file, `{"verdict":"pass","sha":"abc1"}`);
  backend = await open();
  at.github.serveArtifacts(backend.source);
});
afterEach(async () => {
  await backend.close();
  await at.close();
  rmSync(folder, { recursive: true, force: true });
});

describe("the artifact backend with the real client", () => {
  it("takes an upload and gives the same bytes back with the same digest", async () => {
    const [uploaded, listed, downloaded] = await client(
      ["uploadArtifact", "evidence", [file], folder],
      ["listArtifacts"],
      ["downloadArtifact", 1, { path: join(folder, "out") }],
    );
    const stored = backend.read(1) ?? Buffer.alloc(0);
    expect(uploaded).toEqual({ id: 1, size: stored.length, digest: digestOf(stored).slice(7) });
    expect(listed).toMatchObject({ artifacts: [{ name: "evidence", id: 1, digest: digestOf(stored) }] });
    expect(downloaded).toMatchObject({ digestMismatch: false });
    expect(readFileSync(join(folder, "out/evidence.json"))).toEqual(readFileSync(file));
    expect(backend.problems()).toEqual([]);
  });

  it("keeps a single file as it is when it is not to be archived, in blocks of any number", async () => {
    const large = join(folder, "large.bin");
    writeFileSync(large, Buffer.alloc(20 * 1024 * 1024, "seaworthy"));
    const [uploaded, downloaded] = await client(
      ["uploadArtifact", "ignored", [large], folder, { skipArchive: true }],
      ["downloadArtifact", 1, { path: join(folder, "out"), expectedHash: digestOf(readFileSync(large)) }],
    );
    expect(uploaded).toMatchObject({ size: 20 * 1024 * 1024, digest: digestOf(readFileSync(large)).slice(7) });
    expect(downloaded).toMatchObject({ digestMismatch: false });
    expect(readFileSync(join(folder, "out/large.bin")).equals(readFileSync(large))).toBe(true);
  });

  it("refuses a second artifact of the same name in a run at once, and takes it in another run", async () => {
    const [, second] = await client(
      ["uploadArtifact", "evidence", [file], folder],
      ["uploadArtifact", "evidence", [file], folder],
    );
    expect(second).toMatchObject({ failed: expect.stringMatching(/non-retryable.*409.*already exists/) });
    const [other] = await clientOf(RUN + 1, ["uploadArtifact", "evidence", [file], folder]);
    expect(other).toMatchObject({ id: 2 });
  });

  it("deletes an artifact, after which its name is free again", async () => {
    const results = await client(
      ["uploadArtifact", "evidence", [file], folder],
      ["deleteArtifact", "evidence"],
      ["uploadArtifact", "evidence", [file], folder],
    );
    expect(results.slice(1)).toMatchObject([{ id: 1 }, { id: 2 }]);
  });

  it("is found from another run through GitHub's REST routes", async () => {
    await client(["uploadArtifact", "evidence", [file], folder]);
    const findBy = { token: at.write, workflowRunId: RUN, repositoryOwner: "acme", repositoryName: "rocket" };
    const [found, listed, downloaded] = await clientOf(
      RUN + 1,
      ["getArtifact", "evidence", { findBy }],
      ["listArtifacts", { findBy }],
      ["downloadArtifact", 1, { findBy, path: join(folder, "out"), expectedHash: backend.list()[0]?.digest }],
    );
    expect(found).toMatchObject({ artifact: { id: 1, digest: backend.list()[0]?.digest } });
    expect(listed).toMatchObject({ artifacts: [{ name: "evidence" }] });
    expect(downloaded).toMatchObject({ digestMismatch: false });
    expect(readFileSync(join(folder, "out/evidence.json"), "utf8")).toContain("pass");
    expect(at.github.problems()).toEqual([]);
  });

  it("gives an altered artifact to a downloader that notices nothing of it", async () => {
    const [uploaded] = await client(["uploadArtifact", "evidence", [file], folder]);
    backend.faults.alter("evidence");
    const digest = backend.list()[0]?.digest;
    const [downloaded] = await client(["downloadArtifact", 1, { path: join(folder, "out"), expectedHash: digest }]);
    expect(downloaded).toMatchObject({ digestMismatch: false });
    expect(readFileSync(join(folder, "out/evidence.json"), "utf8")).toBe(`{"verdict":"pass","sha":"abc0"}`);
    expect(digest).not.toBe(`sha256:${Object(uploaded).digest}`);
  });
});

describe("the artifact backend", () => {
  it("finds earlier attempts' artifacts after a restart", async () => {
    await client(["uploadArtifact", "evidence", [file], folder]);
    await backend.close();
    backend = await open();
    const [listed] = await client(["listArtifacts"]);
    expect(listed).toMatchObject({ artifacts: [{ name: "evidence", id: 1 }] });
  });

  it("removes and doubles artifacts when told to", async () => {
    await client(["uploadArtifact", "leg-a", [file], folder]);
    backend.faults.duplicate("leg-a", "leg-a-again");
    const [first, second] = backend.list();
    expect(first).toMatchObject({ name: "leg-a", runId: String(RUN), digest: expect.stringMatching(/^sha256:/) });
    expect(second).toEqual({ ...first, id: 2, name: "leg-a-again" });
    expect(readZip(backend.read(2) ?? Buffer.alloc(0))).toEqual(readZip(backend.read(1) ?? Buffer.alloc(0)));
    backend.faults.remove("leg-a");
    expect(backend.list().map((one) => one.name)).toEqual(["leg-a-again"]);
    expect(() => backend.faults.remove("leg-a")).toThrow("found none");
  });

  it("refuses a made-up runtime token", async () => {
    const answer = await call("ListArtifacts", {}, "Bearer made.up.");
    expect(answer).toMatchObject({ code: 401, body: { code: "unauthenticated" } });
  });

  it("refuses to speak about another run than the token's", async () => {
    const answer = await call("ListArtifacts", { workflow_run_backend_id: "1", workflow_job_run_backend_id: "1" });
    expect(answer).toMatchObject({ code: 403, body: { code: "permission_denied" } });
  });

  it.each([
    ["size", { size: "4" }, "announced 4 bytes, received 3"],
    ["hash", { size: "3", hash: `sha256:${"0".repeat(64)}` }, "received sha256:"],
    ["missing hash", { size: "3" }, "announced no hash"],
  ])("refuses to finalise an upload with a wrong %s", async (_case, announced, message) => {
    const ids = { workflow_run_backend_id: String(RUN), workflow_job_run_backend_id: "1", name: "x" };
    const { body } = await call("CreateArtifact", { ...ids, version: 7 });
    await fetch(String(Object(body).signed_upload_url), { method: "PUT", body: "abc" });
    const answer = await call("FinalizeArtifact", { ...ids, ...announced });
    expect(answer).toMatchObject({ code: 400, body: { msg: expect.stringContaining(message) } });
    expect(backend.list()[0]?.digest).toBeNull();
  });

  it("refuses an address that was not signed", async () => {
    await client(["uploadArtifact", "evidence", [file], folder]);
    const answer = await fetch(`${backend.resultsUrl}blobs/artifacts/1?sp=download&sig=${"0".repeat(64)}`);
    expect(answer.status).toBe(403);
  });

  it("answers an unknown route in JSON and remembers it as a problem", async () => {
    const answer = await call("NoSuchMethod", {});
    expect(answer).toMatchObject({ code: 404, body: { code: "bad_route" } });
    expect(backend.problems()).toMatchObject([{ unexpected: true, status: 404 }]);
  });
});

function open(): Promise<ArtifactBackend> {
  return startArtifacts({
    folder: join(folder, "store"),
    clock: { now: () => NOON },
    journal: join(folder, "requests.jsonl"),
  });
}

function client(...calls: unknown[][]): Promise<unknown[]> {
  return clientOf(RUN, ...calls);
}

function clientOf(runId: number, ...calls: unknown[][]): Promise<unknown[]> {
  const env = {
    PATH: process.env.PATH,
    ACTIONS_RESULTS_URL: backend.resultsUrl,
    ACTIONS_RUNTIME_TOKEN: backend.runtimeToken({ runId, jobId: 1, stage: "evidence" }),
    GITHUB_SERVER_URL: at.github.serverUrl,
    GITHUB_API_URL: at.github.apiUrl,
    GITHUB_WORKSPACE: folder,
  };
  return new Promise((resolve, reject) => {
    execFile(
      process.execPath,
      [script, JSON.stringify(calls)],
      { env, cwd: process.cwd() },
      (failure, stdout, stderr) => {
        const last = stdout.trim().split("\n").at(-1) ?? "";
        if (failure || !last.startsWith("[")) reject(new Error(`${failure?.message}\n${stdout}\n${stderr}`));
        else resolve(JSON.parse(last));
      },
    );
  });
}

async function call(
  method: string,
  body: unknown,
  authorization = `Bearer ${backend.runtimeToken({ runId: RUN, jobId: 1 })}`,
) {
  const url = `${backend.resultsUrl}twirp/github.actions.results.api.v1.ArtifactService/${method}`;
  const answer = await fetch(url, { method: "POST", headers: { authorization }, body: JSON.stringify(body) });
  const parsed: unknown = await answer.json();
  return { code: answer.status, body: parsed };
}
