import * as z from "zod";
import { digestOf } from "./answer.ts";

/** Images by platform as `os/architecture`, each of one layer or of several; with them the tags that name their index. */
export interface TestImage {
  name: string;
  tags: string[];
  layers: Record<string, string | Buffer[]>;
  /** Labels of every image's configuration. */
  labels?: Record<string, string>;
}

/** What was pushed: the digest of the index, and of each platform's manifest. */
export interface Pushed {
  index: string;
  platforms: Record<string, string>;
}

const types = {
  index: "application/vnd.oci.image.index.v1+json",
  image: "application/vnd.oci.image.manifest.v1+json",
  config: "application/vnd.oci.image.config.v1+json",
  layer: "application/vnd.oci.image.layer.v1.tar",
};

const granted = z.looseObject({ token: z.string() });

/** One request to a registry under `/v2/`. */
export type Ask = (path: string, init?: RequestInit) => Promise<Response>;

/** Talks to a registry as a client does: asks, is challenged for a token where the registry wants one, and asks again. */
export function registryClient(origin: string, credential?: string): Ask {
  return async (path, init = {}) => {
    const first = await fetch(`${origin}${path}`, init);
    const challenge = first.headers.get("www-authenticate");
    if (first.status !== 401 || challenge === null) return first;
    const field = (name: string) => new RegExp(`${name}="([^"]*)"`).exec(challenge)?.[1] ?? "";
    const query = new URLSearchParams({ service: field("service"), scope: field("scope") });
    const basic = credential ? { authorization: `Basic ${Buffer.from(credential).toString("base64")}` } : {};
    const issued = await fetch(`${field("realm")}?${query}`, { headers: basic });
    if (issued.status !== 200) return issued;
    const { token } = granted.parse(await issued.json());
    const headers = { ...Object.fromEntries(new Headers(init.headers)), authorization: `Bearer ${token}` };
    return fetch(`${origin}${path}`, { ...init, headers });
  };
}

/** Pushes blobs, manifests and the index as clients do, in this order. Throws where a step is refused. */
export async function pushImage(ask: Ask, { name, tags, layers, labels = {} }: TestImage): Promise<Pushed> {
  const manifests: object[] = [];
  const platforms: Record<string, string> = {};
  for (const [platform, content] of Object.entries(layers)) {
    const [os, architecture] = platform.split("/");
    const blobs = typeof content === "string" ? [Buffer.from(content)] : content;
    const rootfs = { type: "layers", diff_ids: blobs.map(digestOf) };
    const config = Buffer.from(JSON.stringify({ os, architecture, config: { Labels: labels }, rootfs }));
    for (const blob of [...blobs, config]) await pushBlob(ask, name, blob);
    const image = manifestOf(types.image, {
      config: described(types.config, config),
      layers: blobs.map((blob) => described(types.layer, blob)),
    });
    const digest = digestOf(image);
    await pushManifest(ask, { name, reference: digest, mediaType: types.image, bytes: image });
    manifests.push({ ...described(types.image, image), platform: { os, architecture } });
    platforms[platform] = digest;
  }
  const index = manifestOf(types.index, { manifests });
  for (const reference of tags) await pushManifest(ask, { name, reference, mediaType: types.index, bytes: index });
  return { index: digestOf(index), platforms };
}

function manifestOf(mediaType: string, rest: object): Buffer {
  return Buffer.from(JSON.stringify({ schemaVersion: 2, mediaType, ...rest }));
}

function described(mediaType: string, bytes: Buffer) {
  return { mediaType, digest: digestOf(bytes), size: bytes.length };
}

async function pushBlob(ask: Ask, name: string, bytes: Buffer): Promise<void> {
  const begun = await ask(`/v2/${name}/blobs/uploads/`, { method: "POST" });
  if (begun.status !== 202) throw new Error(`expected 202 to begin an upload, found ${begun.status}`);
  const location = new URL(begun.headers.get("location") ?? "", begun.url);
  location.searchParams.set("digest", digestOf(bytes));
  const body = new Uint8Array(bytes);
  const headers = { "content-type": "application/octet-stream" };
  const ended = await ask(`${location.pathname}${location.search}`, { method: "PUT", body, headers });
  if (ended.status !== 201) throw new Error(`expected 201 for a blob, found ${ended.status}`);
}

async function pushManifest(
  ask: Ask,
  { name, reference, mediaType, bytes }: { name: string; reference: string; mediaType: string; bytes: Buffer },
): Promise<void> {
  const path = `/v2/${name}/manifests/${reference}`;
  const headers = { "content-type": mediaType };
  const put = await ask(path, { method: "PUT", body: new Uint8Array(bytes), headers });
  if (put.status !== 201) throw new Error(`expected 201 for ${reference}, found ${put.status}: ${await put.text()}`);
}
