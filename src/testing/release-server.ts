import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { digestOfBytes } from "#src/domain/digest";

/** One request as the server saw it. */
export interface SeenRequest {
  line: string;
  body: Uint8Array;
  token: string | undefined;
}

type Answer = { code: number; body: unknown } | { code: number; text: string };

interface StoredAsset {
  id: number;
  name: string;
  state: string;
  digest: string | null;
  bytes: Uint8Array;
}

interface StoredRelease {
  id: number;
  tag_name: string;
  body: string;
  draft: boolean;
  prerelease: boolean;
  assets: StoredAsset[];
}

/** What the server holds, and how it is made to behave. */
export class ReleaseGround {
  readonly seen: SeenRequest[] = [];
  readonly releases: StoredRelease[] = [];
  /** Replaces every answer, where set. */
  answer: Answer | undefined;
  /** How many newer releases of another tag are listed first. */
  padding = 0;
  origin = "";
  #nextId = 1;

  reset(): void {
    this.seen.length = 0;
    this.releases.length = 0;
    this.answer = undefined;
    this.padding = 0;
  }

  answerTo(method: string, url: URL, body: Uint8Array): Answer | Uint8Array {
    const path = url.pathname.replace("/repos/octo/tide", "");
    if (path === "/releases") return method === "GET" ? this.#list(url.searchParams) : this.#create(body);
    if (path === "/commits/tags%2Fv1.1.0") return { code: 200, text: "a".repeat(40) };
    const published = this.releases.filter(({ draft }) => !draft);
    const tagged = published.find(({ tag_name: tag }) => path === `/releases/tags/${tag}`);
    const latest = path === "/releases/latest" ? published.findLast(({ prerelease }) => !prerelease) : undefined;
    const shown = tagged ?? latest;
    if (shown) return { code: 200, body: this.#shape(shown) };
    const release = this.releases.find(({ id }) => [`/releases/${id}`, `/uploads/${id}/assets`].includes(path));
    if (release && method === "POST") return this.#store(release, url.searchParams.get("name") ?? "", body);
    if (release && method === "PATCH") Object.assign(release, JSON.parse(new TextDecoder().decode(body)));
    if (release) return { code: 200, body: this.#shape(release) };
    const asset = this.releases.flatMap(({ assets }) => assets).find(({ id }) => path === `/releases/assets/${id}`);
    return asset ? asset.bytes : { code: 404, body: { message: "Not Found" } };
  }

  #list(query: URLSearchParams): Answer {
    const other = { id: 0, tag_name: "v0.0.1", body: "", draft: false, prerelease: false, assets: [] };
    const size = Number(query.get("per_page") ?? 30);
    const from = (Number(query.get("page") ?? 1) - 1) * size;
    const padded = Array.from({ length: Math.max(0, Math.min(size, this.padding - from)) }, () => other);
    const start = Math.max(0, from - this.padding);
    const own = this.releases.slice(start, start + size - padded.length);
    return { code: 200, body: [...padded, ...own].map((release) => this.#shape(release)) };
  }

  #create(body: Uint8Array): Answer {
    const created: StoredRelease = { ...JSON.parse(new TextDecoder().decode(body)), id: this.#nextId++, assets: [] };
    this.releases.push(created);
    return { code: 201, body: this.#shape(created) };
  }

  #store(release: StoredRelease, name: string, bytes: Uint8Array): Answer {
    if (release.assets.some((asset) => asset.name === name)) {
      return { code: 422, body: { message: "Validation Failed", errors: [{ code: "already_exists" }] } };
    }
    const asset = { id: this.#nextId++, name, state: "uploaded", digest: digestOfBytes(bytes), bytes };
    release.assets.push(asset);
    return { code: 201, body: assetShape(asset) };
  }

  #shape(release: StoredRelease) {
    return {
      ...release,
      html_url: `${this.origin}/releases/${release.id}`,
      upload_url: `${this.origin}/uploads/${release.id}/assets{?name,label}`,
      assets: release.assets.map(assetShape),
    };
  }
}

/** Starts a tiny GitHub on loopback that knows releases of `octo/tide`, their assets, and one tag, `v1.1.0`. */
export async function startReleaseServer(ground: ReleaseGround): Promise<() => Promise<void>> {
  const server = createServer(async (request, response) => {
    const body = await bodyOf(request);
    const { method = "", url = "/", headers } = request;
    ground.seen.push({ line: `${method} ${url}`, body, token: headers.authorization });
    reply(response, ground.answer ?? ground.answerTo(method, new URL(url, "http://loopback"), body));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("expected a port");
  ground.origin = `http://127.0.0.1:${address.port}`;
  return () => new Promise((resolve) => server.close(() => resolve()));
}

function assetShape({ bytes, ...asset }: StoredAsset) {
  return { ...asset, size: bytes.byteLength };
}

async function bodyOf(request: IncomingMessage): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return new Uint8Array(Buffer.concat(chunks));
}

function reply(response: ServerResponse, answer: Answer | Uint8Array): void {
  if (answer instanceof Uint8Array) {
    response.writeHead(200, { "content-type": "application/octet-stream" }).end(answer);
    return;
  }
  const [type, text] =
    "text" in answer
      ? ["application/vnd.github.sha; charset=utf-8", answer.text]
      : ["application/json; charset=utf-8", JSON.stringify(answer.body)];
  response.writeHead(answer.code, { "content-type": type }).end(text);
}
