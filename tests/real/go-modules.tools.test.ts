import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { goModules } from "#src/adapters/go-modules";
import { systemShell } from "#src/adapters/system-shell";
import { gitEnvironment } from "../../rehearsal/github/git/git.ts";
import { goClient } from "../../rehearsal/registries/go-client.ts";
import { type ModuleProxy, startModuleProxy } from "../../rehearsal/registries/go-proxy.ts";

const path = "example.com/buoy";

let folder: string;
let proxy: ModuleProxy;
let time: Date;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "go-modules-"));
  time = new Date("2026-03-01T12:00:00Z");
  for (const name of ["temp", "workspace", "home/.config/go", "repository"])
    mkdirSync(join(folder, name), { recursive: true });
  git("init", "--quiet");
  tag("v1.0.0");
  proxy = await startModuleProxy({
    storage: join(folder, "proxy"),
    clock: { now: () => time },
    modules: [{ path, repository: join(folder, "repository/.git") }],
  });
  const lines = Object.entries(proxy.environment).map(([name, value]) => `${name}=${value}\n`);
  writeFileSync(join(folder, "home/.config/go/env"), lines.join(""));
});
afterEach(async () => {
  await proxy.close();
  await rm(folder, { recursive: true, force: true });
});

describe("a version that the real go is asked for", () => {
  it("PUB-30: is served with the sum of its module, and the latest version", async () => {
    tag("v1.1.0");
    const client = await goClient(join(folder, "stranger"), proxy);
    const { stdout } = await client(folder, "mod", "download", "-json", `${path}@v1.1.0`);
    const registry = JSON.parse(stdout).Sum;
    expect(registry).toMatch(/^h1:/);
    expect(await look()).toEqual({
      version: { seen: "served", files: [{ name: null, digests: { registry }, size: expect.any(Number) }] },
      pointers: new Map([["latest", "1.1.0"]]),
    });
  });

  it("PUB-31: is absent when the module has other versions only, and when there is no such module", async () => {
    const pointers = new Map([["latest", "1.0.0"]]);
    expect(await look()).toEqual({ version: { seen: "absent" }, pointers, known: true });
    expect(await look({ name: "example.com/other" })).toEqual({
      version: { seen: "absent" },
      pointers: new Map(),
      known: false,
    });
  });

  it("PUB-31: is accepted when it is listed before it is served", async () => {
    await proxy.fetchAll();
    proxy.faults.lag(10, "version");
    tag("v1.1.0");
    expect((await look()).version.seen).toBe("accepted");
    time = new Date(time.getTime() + 10 * 60_000);
    expect((await look()).version.seen).toBe("served");
  });

  it("PUB-32: is served before a stale list names it the latest", async () => {
    await proxy.fetchAll();
    proxy.faults.stale(time);
    time = new Date(time.getTime() + 60_000);
    tag("v1.1.0");
    expect(await look()).toMatchObject({ version: { seen: "served" }, pointers: new Map([["latest", "1.0.0"]]) });
  });

  it("PUB-36: is withdrawn when a newer version retracts it", async () => {
    tag("v1.1.0");
    tag("v1.1.1", "\nretract v1.1.0 // leaks\n");
    const { version, pointers } = await look();
    expect(version).toMatchObject({ seen: "withdrawn", because: "retracted: leaks", files: [{ name: null }] });
    expect(pointers).toEqual(new Map([["latest", "1.1.1"]]));
  });

  it("PUB-30: has another sum when other bytes are served", async () => {
    tag("v1.1.0");
    const before = (await look()).version;
    proxy.faults.otherBytes(`${path}@v1.1.0`);
    const after = (await look()).version;
    expect([before.seen, after.seen]).toEqual(["served", "served"]);
    expect(after).not.toEqual(before);
  });

  it.each([
    ["503", () => proxy.faults.unavailable(), "503"],
    ["429", () => proxy.faults.limited(new Date(time.getTime() + 1)), "429"],
    ["nothing, as the connection is lost", () => proxy.faults.loseResponse(), "EOF"],
  ])("ALL-08 F50: is unknown when the proxy answers %s", async (_what, arrange, words) => {
    tag("v1.1.0");
    arrange();
    expect((await look()).version).toMatchObject({ seen: "unknown", because: expect.stringContaining(words) });
  });

  it("ALL-08: stops without go on PATH", async () => {
    const asked = goModules(systemShell({ path: join(folder, "temp") }), place());
    await expect(asked.look({ name: path, version: "1.1.0", files: [] })).rejects.toMatchObject({
      code: "all.tool-missing",
    });
  });
});

const place = () => ({
  temp: join(folder, "temp"),
  workspace: join(folder, "workspace"),
  source: { PATH: process.env.PATH, HOME: join(folder, "home") },
});

function look(more: object = {}) {
  return goModules(systemShell(), place()).look({ name: path, version: "1.1.0", files: [], ...more });
}

function tag(name: string, more = "") {
  writeFileSync(join(folder, "repository/go.mod"), `module ${path}\n\ngo 1.21\n${more}`);
  writeFileSync(join(folder, "repository/buoy.go"), `package buoy\n\n// ${name}\n`);
  git("add", ".");
  git("commit", "--quiet", `--message=${name}`);
  git("tag", name);
}

function git(...args: string[]) {
  const person = ["-c", "user.name=Rehearsal", "-c", "user.email=rehearsal@example.com"];
  execFileSync("git", [...person, ...args], { cwd: join(folder, "repository"), env: gitEnvironment() });
}
