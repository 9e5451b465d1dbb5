import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import type { Store } from "./store.ts";

/** What the blob half answers. */
export interface BlobReply {
  readonly code: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly bytes?: Buffer;
}

/** The blob half of the backend: signed addresses, block upload as Azure's client does it, download. */
export interface Blobs {
  sign(id: number, purpose: "upload" | "download"): string;
  put(url: URL, bytes: Buffer): BlobReply;
  get(url: URL): BlobReply;
}

/** Serves the bytes of a store under `<origin>/blobs/...`; an address without the right signature gives 403. */
export function createBlobs(store: Store, origin: () => string): Blobs {
  const key = randomBytes(32);
  return { sign, put, get };

  function sign(id: number, purpose: "upload" | "download"): string {
    return `${origin()}/blobs/artifacts/${id}?sp=${purpose}&sig=${signature(id, purpose)}`;
  }

  function put(url: URL, bytes: Buffer): BlobReply {
    const id = allowed(url, "upload");
    if (id === undefined) return refusal(403, "AuthenticationFailed");
    const step = url.searchParams.get("comp");
    if (step === "block") store.stageBlock(id, url.searchParams.get("blockid") ?? "", bytes);
    else if (step === null) store.write(id, bytes);
    else if (step !== "blocklist") return refusal(400, "InvalidQueryParameterValue");
    else if (!store.commitBlocks(id, blockIds(bytes))) return refusal(400, "InvalidBlockList");
    return {
      code: 201,
      headers: {
        etag: `"${id}"`,
        "last-modified": new Date().toUTCString(),
        "x-ms-request-server-encrypted": "true",
        "x-ms-version": "2021-12-02",
      },
    };
  }

  function get(url: URL): BlobReply {
    const id = allowed(url, "download");
    if (id === undefined) return refusal(403, "AuthenticationFailed");
    const found = store.list().find((one) => one.id === id);
    const bytes = store.read(id);
    if (!found || !bytes) return refusal(404, "BlobNotFound");
    const file =
      found.mimeType === "application/zip" && !found.name.endsWith(".zip") ? `${found.name}.zip` : found.name;
    return {
      code: 200,
      bytes,
      headers: {
        "content-type": found.mimeType,
        "content-disposition": `attachment; filename*=UTF-8''${encodeURIComponent(file)}`,
      },
    };
  }

  function allowed(url: URL, purpose: "upload" | "download"): number | undefined {
    const id = Number(/^\/blobs\/artifacts\/(\d+)$/.exec(url.pathname)?.[1]);
    const given = Buffer.from(url.searchParams.get("sig") ?? "");
    const right = Buffer.from(signature(id, purpose));
    return Number.isInteger(id) && given.length === right.length && timingSafeEqual(given, right) ? id : undefined;
  }

  function signature(id: number, purpose: string): string {
    return createHmac("sha256", key).update(`${purpose} ${id}`).digest("hex");
  }
}

function blockIds(xml: Buffer): string[] {
  return [...xml.toString("utf8").matchAll(/<(?:Latest|Uncommitted|Committed)>([^<]+)</g)].map(([, id = ""]) => id);
}

/** Azure's client reads the code of an error from this header and body. */
function refusal(code: number, name: string): BlobReply {
  const text = `<?xml version="1.0" encoding="utf-8"?><Error><Code>${name}</Code><Message>${name}</Message></Error>`;
  return { code, headers: { "content-type": "application/xml", "x-ms-error-code": name }, bytes: Buffer.from(text) };
}
