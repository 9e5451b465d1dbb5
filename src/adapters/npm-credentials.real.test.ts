import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { npmCredentials } from "#src/adapters/npm-credentials";
import { systemShell } from "#src/adapters/system-shell";

const tide = { name: "tide", variable: "NODE_AUTH_TOKEN" };

interface Reply {
  code: number;
  body?: object;
  headers?: Record<string, string>;
}

let folder: string;
let server: Server;
let replies: Record<string, Reply>;
let asked: string[];

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "npm-credentials-"));
  for (const name of ["temp", "workspace", "home"]) mkdirSync(join(folder, name));
  asked = [];
  replies = { "/-/whoami": { code: 200, body: { username: "ada" } } };
  server = createServer((request, response) => {
    const url = request.url ?? "";
    asked.push(`${request.method} ${url} ${request.headers.authorization ?? ""}`);
    const { code, body = {}, headers = {} } = replies[url.split("?")[0] ?? ""] ?? { code: 404 };
    response.writeHead(code, { "content-type": "application/json", ...headers }).end(JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
});

afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  rmSync(folder, { recursive: true });
});

function client({ configured = true, variable = "NODE_AUTH_TOKEN" } = {}) {
  const address = server.address();
  const host = `127.0.0.1:${typeof address === "object" ? address?.port : ""}`;
  const login = configured ? `//${host}/:_authToken=\${${variable}}\n` : "";
  writeFileSync(join(folder, "home/.npmrc"), `registry=http://${host}/\n${login}`);
  const source = { PATH: process.env.PATH, HOME: join(folder, "home"), [variable]: "s3cret" };
  return npmCredentials(systemShell(), {
    temp: join(folder, "temp"),
    workspace: join(folder, "workspace"),
    source,
    patience: 5_000,
  });
}

describe("a credential that the real npm client is asked about", () => {
  it.each([
    ["write", "read-write"],
    ["none", "read-only"],
    ["unknown", "another-word"],
  ])("PUB-01: has the right %s on a package that tells it as %s", async (rights, told) => {
    replies["/-/package/tide/collaborators"] = {
      code: 200,
      body: { ada: told === "read-write" ? "write" : told === "read-only" ? "read" : told },
    };
    expect(await client().credential(tide)).toEqual({ seen: "accepted", as: "ada", rights });
    expect(asked).toContain("GET /-/whoami Bearer s3cret");
    expect(asked.every((line) => line.startsWith("GET "))).toBe(true);
  });

  it("PUB-01: has unknown rights where the registry tells of none", async () => {
    expect(await client().credential(tide)).toEqual({ seen: "accepted", as: "ada", rights: "unknown" });
  });

  it("PUB-01: is absent where the client's configuration names none", async () => {
    expect(await client({ configured: false }).credential(tide)).toEqual({ seen: "absent" });
    expect(asked).toEqual([]);
  });

  it.each<[seen: string, reply: Reply]>([
    ["rejected", { code: 401, body: { error: "no" } }],
    ["otp", { code: 401, headers: { "www-authenticate": "OTP" } }],
    ["unknown", { code: 403 }],
    ["unknown", { code: 404 }],
    ["unknown", { code: 503 }],
  ])("PUB-01 F42: is %s when the registry answers %j", async (seen, reply) => {
    replies["/-/whoami"] = reply;
    expect((await client().credential(tide)).seen).toBe(seen);
  });

  it("PUB-01: is lent to the client under whatever name the job has it", async () => {
    const asking = client({ variable: "TIDE_TOKEN" }).credential({ name: "tide", variable: "TIDE_TOKEN" });
    expect(await asking).toMatchObject({ seen: "accepted" });
  });

  it("PUB-02: goes with a client that tells its version", async () => {
    expect(await client().version()).toMatch(/^\d+\.\d+\.\d+/);
  });
});
