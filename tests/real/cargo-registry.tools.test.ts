import { mkdirSync, writeFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { cargoRegistry } from "#src/adapters/cargo-registry";
import { systemShell } from "#src/adapters/system-shell";
import { cargoClient } from "../../rehearsal/registries/cargo-client.ts";
import { type CrateRegistry, startCrateRegistry } from "../../rehearsal/registries/crates.ts";

let folder: string;
let registry: CrateRegistry;
let time: Date;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "cargo-registry-"));
  time = new Date("2026-03-01T12:00:00Z");
  for (const name of ["temp", "workspace", "home/.cargo"]) mkdirSync(join(folder, name), { recursive: true });
  registry = await startCrateRegistry({ storage: join(folder, "registry"), clock: { now: () => time } });
  writeFileSync(join(folder, "home/.cargo/config.toml"), `${registry.config}\n[build]\ntarget = "no-such-target"\n`);
});
afterEach(async () => {
  await registry.close();
  await rm(folder, { recursive: true, force: true });
});

describe("a version that the real cargo is asked for", () => {
  it("PUB-30: is served with the digests of its crate, and the newest stable version", async () => {
    await publish("1.0.0");
    await publish("1.1.0");
    await publish("2.0.0-rc.1");
    const { version, pointers } = await look();
    expect(version).toMatchObject({ seen: "served", files: [{ name: null, size: expect.any(Number) }] });
    expect(digest(version)).toBe(registry.packages().buoy?.["1.1.0"]?.sha256);
    expect(pointers).toEqual(new Map([["latest", "1.1.0"]]));
  });

  it("PUB-31: is absent when the index lists other versions only, and when it does not know the crate", async () => {
    expect(await look()).toEqual({ version: { seen: "absent" }, pointers: new Map(), known: false });
    await publish("1.0.0");
    const pointers = new Map([["latest", "1.0.0"]]);
    expect(await look()).toEqual({ version: { seen: "absent" }, pointers, known: true });
  });

  it("PUB-31: is accepted when it is listed before its crate is served", async () => {
    registry.faults.lag(10, "version");
    await publish("1.1.0");
    expect(await look()).toMatchObject({ version: { seen: "accepted" }, pointers: new Map([["latest", "1.1.0"]]) });
    time = new Date(time.getTime() + 10 * 60_000);
    expect((await look()).version.seen).toBe("served");
  });

  it("PUB-31 F46: is absent for as long as a stale index does not list it, however new the home", async () => {
    await publish("1.0.0");
    registry.faults.stale(time);
    time = new Date(time.getTime() + 60_000);
    registry.faults.loseResponse();
    await publish("1.1.0");
    expect((await look()).version.seen).toBe("absent");
    registry.faults.clear();
    expect((await look()).version.seen).toBe("served");
  });

  it("PUB-36: is withdrawn when it is yanked, with the digest that the index keeps, and the newest other version", async () => {
    await publish("1.0.0");
    await publish("1.1.0");
    const publisher = await cargoClient(join(folder, "publisher"), registry);
    expect(await publisher(folder, "yank", "buoy@1.1.0")).toMatchObject({ code: 0 });
    const { version, pointers } = await look();
    expect(version).toMatchObject({ seen: "withdrawn", because: "yanked" });
    expect(digest(version)).toBe(registry.packages().buoy?.["1.1.0"]?.sha256);
    expect(pointers).toEqual(new Map([["latest", "1.0.0"]]));
  });

  it("PUB-30: is corrupt when its bytes are not those that the index announces, and served where it announces others", async () => {
    await publish("1.1.0");
    registry.faults.otherBytes("buoy@1.1.0", "unannounced");
    expect((await look()).version).toMatchObject({ seen: "corrupt", because: expect.stringContaining("checksum") });
    registry.faults.otherBytes("buoy@1.1.0");
    const { version } = await look();
    expect(version.seen).toBe("served");
    expect(digest(version)).not.toBe(registry.packages().buoy?.["1.1.0"]?.sha256);
  });

  it.each([
    ["503", () => registry.faults.unavailable()],
    ["429", () => registry.faults.limited(new Date(time.getTime() + 1))],
  ])("ALL-08 F50: is unknown when the registry answers %s", async (code, arrange) => {
    await publish("1.1.0");
    arrange();
    const { version, pointers } = await look();
    expect(version).toMatchObject({ seen: "unknown", because: expect.stringContaining(`got ${code}`) });
    expect(pointers).toHaveProperty("unknown");
  });

  it("is asked of the registry that the channel names, also one of the checkout's own configuration", async () => {
    await publish("1.1.0");
    const elsewhere = join(folder, "workspace/.cargo");
    mkdirSync(elsewhere);
    writeFileSync(join(elsewhere, "config.toml"), `[registries.own]\nindex = "sparse+${registry.url}/index/"\n`);
    writeFileSync(join(folder, "home/.cargo/config.toml"), "");
    expect((await look({ registry: "own" })).version.seen).toBe("served");
    expect((await look({ registry: "other" })).version).toMatchObject({ seen: "unknown" });
  });

  it("ALL-08: stops without cargo on PATH", async () => {
    const asked = cargoRegistry(systemShell({ path: join(folder, "temp") }), place());
    await expect(asked.look({ name: "buoy", version: "1.1.0", files: [] })).rejects.toMatchObject({
      code: "all.tool-missing",
    });
  });
});

const place = () => ({
  temp: join(folder, "temp"),
  workspace: join(folder, "workspace"),
  source: {
    PATH: process.env.PATH,
    HOME: join(folder, "home"),
    RUSTUP_HOME: process.env.RUSTUP_HOME ?? join(homedir(), ".rustup"),
  },
});

function look(more: object = {}) {
  return cargoRegistry(systemShell(), place()).look({ name: "buoy", version: "1.1.0", files: [], ...more });
}

function digest(version: Awaited<ReturnType<typeof look>>["version"]): string | undefined {
  return "files" in version ? version.files[0]?.digests.sha256 : undefined;
}

async function publish(version: string): Promise<void> {
  const tree = join(folder, version);
  mkdirSync(join(tree, "src"), { recursive: true });
  const facts = `name = "buoy"\nversion = "${version}"\nedition = "2021"\nlicense = "MIT"\ndescription = "A crate."`;
  writeFileSync(join(tree, "Cargo.toml"), `[package]\n${facts}\n`);
  writeFileSync(join(tree, "src/lib.rs"), "");
  const cargo = await cargoClient(join(folder, "publisher"), registry);
  await cargo(tree, "publish", "--no-verify", "--allow-dirty");
  if (!registry.packages().buoy?.[version]) throw new Error(`expected ${version} on the registry, found none`);
}
