import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { imagePushRight } from "#src/adapters/image-push-right";
import { systemShell } from "#src/adapters/system-shell";
import { listenOnLoopback } from "../../rehearsal/clock/loopback.ts";
import { type OciRegistry, startOciRegistry } from "../../rehearsal/registries/oci/oci.ts";

let folder: string;
let registry: OciRegistry;
let journal: { method: string; path: string }[];

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "image-push-right-"));
  mkdirSync(join(folder, ".docker"));
  journal = [];
  const clock = { now: () => new Date("2026-03-01T12:00:00Z") };
  registry = await startOciRegistry({
    storage: join(folder, "registry"),
    clock,
    journal: (line) => journal.push(line),
  });
});

afterEach(async () => {
  await registry.close();
  rmSync(folder, { recursive: true });
});

function ask(credential: string | undefined, host = registry.host) {
  const auths = credential === undefined ? {} : { [host]: { auth: Buffer.from(credential).toString("base64") } };
  writeFileSync(join(folder, ".docker/config.json"), JSON.stringify({ auths }));
  const source = { PATH: process.env.PATH, HOME: folder, CONTAINERS_REGISTRIES_CONF: join(folder, "none.conf") };
  return imagePushRight({ shell: systemShell(), source }).credential({ name: `${host}/harbour/clock`, variable: "" });
}

describe("the login that a registry is asked about", () => {
  it("PUB-01: may push where the token that it is given says so, and no upload is begun", async () => {
    expect(await ask(registry.credential)).toEqual({ seen: "accepted", as: "rehearsal", rights: "write" });
    expect(journal.map(({ method }) => method)).toEqual(["GET", "GET"]);
    expect(journal[1]?.path).toContain("scope=repository%3Aharbour%2Fclock%3Apull%2Cpush");
  });

  it("PUB-01 F41: may not push where the token is for pulling alone", async () => {
    registry.faults.pullOnly();
    expect(await ask(registry.credential)).toEqual({ seen: "accepted", as: "rehearsal", rights: "none" });
  });

  it("PUB-01: is refused with a wrong password, and absent where the container clients have none", async () => {
    expect(await ask("rehearsal:mistyped")).toMatchObject({ seen: "rejected" });
    expect(await ask(undefined)).toEqual({ seen: "absent" });
  });

  it("PUB-01 F42: is unknown where the token does not say what it allows, or nothing answers", async () => {
    const { host } = registry;
    await registry.close();
    expect(await ask("ada:secret", host)).toEqual({ seen: "unknown", because: "no connection to the registry" });
    let url = "";
    const other = await listenOnLoopback(
      createServer((request, response) => {
        if (request.url?.startsWith("/token")) return response.end(JSON.stringify({ token: "opaque" }));
        return response.writeHead(401, { "www-authenticate": `Bearer realm="${url}/token",service="other"` }).end();
      }),
    );
    url = other.url;
    expect(await ask("ada:secret", new URL(url).host)).toMatchObject({
      seen: "unknown",
      because: expect.stringContaining("does not say"),
    });
    await other.close();
  });

  it.each([
    ["accepted", "ada:secret"],
    ["rejected", "ada:mistyped"],
  ])("PUB-01: is %s by a registry that takes logins itself", async (seen, credential) => {
    const right = `Basic ${Buffer.from("ada:secret").toString("base64")}`;
    const other = await listenOnLoopback(
      createServer(({ headers }, response) => {
        const code = headers.authorization === right ? 200 : 401;
        response.writeHead(code, { "www-authenticate": 'Basic realm="registry"' }).end("{}");
      }),
    );
    expect((await ask(credential, new URL(other.url).host)).seen).toBe(seen);
    await other.close();
  });
});
