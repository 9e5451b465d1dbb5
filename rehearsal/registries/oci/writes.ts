import { randomUUID } from "node:crypto";
import { answer, digestOf, type OciAnswer, refusal } from "./answer.ts";
import { putManifest, type Writing } from "./manifest-writes.ts";
import type { OciRoute } from "./route.ts";

/** One write as it reached the registry. */
export interface OciWrite {
  method: string;
  path: string;
  contentType: string;
  body: Buffer;
}

/** Answers what pushes: blobs whole or in pieces, mounts, and manifests whose parts must be there already. */
export function ociWrites(writing: Writing): (route: OciRoute, write: OciWrite) => OciAnswer {
  const { store } = writing;
  const uploads = new Map<string, Buffer[]>();
  return (route, write) => {
    if (route.kind === "manifest" && write.method === "PUT") return putManifest(writing, route, write);
    if (route.kind === "uploads" && write.method === "POST") return begin(route.name, write);
    if (route.kind === "upload") return advance(route, write);
    return refusal(405, "UNSUPPORTED", `${write.method} is not served here`);
  };

  function begin(name: string, { path, body }: OciWrite): OciAnswer {
    const { searchParams } = new URL(path, "http://registry.invalid");
    const mount = searchParams.get("mount");
    const from = searchParams.get("from");
    if (mount && from && store.mountBlob(name, from, mount)) return stored(name, mount);
    const whole = searchParams.get("digest");
    if (whole) return finish(name, whole, body);
    const upload = randomUUID();
    uploads.set(upload, []);
    return answer(202, { location: `/v2/${name}/blobs/uploads/${upload}`, range: "0-0" });
  }

  function advance({ name, upload }: { name: string; upload: string }, write: OciWrite): OciAnswer {
    const parts = uploads.get(upload);
    if (!parts) return refusal(404, "BLOB_UPLOAD_UNKNOWN", "no such upload");
    if (write.body.length > 0) parts.push(write.body);
    if (write.method === "PATCH") {
      const end = Math.max(0, Buffer.concat(parts).length - 1);
      return answer(202, { location: `/v2/${name}/blobs/uploads/${upload}`, range: `0-${end}` });
    }
    if (write.method !== "PUT") return refusal(405, "UNSUPPORTED", `${write.method} is not served here`);
    uploads.delete(upload);
    const { searchParams } = new URL(write.path, "http://registry.invalid");
    return finish(name, searchParams.get("digest") ?? "", Buffer.concat(parts));
  }

  function finish(name: string, digest: string, bytes: Buffer): OciAnswer {
    if (digestOf(bytes) !== digest)
      return refusal(400, "DIGEST_INVALID", `expected ${digestOf(bytes)}, found ${digest}`);
    return stored(name, store.addBlob(name, bytes));
  }
}

function stored(name: string, digest: string): OciAnswer {
  return answer(201, { location: `/v2/${name}/blobs/${digest}`, "docker-content-digest": digest });
}
