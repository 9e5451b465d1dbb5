import { execFile, spawn } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { digestOf } from "./answer.ts";
import { type Ask, pushImage, registryClient, type TestImage } from "./client.testing.ts";
import { startOciRegistry } from "./oci.ts";

const run = promisify(execFile);
const name = "harbour/clock";
const image: TestImage = {
  name,
  tags: ["1.0.0", "latest"],
  layers: { "linux/amd64": "amd64 files", "linux/arm64": "arm64 files" },
};

let folder: string;
let close: (() => Promise<void>)[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "oci-tools-"));
});

afterAll(async () => {
  await Promise.all(close.map((each) => each()));
  close = [];
  await rm(folder, { recursive: true, force: true });
});

describe("the embedded image registry, beside Debian's docker-registry", () => {
  it("gives the same answers to the same client", async () => {
    const [embedded, reference] = await Promise.all([startEmbedded(), startReference()]);
    const pushed = await Promise.all([pushImage(embedded.ask, image), pushImage(reference, image)]);
    expect(pushed[0]).toEqual(pushed[1]);
    const arm = pushed[0].platforms["linux/arm64"];
    const nothing = digestOf(Buffer.from("nothing"));
    const paths = [
      `/v2/${name}/manifests/1.0.0`,
      `/v2/${name}/manifests/latest`,
      `/v2/${name}/manifests/${arm}`,
      `/v2/${name}/manifests/9.9.9`,
      `/v2/${name}/manifests/${nothing}`,
      `/v2/${name}/blobs/${digestOf(Buffer.from("arm64 files"))}`,
      `/v2/${name}/blobs/${nothing}`,
      `/v2/${name}/tags/list`,
      "/v2/harbour/other/tags/list",
      "/v2/harbour/other/manifests/1.0.0",
    ];
    for (const path of paths)
      expect([path, await seen(embedded.ask, path)]).toEqual([path, await seen(reference, path)]);
  });

  it("refuses what that one refuses", async () => {
    const [embedded, reference] = await Promise.all([startEmbedded(), startReference()]);
    const missing = { mediaType: "x", digest: digestOf(Buffer.from("nothing")), size: 7 };
    const mediaType = "application/vnd.oci.image.manifest.v1+json";
    const body = JSON.stringify({ schemaVersion: 2, mediaType, config: missing, layers: [missing] });
    const refusals = [embedded.ask, reference].map(async (ask) => {
      const begun = await ask(`/v2/${name}/blobs/uploads/`, { method: "POST" });
      const location = new URL(begun.headers.get("location") ?? "", begun.url);
      location.searchParams.set("digest", missing.digest);
      const wrong = await ask(`${location.pathname}${location.search}`, { method: "PUT", body: "something" });
      const orphan = await ask(`/v2/${name}/manifests/2.0.0`, {
        method: "PUT",
        body,
        headers: { "content-type": mediaType },
      });
      return [wrong.status, orphan.status >= 400];
    });
    expect(await Promise.all(refusals)).toEqual([
      [400, true],
      [400, true],
    ]);
  });
});

describe("the embedded image registry, asked by a client of others", () => {
  it("is understood by crane, which logs in, pushes a layout, lists tags and validates every byte", async () => {
    const { host, credential } = await startEmbedded();
    const [user = "", password = ""] = credential.split(":");
    const environment = { ...process.env, DOCKER_CONFIG: join(folder, "docker") };
    const crane = async (...args: string[]) =>
      (await run("crane", [...args, "--insecure"], { env: environment })).stdout.trim();
    await crane("auth", "login", host, "--username", user, "--password", password);
    const reference = `${host}/${name}`;
    await writeFile(join(folder, "hello.txt"), "hello\n");
    await run("tar", ["-cf", join(folder, "layer.tar"), "-C", folder, "hello.txt"]);
    await crane("append", "--new_tag", `${reference}:2.0.0`, "--new_layer", join(folder, "layer.tar"));
    await crane("tag", `${reference}:2.0.0`, "latest");
    expect(await crane("ls", reference)).toBe("2.0.0\nlatest");
    expect(await crane("digest", `${reference}:latest`)).toBe(await crane("digest", `${reference}:2.0.0`));
    expect(await crane("validate", "--remote", `${reference}:2.0.0`)).toContain("PASS");
  });
});

async function startEmbedded(): Promise<{ ask: Ask; host: string; credential: string }> {
  const storage = await mkdtemp(join(folder, "embedded-"));
  const registry = await startOciRegistry({ storage, clock: { now: () => new Date() } });
  close.push(registry.close);
  const ask = registryClient(registry.url, registry.credential);
  return { ask, host: registry.host, credential: registry.credential };
}

async function startReference(): Promise<Ask> {
  const home = await mkdtemp(join(folder, "reference-"));
  await mkdir(join(home, "storage"));
  const port = await freePort();
  const file = join(home, "config.yml");
  const storage = `storage:\n  filesystem:\n    rootdirectory: ${join(home, "storage")}\n`;
  await writeFile(file, `version: 0.1\nlog:\n  level: warn\n${storage}http:\n  addr: 127.0.0.1:${port}\n`);
  const child = spawn("docker-registry", ["serve", file], { stdio: "ignore" });
  const ended = new Promise<void>((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", () => resolve());
  });
  close.push(async () => {
    child.kill();
    await ended;
  });
  await Promise.race([ended.then(() => Promise.reject(new Error("docker-registry has ended"))), answering(port)]);
  return registryClient(`http://127.0.0.1:${port}`);
}

async function answering(port: number): Promise<void> {
  for (;;) {
    const answered = await fetch(`http://127.0.0.1:${port}/v2/`).catch(() => undefined);
    if (answered?.ok) return;
    await new Promise((resolve) => setImmediate(resolve));
  }
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === "string") throw new Error("expected a port, found none");
  return address.port;
}

/** Everything of an answer that a client acts on. */
async function seen(ask: Ask, path: string) {
  const response = await ask(path, {
    headers: { accept: "application/vnd.oci.image.index.v1+json, application/vnd.oci.image.manifest.v1+json" },
  });
  const bytes = Buffer.from(await response.arrayBuffer());
  const ok = response.status === 200;
  return {
    code: response.status,
    digest: response.headers.get("docker-content-digest"),
    mediaType: ok && path.includes("manifests") ? response.headers.get("content-type") : undefined,
    body: ok && !path.endsWith("/list") ? digestOf(bytes) : undefined,
    // Debian's older version lists in the order of its storage; the specification wants it sorted.
    listed: ok && path.endsWith("/list") ? JSON.parse(bytes.toString()).tags.toSorted() : undefined,
    refused: ok ? undefined : JSON.parse(bytes.toString()).errors[0].code,
  };
}
