import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type RequestListener, type Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { npmClient } from "#src/adapters/npm-client";
import { systemShell } from "#src/adapters/system-shell";
import { tarballOf } from "#src/testing/tarball";

const bytes = tarballOf({ name: "tide", version: "1.1.0" });
const hex = (algorithm: string) => createHash(algorithm).update(bytes).digest("hex");
const digests = { sha256: hex("sha256"), sha512: hex("sha512") };
const integrity = `sha512-${createHash("sha512").update(bytes).digest("base64")}`;

let folder: string;
let server: Server;
let answer: RequestListener;
let requests: { url: string; authorization: string }[];

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "npm-client-"));
  for (const name of ["temp", "workspace", "home"]) mkdirSync(join(folder, name));
  requests = [];
  server = createServer((request, response) => {
    requests.push({ url: request.url ?? "", authorization: request.headers.authorization ?? "" });
    answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  writeFileSync(join(folder, "home/.npmrc"), `registry=${address()}/\n`);
});
afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  rmSync(folder, { recursive: true });
});

describe("a version that the real npm client is asked for", () => {
  it("PUB-30: is served with the digests of its bytes, and the dist-tags", async () => {
    answer = registry();
    expect(await look()).toEqual({
      version: { seen: "served", files: [{ name: null, digests, size: bytes.byteLength }] },
      pointers: new Map([["latest", "1.1.0"]]),
    });
  });

  it("PUB-31: is absent when the registry lists other versions only", async () => {
    answer = registry({ versions: { "1.0.0": {} }, latest: "1.0.0" });
    expect(await look()).toEqual({
      version: { seen: "absent" },
      pointers: new Map([["latest", "1.0.0"]]),
      known: true,
    });
  });

  it("PUB-31: is absent when the registry does not know the package", async () => {
    answer = failing(404);
    expect(await look()).toEqual({ version: { seen: "absent" }, pointers: new Map(), known: false });
  });

  it("ALL-08: is unknown when the client ends well and says nothing", async () => {
    const silent = join(folder, "silent");
    mkdirSync(silent);
    writeFileSync(join(silent, "npm"), "#!/bin/sh\nexit 0\n", { mode: 0o755 });
    const { version, pointers } = await look({ source: { PATH: `${silent}:${process.env.PATH}` } });
    expect([version.seen, pointers]).toEqual(["unknown", { unknown: expect.stringContaining("said nothing") }]);
  });

  it("ALL-08: is unknown when the version is not listed and the tags that might name it are not told", async () => {
    const mute = join(folder, "mute");
    mkdirSync(mute);
    const lines = ["#!/bin/sh", `[ "$3" = dist ] && echo '{"error":{"code":"E404"}}' && exit 1`, "exit 0", ""];
    writeFileSync(join(mute, "npm"), lines.join("\n"), { mode: 0o755 });
    expect((await look({ source: { PATH: `${mute}:${process.env.PATH}` } })).version.seen).toBe("unknown");
  });

  it("PUB-31: is accepted when a dist-tag names it before it is listed", async () => {
    answer = registry({ versions: { "0.9.0": {}, "1.0.0": {} }, latest: "1.1.0" });
    expect((await look()).version.seen).toBe("accepted");
  });

  it("PUB-31: is accepted when it is listed before its tarball is served", async () => {
    answer = registry({ tarball: failing(404) });
    expect((await look()).version.seen).toBe("accepted");
  });

  it("PUB-30: is corrupt when its bytes are not those that the registry announces", async () => {
    answer = registry({ tarball: (_request, response) => response.end(tarballOf({ name: "tide", version: "6.6.6" })) });
    expect((await look()).version.seen).toBe("corrupt");
  });

  it.each([
    [true, "withdrawn"],
    [false, "served"],
    ["", "served"],
    [null, "served"],
  ])("PUB-36: with %j in place of the words of a deprecation, it is %s", async (deprecated, seen) => {
    answer = registry({ versions: { "1.1.0": { deprecated } } });
    expect((await look()).version.seen).toBe(seen);
  });

  it("PUB-36: is withdrawn when it is deprecated, with the bytes that are still served", async () => {
    answer = registry({ versions: { "1.1.0": { deprecated: "use 1.1.1" } } });
    expect((await look()).version).toEqual({
      seen: "withdrawn",
      files: [{ name: null, digests, size: bytes.byteLength }],
      because: "deprecated: use 1.1.1",
    });
  });

  it.each([
    ["503", 503],
    ["500", 500],
    ["401", 401],
    ["403", 403],
    ["429", 429],
  ])("ALL-08 F50: is unknown when the registry answers %s", async (_what, code) => {
    answer = failing(code);
    const { version, pointers } = await look();
    expect(version.seen).toBe("unknown");
    expect(pointers).toHaveProperty("unknown");
  });

  it("PUB-31: is unknown until the instant that the registry names with 429, asked for without a credential", async () => {
    const until = "Sun, 01 Mar 2076 12:05:00 GMT";
    answer = (_request, response) =>
      response.writeHead(429, { "content-type": "application/json", "retry-after": until }).end("{}");
    const found = await look();
    expect([found.version.seen, found.retryAt]).toEqual(["unknown", new Date(until)]);
    expect(requests.at(-1)).toEqual({ url: "/tide", authorization: "" });
  });

  it("ALL-08: is unknown when its tarball answers 503", async () => {
    answer = registry({ tarball: failing(503) });
    expect((await look()).version.seen).toBe("unknown");
  });

  it("ALL-08: is unknown when the answer is a page for people", async () => {
    answer = (_request, response) => response.end("<html>maintenance</html>");
    expect((await look()).version.seen).toBe("unknown");
  });

  it("ALL-08: is unknown when the registry never answers", async () => {
    answer = () => undefined;
    expect((await look({ patience: 400 })).version.seen).toBe("unknown");
  });

  it("ALL-08: is unknown when nobody listens", async () => {
    const closed = join(folder, "closed.npmrc");
    writeFileSync(closed, "registry=http://127.0.0.1:9/\n");
    expect((await look({ source: { NPM_CONFIG_USERCONFIG: closed } })).version.seen).toBe("unknown");
  });
});

describe("the npm client", () => {
  it("PUB-31 F46: asks anew each time, and leaves nothing behind", async () => {
    answer = registry({ versions: { "1.0.0": {} } });
    expect((await look()).version.seen).not.toBe("served");
    answer = registry();
    expect((await look()).version.seen).toBe("served");
    expect(readdirSync(join(folder, "temp"))).toEqual([]);
    expect(readdirSync(join(folder, "home"))).toEqual([".npmrc"]);
    expect(readdirSync(join(folder, "workspace"))).toEqual([]);
  });

  it("sends nothing but what it was asked for", async () => {
    answer = registry();
    await look();
    expect(new Set(requests.map(({ url }) => url))).toEqual(new Set(["/tide", "/tide/-/tide-1.1.0.tgz"]));
  });

  it("takes the registry from the project's own configuration, before the user's", async () => {
    answer = registry();
    writeFileSync(join(folder, "home/.npmrc"), "registry=http://127.0.0.1:9/\n");
    writeFileSync(join(folder, "workspace/.npmrc"), `registry=${address()}/\n`);
    expect((await look()).version.seen).toBe("served");
  });

  it("lends the token that the user's configuration refers to", async () => {
    answer = registry();
    const host = address().replace("http:", "");
    const npmrc = join(folder, "user.npmrc");
    writeFileSync(npmrc, `registry=${address()}/\n${host}/:_authToken=\${NODE_AUTH_TOKEN}\n`);
    await look({ source: { NPM_CONFIG_USERCONFIG: npmrc, NODE_AUTH_TOKEN: "sesame" } });
    expect(new Set(requests.map(({ authorization }) => authorization))).toEqual(new Set(["Bearer sesame"]));
  });

  it("ALL-03: that is not installed is a missing tool, never an absence", async () => {
    const shell = systemShell({ path: folder });
    const place = { temp: join(folder, "temp"), workspace: folder, source: {} };
    await expect(npmClient(shell, place).look({ name: "tide", version: "1.1.0", files: [] })).rejects.toMatchObject({
      code: "all.tool-missing",
    });
  });
});

interface Sitting {
  patience?: number;
  source?: Record<string, string>;
}

function look({ patience = 5_000, source = {} }: Sitting = {}) {
  const machine = { PATH: process.env.PATH, HOME: join(folder, "home"), ...source };
  const place = { temp: join(folder, "temp"), workspace: join(folder, "workspace"), source: machine, patience };
  return npmClient(systemShell(), place).look({ name: "tide", version: "1.1.0", files: [] });
}

function address(): string {
  const place = server.address();
  if (place === null || typeof place === "string") throw new Error("expected a port, found none");
  return `http://127.0.0.1:${place.port}`;
}

interface Registry {
  versions?: Record<string, object>;
  latest?: string;
  tarball?: RequestListener;
}

/** Serves one package as a registry would: its document, and the tarball of version 1.1.0. */
function registry({ versions = { "1.1.0": {} }, latest = "1.1.0", tarball }: Registry = {}): RequestListener {
  return (request, response) => {
    if (request.url?.endsWith(".tgz")) return tarball ? tarball(request, response) : response.end(bytes);
    const dist = (version: string) => ({ tarball: `${address()}/tide/-/tide-${version}.tgz`, integrity });
    const listed = Object.keys(versions).map((version) => [
      version,
      { name: "tide", version, dist: dist(version), ...versions[version] },
    ]);
    response.setHeader("content-type", "application/json");
    response.end(JSON.stringify({ name: "tide", "dist-tags": { latest }, versions: Object.fromEntries(listed) }));
  };
}

function failing(code: number): RequestListener {
  return (_request, response) => response.writeHead(code, { "content-type": "application/json" }).end("{}");
}
