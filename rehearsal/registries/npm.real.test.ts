import { createHash } from "node:crypto";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Client } from "./client-run.ts";
import { type NpmRegistry, type RegistryRequest, startNpmRegistry } from "./npm.ts";
import { npmClient } from "./npm-client.ts";

const NAME = "@example/buoy";
const MINUTE = 60_000;

let folder: string;
let registry: NpmRegistry;
let npm: Client;
let time: Date;
let journal: RegistryRequest[];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "npm-registry-"));
  time = new Date("2026-03-01T12:00:00Z");
  journal = [];
  await start();
});

afterEach(async () => {
  await registry.close();
  await rm(folder, { recursive: true, force: true });
});

describe("the npm registry", () => {
  it("publishes, shows and installs a package with the real npm client", async () => {
    const { integrity } = await publish("1.0.0");
    expect(await view("version")).toBe("1.0.0");
    expect(await view("dist.integrity")).toBe(integrity);
    expect(await view("time.modified")).toBe("2026-03-01T12:00:00.000Z");
    expect(await installed("1.0.0")).toEqual({ version: "1.0.0", foreign: false });
  });

  it("serves the bytes that were packed", async () => {
    const { integrity } = await publish("1.0.0");
    const bytes = await tarball("1.0.0");
    expect(`sha512-${createHash("sha512").update(bytes).digest("base64")}`).toBe(integrity);
  });

  it("refuses a version a second time", async () => {
    await publish("1.0.0");
    const again = await npm(await sources("1.0.0"), "publish");
    expect(again.code).not.toBe(0);
    expect(again.stderr).toMatch(/E409|EPUBLISHCONFLICT|previously published/);
  });

  it("lets anyone read and only its token publish", async () => {
    await publish("1.0.0");
    const stranger = await npmClient(join(folder, "stranger"), registry.npmrc("read"));
    expect((await stranger(folder, "view", NAME, "version")).stdout.trim()).toBe("1.0.0");
    const refused = await stranger(await sources("1.1.0"), "publish");
    expect(refused.code).not.toBe(0);
    expect(refused.stderr).toContain("ENEEDAUTH");
    const forged = await fetch(`${registry.url}/${encodeURIComponent(NAME)}`, { method: "PUT", body: "{}" });
    expect(forged.status).toBeGreaterThanOrEqual(400);
  });

  it("tells what is published by digest, the same after a restart", async () => {
    const { integrity, shasum } = await publish("1.0.0");
    const before = await registry.packages();
    expect(before).toEqual({
      [NAME]: { distTags: { latest: "1.0.0" }, versions: { "1.0.0": { integrity, shasum } } },
    });
    await registry.close();
    await start();
    expect(await registry.packages()).toEqual(before);
    await publish("1.1.0");
    expect(await view("dist-tags.latest")).toBe("1.1.0");
  });

  it("journals each request in virtual time", async () => {
    await publish("1.0.0");
    expect(journal).toContainEqual({
      at: "2026-03-01T12:00:00.000Z",
      method: "PUT",
      path: "/@example%2fbuoy",
      code: 201,
    });
  });
});

describe("a lagging registry", () => {
  beforeEach(async () => {
    await publish("1.0.0");
    registry.faults.lag(10);
    await publish("1.1.0");
  });

  it.each([
    ["hides a new version until one millisecond before the lag is over", 10 * MINUTE - 1, "1.0.0", 404],
    ["shows it when the lag is over", 10 * MINUTE, "1.1.0", 200],
  ])("%s", async (_rule, elapsed, latest, code) => {
    time = new Date(time.getTime() + elapsed);
    expect(await view("dist-tags.latest")).toBe(latest);
    expect(await json(`${NAME}/latest`)).toMatchObject({ version: latest });
    expect((await fetch(`${registry.url}/${NAME}/1.1.0`)).status).toBe(code);
    expect(await json(`-/package/${encodeURIComponent(NAME)}/dist-tags`)).toEqual({ latest });
    expect((await fetch(`${registry.url}/${NAME}/-/buoy-1.1.0.tgz`)).status).toBe(code);
  });

  it("keeps the lag of what was published across a restart", async () => {
    await registry.close();
    await start();
    expect(await view("version")).toBe("1.0.0");
    expect(Object.keys((await registry.packages())[NAME]?.versions ?? {})).toEqual(["1.0.0", "1.1.0"]);
  });

  it("does not know a package at all when its first version lags", async () => {
    await publish("0.1.0", "@example/new");
    const found = await npm(folder, "view", "@example/new");
    expect(found.stderr).toContain("E404");
    expect(journal.at(-1)).toMatchObject({ code: 404, fault: "lag" });
  });
});

describe("an unavailable registry", () => {
  beforeEach(() => publish("1.0.0"));

  it("answers every read with 503 while published versions stay", async () => {
    registry.faults.unavailable();
    const found = await npm(folder, "view", NAME);
    expect(found.code).not.toBe(0);
    expect(found.stderr).toContain("503");
    expect(Object.keys(await registry.packages())).toEqual([NAME]);
    registry.faults.clear();
    expect(await view("version")).toBe("1.0.0");
  });

  it("recovers after a given number of reads", async () => {
    registry.faults.unavailable(2);
    const codes = [];
    for (let read = 0; read < 3; read += 1) codes.push((await fetch(`${registry.url}/${NAME}`)).status);
    expect(codes).toEqual([503, 503, 200]);
  });

  it("still accepts a publication", async () => {
    registry.faults.unavailable();
    const publication = await npm(await sources("1.1.0"), "publish", "--tag=latest");
    registry.faults.clear();
    expect(publication.code).toBe(0);
    expect(await view("version")).toBe("1.1.0");
  });
});

describe("a registry that serves other bytes", () => {
  it("installs foreign content without complaint, under another integrity than was packed", async () => {
    const { integrity } = await publish("1.0.0");
    registry.faults.otherBytes(`${NAME}@1.0.0`);
    const served = await view("dist.integrity");
    expect(served).not.toBe(integrity);
    expect(
      `sha512-${createHash("sha512")
        .update(await tarball("1.0.0"))
        .digest("base64")}`,
    ).toBe(served);
    expect(await json(`${NAME}/1.0.0`)).toMatchObject({ dist: { integrity: served } });
    expect(await installed("1.0.0")).toEqual({ version: "1.0.0", foreign: true });
  });

  it("changes only the named version", async () => {
    await publish("1.0.0");
    const { integrity } = await publish("1.1.0");
    registry.faults.otherBytes(`${NAME}@1.0.0`);
    expect(await view("dist.integrity")).toBe(integrity);
  });

  it("refuses a name without a version", () => {
    expect(() => registry.faults.otherBytes(NAME)).toThrow("expected name@version");
  });
});

async function start() {
  registry = await startNpmRegistry({
    storage: join(folder, "registry"),
    clock: { now: () => time },
    journal: (each) => journal.push(each),
  });
  npm = await npmClient(join(folder, "home"), registry.npmrc());
}

async function sources(version: string, name = NAME): Promise<string> {
  const tree = join(folder, `${name.replace("/", "-")}-${version}`);
  await mkdir(tree, { recursive: true });
  await writeFile(join(tree, "package.json"), JSON.stringify({ name, version, license: "MIT", main: "index.js" }));
  await writeFile(join(tree, "index.js"), `module.exports = "${version}";\n`);
  return tree;
}

async function publish(version: string, name = NAME): Promise<{ integrity: string; shasum: string }> {
  const tree = await sources(version, name);
  const { code, stdout, stderr } = await npm(tree, "publish", "--access=public", "--json");
  if (code !== 0) throw new Error(stderr);
  const printed = JSON.parse(stdout);
  // Older npm clients print the package itself, newer ones by its name.
  return printed[name] ?? printed;
}

async function view(field: string): Promise<string> {
  const { stdout, stderr, code } = await npm(folder, "view", NAME, field, "--prefer-online");
  if (code !== 0) throw new Error(stderr);
  return stdout.trim();
}

async function json(path: string): Promise<unknown> {
  return (await fetch(`${registry.url}/${path}`)).json();
}

async function tarball(version: string): Promise<Buffer> {
  const response = await fetch(`${registry.url}/${NAME}/-/buoy-${version}.tgz`);
  return Buffer.from(await response.arrayBuffer());
}

/** Installs as a stranger would, in a folder and with a cache of its own. */
async function installed(version: string): Promise<{ version: string; foreign: boolean }> {
  const place = await mkdtemp(join(folder, "install-"));
  const stranger = await npmClient(join(place, "home"), registry.npmrc("read"));
  const { code, stderr } = await stranger(place, "install", `${NAME}@${version}`, "--prefix", place);
  if (code !== 0) throw new Error(stderr);
  const home = join(place, "node_modules", NAME);
  const foreign = await readFile(join(home, "FOREIGN.txt"), "utf8").then(
    () => true,
    () => false,
  );
  return { version: JSON.parse(await readFile(join(home, "package.json"), "utf8")).version, foreign };
}
