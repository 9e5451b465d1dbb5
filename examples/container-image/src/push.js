import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";

/** Names the tags of a version: a stable one moves `latest` and those of its major and minor line. */
export function tagsOf(version) {
  const [major, minor] = version.split(".");
  return version.includes("-") ? [version] : [version, `${major}.${minor}`, major, "latest"];
}

/**
 * Pushes an OCI layout: blobs, manifests, the index under its version, and then the tags that move. What is there already
 * stays; a version that names another image is never replaced.
 */
export async function pushLayout(folder, { repository, version, say }) {
  const { name, ask } = repository;
  const layout = readLayout(folder);
  const before = await ask(`/v2/${name}/manifests/${version}`, {
    method: "HEAD",
    headers: { accept: layout.top.mediaType },
  });
  const held = before.ok ? before.headers.get("docker-content-digest") : undefined;
  if (held !== undefined && held !== layout.top.digest)
    throw new Error(`expected ${version} to be free or ${layout.top.digest}, found ${held}`);
  for (const blob of layout.blobs) await pushBlob(repository, folder, blob);
  for (const manifest of layout.manifests)
    await pushManifest(repository, folder, { ...manifest, reference: manifest.digest });
  for (const reference of tagsOf(version)) {
    await pushManifest(repository, folder, { ...layout.top, reference });
    say(`${name}:${reference} is ${layout.top.digest}`);
  }
}

/** Reads which blobs, manifests and index a layout holds, in the order in which a registry takes them. */
export function readLayout(folder) {
  const [top] = JSON.parse(readFileSync(join(folder, "index.json"), "utf8")).manifests;
  const { manifests } = JSON.parse(contentOf(folder, top));
  const images = manifests.map((manifest) => JSON.parse(contentOf(folder, manifest)));
  return { top, manifests, blobs: images.flatMap(({ config, layers }) => [...layers, config]) };
}

async function pushBlob({ name, ask }, folder, blob) {
  const there = await ask(`/v2/${name}/blobs/${blob.digest}`, { method: "HEAD" });
  if (there.ok) return;
  const begun = await ask(`/v2/${name}/blobs/uploads/`, { method: "POST" });
  if (begun.status !== 202) throw new Error(`expected an upload to begin, found HTTP ${begun.status}`);
  const location = new URL(begun.headers.get("location"), begun.url);
  location.searchParams.set("digest", blob.digest);
  const headers = { "content-type": "application/octet-stream" };
  const ended = await ask(location.href, { method: "PUT", body: contentOf(folder, blob), headers });
  if (ended.status !== 201) throw new Error(`expected ${blob.digest} to be taken, found HTTP ${ended.status}`);
}

/** An answer that was lost on the way is asked for again: a manifest that is there is the same one. */
async function pushManifest({ name, ask }, folder, { reference, mediaType, digest, size }) {
  const body = contentOf(folder, { digest, size });
  const headers = { "content-type": mediaType };
  const put = () => ask(`/v2/${name}/manifests/${reference}`, { method: "PUT", body, headers });
  const answer = await put().catch(put);
  if (answer.status !== 201) throw new Error(`expected ${reference} to be taken, found HTTP ${answer.status}`);
}

function contentOf(folder, { digest, size }) {
  const bytes = readFileSync(join(folder, "blobs", digest.replace(":", "/")));
  const found = `sha256:${createHash("sha256").update(bytes).digest("hex")}`;
  if (found !== digest || bytes.length !== size) throw new Error(`expected ${digest} in the layout, found ${found}`);
  return bytes;
}
