import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import * as z from "zod";
import { digestOf } from "./answer.ts";
import { type Ask, pushImage, registryClient, type TestImage } from "./client.testing.ts";
import { type OciRegistry, startOciRegistry } from "./oci.ts";

const granted = z.looseObject({ token: z.string() });
const refused = z.looseObject({ errors: z.array(z.looseObject({ code: z.string() })) });
const MINUTE = 60_000;
const name = "harbour/clock";
const image: TestImage = {
  name,
  tags: ["1.0.0", "latest"],
  layers: { "linux/amd64": "amd64 files", "linux/arm64": "arm64 files" },
};

let folder: string;
let registry: OciRegistry;
let time: Date;
let journal: { fault?: string; code: number }[];
let reader: Ask;
let publisher: Ask;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "oci-registry-"));
  time = new Date("2026-03-01T12:00:00Z");
  journal = [];
  await start();
});

afterEach(async () => {
  await registry.close();
  await rm(folder, { recursive: true, force: true });
});

describe("the image registry", () => {
  it("serves an index, its platforms and their blobs by digest as they were pushed", async () => {
    const { index, platforms } = await pushImage(publisher, image);
    expect(await digestServed(`manifests/1.0.0`)).toEqual([index, index]);
    for (const digest of Object.values(platforms))
      expect(await digestServed(`manifests/${digest}`)).toEqual([digest, digest]);
    const layer = digestOf(Buffer.from("arm64 files"));
    expect(await (await reader(`/v2/${name}/blobs/${layer}`)).text()).toBe("arm64 files");
    const head = await reader(`/v2/${name}/manifests/latest`, { method: "HEAD" });
    expect([head.headers.get("docker-content-digest"), await head.text()]).toEqual([index, ""]);
  });

  it("tells tags page by page", async () => {
    await pushImage(publisher, { ...image, tags: ["1.0.0", "1.0", "latest"] });
    const first = await reader(`/v2/${name}/tags/list?n=2`);
    expect(await first.json()).toEqual({ name, tags: ["1.0", "1.0.0"] });
    const next = /^<(.+)>; rel="next"$/.exec(first.headers.get("link") ?? "")?.[1] ?? "";
    expect(await (await reader(next)).json()).toEqual({ name, tags: ["latest"] });
  });

  it("challenges strangers, and lets a token pull but not push", async () => {
    const bare = await fetch(`${registry.url}/v2/${name}/manifests/latest`);
    expect(bare.status).toBe(401);
    expect(bare.headers.get("www-authenticate")).toContain(`scope="repository:${name}:pull"`);
    await expect(pushImage(reader, image)).rejects.toThrow("found 401");
    const forged = registryClient(registry.url, "rehearsal:guess");
    expect((await forged(`/v2/${name}/manifests/latest`)).status).toBe(401);
  });

  it("ends a token after five minutes", async () => {
    await pushImage(publisher, image);
    const asked = `${registry.url}/token?service=rehearsal&scope=repository:${name}:pull`;
    const { token } = granted.parse(await (await fetch(asked)).json());
    const read = () => fetch(`${registry.url}/v2/${name}/tags/list`, { headers: { authorization: `Bearer ${token}` } });
    time = new Date(time.getTime() + 5 * MINUTE - 1);
    expect((await read()).status).toBe(200);
    time = new Date(time.getTime() + 1);
    expect((await read()).status).toBe(401);
  });

  it("asks readers of a private registry for their credential", async () => {
    await registry.close();
    await start({ isPrivate: true });
    await pushImage(publisher, image);
    expect((await reader(`/v2/${name}/tags/list`)).status).toBe(401);
    expect((await publisher(`/v2/${name}/tags/list`)).status).toBe(200);
  });

  it("refuses a manifest whose parts are not there, and bytes of another digest", async () => {
    const nowhere = { mediaType: "x", digest: digestOf(Buffer.from("nothing")), size: 7 };
    const body = JSON.stringify({ schemaVersion: 2, config: nowhere, layers: [] });
    const headers = { "content-type": "application/vnd.oci.image.manifest.v1+json" };
    const orphan = await publisher(`/v2/${name}/manifests/1.0.0`, { method: "PUT", body, headers });
    expect([orphan.status, await refusalOf(orphan)]).toEqual([404, "MANIFEST_BLOB_UNKNOWN"]);
    const path = `/v2/${name}/blobs/uploads/?digest=${nowhere.digest}`;
    const other = await publisher(path, { method: "POST", body: "something" });
    expect([other.status, await refusalOf(other)]).toEqual([400, "DIGEST_INVALID"]);
  });

  it("takes a blob in pieces, and mounts it into another repository", async () => {
    const begun = await publisher(`/v2/${name}/blobs/uploads/`, { method: "POST" });
    const location = begun.headers.get("location") ?? "";
    const piece = await publisher(location, { method: "PATCH", body: "in two " });
    expect([piece.status, piece.headers.get("range")]).toEqual([202, "0-6"]);
    const digest = digestOf(Buffer.from("in two pieces"));
    const ended = await publisher(`${location}?digest=${digest}`, { method: "PUT", body: "pieces" });
    expect([ended.status, ended.headers.get("docker-content-digest")]).toEqual([201, digest]);
    const mount = `/v2/harbour/other/blobs/uploads/?mount=${digest}&from=${name}`;
    expect((await publisher(mount, { method: "POST" })).status).toBe(201);
    expect(await (await reader(`/v2/harbour/other/blobs/${digest}`)).text()).toBe("in two pieces");
  });

  it("tells what is published, the same after a restart", async () => {
    const { index, platforms } = await pushImage(publisher, image);
    const before = registry.images();
    expect(before).toEqual({
      [name]: {
        tags: { "1.0.0": index, latest: index },
        manifests: [index, ...Object.values(platforms)].sort(),
      },
    });
    expect(registry.platformsOf(`${name}:latest`)).toEqual(Object.values(platforms));
    await registry.close();
    await start();
    expect(registry.images()).toEqual(before);
    expect(await digestServed("manifests/1.0.0")).toEqual([index, index]);
  });

  it("lists what refers to an image", async () => {
    const { platforms } = await pushImage(publisher, image);
    const subject = { mediaType: "x", digest: platforms["linux/amd64"], size: 1 };
    const empty = Buffer.from("{}");
    const path = `/v2/${name}/blobs/uploads/?digest=${digestOf(empty)}`;
    await publisher(path, { method: "POST", body: "{}" });
    const config = { mediaType: "application/vnd.oci.empty.v1+json", digest: digestOf(empty), size: 2 };
    const mediaType = "application/vnd.oci.image.manifest.v1+json";
    const body = JSON.stringify({ schemaVersion: 2, mediaType, config, layers: [], subject });
    const digest = digestOf(Buffer.from(body));
    await publisher(`/v2/${name}/manifests/${digest}`, { method: "PUT", body, headers: { "content-type": mediaType } });
    const listed = await (await reader(`/v2/${name}/referrers/${subject.digest}`)).json();
    expect(listed).toMatchObject({ manifests: [{ mediaType, digest, size: body.length }] });
  });
});

describe("a fault of the image registry", () => {
  it("hides a pushed tag from readers until its minutes have passed, and its digest never", async () => {
    registry.faults.lag({ read: 10 });
    const { index } = await pushImage(publisher, image);
    expect((await reader(`/v2/${name}/manifests/1.0.0`)).status).toBe(404);
    expect((await reader(`/v2/${name}/manifests/${index}`)).status).toBe(200);
    expect(faultsSeen()).toContain("lag");
    time = new Date(time.getTime() + 10 * MINUTE);
    expect((await reader(`/v2/${name}/manifests/1.0.0`)).status).toBe(200);
  });

  it("lets a floating tag name what it named before while it lags", async () => {
    const before = await pushImage(publisher, image);
    registry.faults.lag({ read: 1 });
    const after = await pushImage(publisher, { ...image, tags: ["1.1.0", "latest"], layers: { "linux/amd64": "new" } });
    expect(await digestServed("manifests/latest")).toEqual([before.index, before.index]);
    time = new Date(time.getTime() + MINUTE);
    expect(await digestServed("manifests/latest")).toEqual([after.index, after.index]);
  });

  it("leaves a tag out of the list, though it can be read", async () => {
    registry.faults.lag({ list: 5 });
    await pushImage(publisher, image);
    expect(await (await reader(`/v2/${name}/tags/list`)).json()).toEqual({ name, tags: [] });
    expect((await reader(`/v2/${name}/manifests/1.0.0`)).status).toBe(200);
    expect(faultsSeen()).toContain("stale-list");
  });

  it("answers 503 as often as it is told, and 429 until the instant that it names", async () => {
    await pushImage(publisher, image);
    registry.faults.unavailable(1);
    expect((await reader(`/v2/${name}/tags/list`)).status).toBe(503);
    expect((await reader(`/v2/${name}/tags/list`)).status).toBe(200);
    registry.faults.limitedUntil(new Date("2026-03-01T12:03:00Z"));
    const limited = await reader(`/v2/${name}/tags/list`);
    expect([limited.status, limited.headers.get("retry-after")]).toEqual([429, "Sun, 01 Mar 2026 12:03:00 GMT"]);
    time = new Date("2026-03-01T12:03:00Z");
    expect((await reader(`/v2/${name}/tags/list`)).status).toBe(200);
    expect(faultsSeen()).toEqual(["unavailable", "limited"]);
  });

  it("serves other bytes by tag with their own digest, and by digest with the one that was asked for", async () => {
    const { index, platforms } = await pushImage(publisher, image);
    const arm = platforms["linux/arm64"] ?? "";
    registry.faults.otherBytes(`${name}:1.0.0`);
    registry.faults.otherBytes(`${name}@${arm}`);
    const [told, real] = await digestServed("manifests/1.0.0");
    expect([told === real, told === index]).toEqual([true, false]);
    const [claimed, found] = await digestServed(`manifests/${arm}`);
    expect([claimed === arm, found === arm]).toEqual([true, false]);
  });

  it("moves a tag to another image, and serves a withdrawn one no longer", async () => {
    const before = await pushImage(publisher, image);
    await pushImage(publisher, { ...image, tags: ["1.1.0", "latest"], layers: { "linux/amd64": "new" } });
    registry.faults.movedTag(`${name}:latest`, "1.0.0");
    expect(await digestServed("manifests/latest")).toEqual([before.index, before.index]);
    registry.faults.withdrawn(`${name}:1.1.0`);
    expect((await reader(`/v2/${name}/manifests/1.1.0`)).status).toBe(404);
    expect(faultsSeen()).toEqual(["moved-tag", "withdrawn"]);
    registry.faults.clear();
    expect((await reader(`/v2/${name}/manifests/1.1.0`)).status).toBe(200);
  });

  it("takes a manifest and gives no answer", async () => {
    registry.faults.loseResponse();
    await expect(pushImage(publisher, image)).rejects.toThrow("fetch failed");
    expect(registry.images()[name]?.manifests).toHaveLength(1);
    await expect(pushImage(publisher, image)).resolves.toBeDefined();
  });

  it("is refused for an image that is named without tag and digest", () => {
    expect(() => registry.faults.withdrawn("harbour/clock")).toThrow("expected name:tag or name@digest");
  });
});

async function start(options: { isPrivate?: boolean } = {}): Promise<void> {
  const clock = { now: () => time };
  registry = await startOciRegistry({ storage: folder, clock, journal: (line) => journal.push(line), ...options });
  reader = registryClient(registry.url);
  publisher = registryClient(registry.url, registry.credential);
}

/** The digest that the registry claims, and the one of the bytes that it serves. */
async function digestServed(path: string): Promise<[string | null, string]> {
  const response = await reader(`/v2/${name}/${path}`);
  return [response.headers.get("docker-content-digest"), digestOf(Buffer.from(await response.arrayBuffer()))];
}

const refusalOf = async (response: Response) => refused.parse(await response.json()).errors[0]?.code;

const faultsSeen = () => journal.flatMap(({ fault }) => fault ?? []);
